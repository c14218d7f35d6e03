package dev.onda.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C (and a plain kill) end a command that would go on for ever as its user means it: the thread that made this is
 * interrupted, may finish what it has to say, and the exit status is 0. Closing gives Ctrl-C back its usual meaning.
 */
final class Interruption implements AutoCloseable {

    private static final int MOST_SECONDS = 15;

    private final Thread command = Thread.currentThread();
    private final CountDownLatch isDone = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().name("onda-interruption").unstarted(this::end);

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Ends the command as Ctrl-C does, from within. */
    void now() {
        command.interrupt();
    }

    private void end() {
        now();
        try {
            if (isDone.await(MOST_SECONDS, TimeUnit.SECONDS)) {
                // Without this the virtual machine's own status for the signal would stand.
                Runtime.getRuntime().halt(Main.DONE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        isDone.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            // What was meant for this command is nothing to whatever the thread does next.
            Thread.interrupted();
        } catch (IllegalStateException e) {
            // The process ends already: the hook has done its work.
        }
    }
}
