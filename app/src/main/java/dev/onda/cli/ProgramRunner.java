package dev.onda.cli;

import dev.onda.report.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs programs one after another, on a thread of its own, so that nobody waits for them. When {@link #MOST_WAITING} wait, more are
 * dropped with a note. What they print goes to standard error; their standard input is empty. One that fails, or is not
 * there, is told of once for each way to fail, and stops nothing.
 */
final class ProgramRunner implements AutoCloseable {

    /** Programs that wait for their turn. */
    static final int MOST_WAITING = 16;

    /** How long what a program has left behind may go on printing. */
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(1);

    /** Starts a program. */
    @FunctionalInterface
    interface Starter {
        Process start(List<String> command) throws IOException;
    }

    private final Starter starter;
    private final PrintWriter err;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<List<String>> waiting = new ArrayDeque<>();
    private final Set<String> told = new HashSet<>();
    private final Thread thread;
    private Optional<Process> running = Optional.empty();
    private int dropped;
    private int started;
    private int failed;
    private boolean isClosing;
    private volatile boolean isGivenUp;

    /**
     * @param err what programs print goes here, and what is said of them
     * @param patience how long closing waits for programs
     */
    ProgramRunner(Starter starter, PrintWriter err, Duration patience) {
        this.starter = starter;
        this.err = err;
        this.patience = patience;
        thread = Thread.ofVirtual().name("onda-exec").start(this::work);
    }

    /** Runs programs of the system. */
    ProgramRunner(PrintWriter err, Duration patience) {
        this(command -> new ProcessBuilder(command).redirectErrorStream(true).start(), err, patience);
    }

    /** Lets a program run when those before it are done. */
    void run(List<String> command) {
        lock.lock();
        try {
            if (waiting.size() < MOST_WAITING) {
                waiting.add(command);
                changed.signalAll();
                return;
            }
            dropped++;
        } finally {
            lock.unlock();
        }
        once("more than " + MOST_WAITING + " programs wait; what is heard meanwhile runs none");
    }

    private void work() {
        Optional<List<String>> next = next();
        while (next.isPresent()) {
            started++;
            try {
                run(starter.start(next.get()), next.get().getFirst());
            } catch (IOException e) {
                fail(Complaint.of(e));
            }
            next = next();
        }
    }

    /** The next program; none when all are done and no more will come. */
    private Optional<List<String>> next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !isClosing) {
                changed.awaitUninterruptibly();
            }
            return Optional.ofNullable(waiting.poll());
        } finally {
            lock.unlock();
        }
    }

    private void run(Process process, String program) throws IOException {
        setRunning(Optional.of(process));
        try (Reader output = process.inputReader()) {
            process.getOutputStream().close();
            Thread printer = Thread.ofVirtual().name("onda-exec-output").start(() -> print(output));
            int status = process.waitFor();
            printer.join(LAST_OUTPUT);
            if (status != 0 && !isGivenUp) {
                fail(program + " ended with status " + status);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        } finally {
            setRunning(Optional.empty());
        }
    }

    private void setRunning(Optional<Process> process) {
        lock.lock();
        try {
            running = process;
        } finally {
            lock.unlock();
        }
    }

    private void print(Reader output) {
        char[] some = new char[1_024];
        try {
            for (int count = output.read(some); count >= 0; count = output.read(some)) {
                err.write(some, 0, count);
                err.flush();
            }
        } catch (IOException e) {
            // It was closed: what its children still say is nobody's.
        }
    }

    private void fail(String how) {
        failed++;
        once(how);
    }

    /** Says something about programs if it was not said before. */
    private void once(String what) {
        lock.lock();
        try {
            if (!told.add(what)) {
                return;
            }
        } finally {
            lock.unlock();
        }
        err.println("onda: --exec: " + what + " (said once)");
        err.flush();
    }

    /** Waits a while for the programs that still run or wait, then ends the one and drops the others, with a note. */
    @Override
    public void close() {
        lock.lock();
        try {
            isClosing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        int left = awaitEnd(patience) ? 0 : giveUp();
        if (failed > 0) {
            err.println("onda: --exec: " + failed + " of " + Counted.of(started, "program") + " failed");
        }
        if (dropped + left > 0) {
            err.println("onda: --exec: for " + Counted.of(dropped + left, "word")
                    + " no program was run to its end: they took too long");
        }
        err.flush();
    }

    private boolean awaitEnd(Duration time) {
        try {
            return thread.join(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends what runs; returns how many programs did not come to their end. */
    private int giveUp() {
        isGivenUp = true;
        int left;
        Optional<Process> last;
        lock.lock();
        try {
            left = waiting.size();
            waiting.clear();
            last = running;
        } finally {
            lock.unlock();
        }
        last.ifPresent(process -> {
            List<ProcessHandle> children = process.descendants().toList();
            process.destroy();
            children.forEach(ProcessHandle::destroy);
        });
        if (!awaitEnd(LAST_OUTPUT)) {
            thread.interrupt();
            awaitEnd(LAST_OUTPUT);
        }
        return left + (last.isPresent() ? 1 : 0);
    }
}
