package dev.onda.nn.kernel;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share out the numbered tasks of one loop. The caller works too: {@code Workers(1)} starts no thread.
 *
 * <p>Which thread runs which task is not fixed, so tasks write to places of their own. A loop ends when its tasks have
 * ended, not when all threads have come by: where other programs keep a thread from the processor, the ones that do run
 * take its tasks. A loop costs a few microseconds: idle threads look for the next loop for a while before they sleep.
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

    private final Worker[] others;

    /**
     * The loop's number in the upper half, how many of its tasks nobody has taken yet in the lower. A thread takes one by
     * comparing and setting both, so one that comes late can take nothing of a loop it has not seen begin.
     */
    private final AtomicLong untaken = new AtomicLong();

    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
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
        others = new Worker[threads - 1];
        for (int i = 0; i < others.length; i++) {
            others[i] = new Worker(i + 1);
            others[i].thread.start();
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
     * @throws IllegalStateException wrapping what a task threw, after all tasks have stopped; or if these workers are
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
        unfinished.set(count);
        long loop = (untaken.get() >>> 32) + 1;
        untaken.set(loop << 32 | count);
        for (int i = 0; i < Math.min(others.length, count - 1); i++) {
            others[i].wake();
        }
        share(0);
        await();
    }

    private void await() {
        for (int spins = 0; unfinished.get() > 0; spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                callerSleeps = true;
                if (unfinished.get() > 0) {
                    LockSupport.park(this);
                }
                callerSleeps = false;
            }
        }
    }

    /** Takes and runs tasks until none is left. */
    private void share(int worker) {
        int ran = 0;
        for (long seen = untaken.get(); (int) seen > 0; seen = untaken.get()) {
            if (untaken.compareAndSet(seen, seen - 1)) {
                ran++;
                run(tasks - (int) seen, worker);
            }
        }
        if (ran > 0 && unfinished.addAndGet(-ran) == 0 && callerSleeps) {
            LockSupport.unpark(caller);
        }
    }

    private void run(int index, int worker) {
        try {
            if (failure.get() == null) {
                task.run(index, worker);
            }
        } catch (Throwable t) {
            failure.compareAndSet(null, t);
        }
    }

    /** Ends the threads. Not to be called while a loop runs. */
    @Override
    public void close() {
        closed = true;
        for (Worker other : others) {
            LockSupport.unpark(other.thread);
        }
    }

    /** A thread beside the caller's. */
    private final class Worker {
        private final int number;
        private final Thread thread;
        private volatile boolean sleeps;

        Worker(int number) {
            this.number = number;
            thread = new Thread(this::work, "onda-worker-" + number);
            thread.setDaemon(true);
        }

        private void work() {
            for (int spins = 0; !closed; spins++) {
                if (hasTasks()) {
                    share(number);
                    spins = 0;
                } else if (spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    sleep();
                    spins = 0;
                }
            }
        }

        private void sleep() {
            sleeps = true;
            if (!hasTasks() && !closed) {
                LockSupport.park(Workers.this);
            }
            sleeps = false;
        }

        private void wake() {
            if (sleeps) {
                LockSupport.unpark(thread);
            }
        }
    }

    private boolean hasTasks() {
        return (int) untaken.get() > 0;
    }
}
