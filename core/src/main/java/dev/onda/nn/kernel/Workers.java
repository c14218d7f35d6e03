package dev.onda.nn.kernel;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share out the numbered tasks of one loop and wait for each other at its end.
 *
 * <p>Which thread runs which task is not fixed, so tasks write to places of their own. The caller works too:
 * {@code Workers(1)} starts no thread. A loop costs a few microseconds: idle threads look for the next loop for a while
 * before they sleep.
 */
public final class Workers implements AutoCloseable {

    /** One loop's body. */
    @FunctionalInterface
    public interface Task {
        /**
         * @param index number of the task
         * @param worker number of the thread that runs it, below {@link Workers#threads}: a key to scratch memory
         */
        void run(int index, int worker);
    }

    /** About 20 microseconds of looking before sleeping. */
    private static final int SPINS = 2_000;

    private final Thread[] others;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final AtomicInteger round = new AtomicInteger();
    private final AtomicBoolean looping = new AtomicBoolean();
    private volatile boolean closed;
    private volatile Task task = (index, worker) -> {};
    private volatile int tasks;
    private volatile boolean callerSleeps;
    private volatile Thread caller = Thread.currentThread();

    /**
     * @param threads how many threads work, the caller's own included, at least 1
     * @throws IllegalArgumentException if threads is below 1
     */
    public Workers(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("at least 1 thread is needed, not " + threads);
        }
        others = new Thread[threads - 1];
        for (int i = 0; i < others.length; i++) {
            int worker = i + 1;
            others[i] = new Thread(() -> work(worker), "onda-worker-" + worker);
            others[i].setDaemon(true);
            others[i].start();
        }
    }

    /** How many threads work. */
    public int threads() {
        return others.length + 1;
    }

    /**
     * Runs tasks 0 to {@code count - 1} and returns when all have ended. Not to be called from a task, nor from two threads
     * at once.
     *
     * @throws IllegalStateException wrapping what a task threw, after all threads have stopped; or if these workers are
     *     closed, or in the middle of a loop
     */
    public void run(int count, Task body) {
        if (closed) {
            throw new IllegalStateException("these workers are closed");
        }
        if (!looping.compareAndSet(false, true)) {
            throw new IllegalStateException("these workers are in the middle of a loop");
        }
        if (others.length == 0 || count <= 1) {
            alone(count, body);
        } else {
            together(count, body);
        }
        Throwable thrown = failure.getAndSet(null);
        looping.set(false);
        if (thrown != null) {
            throw new IllegalStateException("a worker failed: " + thrown, thrown);
        }
    }

    private void alone(int count, Task body) {
        try {
            for (int i = 0; i < count; i++) {
                body.run(i, 0);
            }
        } catch (Throwable t) {
            failure.set(t);
        }
    }

    private void together(int count, Task body) {
        task = body;
        tasks = count;
        caller = Thread.currentThread();
        next.set(0);
        running.set(others.length);
        round.incrementAndGet();
        for (Thread other : others) {
            LockSupport.unpark(other);
        }
        share(0);
        await();
    }

    private void await() {
        for (int spins = 0; running.get() > 0; spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                callerSleeps = true;
                if (running.get() > 0) {
                    LockSupport.park(this);
                }
                callerSleeps = false;
            }
        }
    }

    private void share(int worker) {
        try {
            int index = next.getAndIncrement();
            while (index < tasks) {
                task.run(index, worker);
                index = next.getAndIncrement();
            }
        } catch (Throwable t) {
            failure.compareAndSet(null, t);
            next.set(tasks);
        }
    }

    private void work(int worker) {
        int seen = 0;
        while (true) {
            for (int spins = 0; round.get() == seen && !closed; spins++) {
                if (spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
            if (closed) {
                return;
            }
            seen++;
            share(worker);
            if (running.decrementAndGet() == 0 && callerSleeps) {
                LockSupport.unpark(caller);
            }
        }
    }

    /** Ends the threads. Not to be called while a loop runs, which would wait for them for ever. */
    @Override
    public void close() {
        closed = true;
        for (Thread other : others) {
            LockSupport.unpark(other);
        }
    }
}
