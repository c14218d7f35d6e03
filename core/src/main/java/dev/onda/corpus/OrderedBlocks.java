package dev.onda.corpus;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Items worked on by several threads and taken in their order: they are cut into blocks, threads work on blocks, the calling
 * thread takes the results one after the other. So what is made of them is the same for any number of threads, and only a
 * few blocks are in memory.
 *
 * @param name of the work, for its threads and for the message when it is interrupted, such as "preparing"
 * @param items how many
 * @param blockItems items a block, at least 1
 * @param threads at least 1
 */
record OrderedBlocks(String name, int items, int blockItems, int threads) {
    private static final int BLOCKS_AHEAD_PER_THREAD = 2;

    /** What a thread does. */
    @FunctionalInterface
    interface Work<T> {
        /** Makes a block of the items from {@code first} up to, not with, {@code end}. */
        T on(int first, int end);
    }

    /** What the calling thread does. */
    @FunctionalInterface
    interface Taker<T> {
        /**
         * Takes a block, the next one in order.
         *
         * @param end how many items are done with it
         */
        void take(T block, int end) throws IOException;
    }

    private record Pending<T>(Future<T> block, int end) {}

    /**
     * Works on all items.
     *
     * @throws InterruptedIOException if the thread is interrupted
     * @throws IOException if the taker throws it, or the work fails
     */
    <T> void run(Work<T> work, Taker<T> taker) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(
                threads,
                Thread.ofPlatform().daemon().name("onda-" + name + "-", 0).factory());
        try {
            int ahead = threads * BLOCKS_AHEAD_PER_THREAD;
            Queue<Pending<T>> pending = new ArrayDeque<>();
            int next = 0;
            while (next < items || !pending.isEmpty()) {
                while (next < items && pending.size() <= ahead) {
                    int first = next;
                    int end = Math.min(items, first + blockItems);
                    pending.add(new Pending<>(pool.submit(() -> work.on(first, end)), end));
                    next = end;
                }
                Pending<T> oldest = pending.remove();
                taker.take(await(oldest.block()), oldest.end());
            }
        } finally {
            pool.shutdownNow();
            pool.close();
        }
    }

    private <T> T await(Future<T> pending) throws IOException {
        try {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return pending.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(name, e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        }
    }

    /** What to throw when the thread that does this work was interrupted. */
    static InterruptedIOException interrupted(String name, Exception cause) {
        InterruptedIOException stopped = new InterruptedIOException(name + " clips was interrupted");
        stopped.initCause(cause);
        return stopped;
    }
}
