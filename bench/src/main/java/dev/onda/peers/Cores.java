package dev.onda.peers;

import dev.onda.nn.kernel.PeakLoop;
import dev.onda.nn.kernel.Workers;

/**
 * How many cores so many threads get.
 *
 * <p>What a virtual machine calls two processors may be two halves of one core at one time and two cores at another, as its
 * host pleases. Code that keeps a core busy by itself then takes up to twice as long, code that waits for memory hardly
 * longer, and the ratio of the two says more about the host than about either.
 */
final class Cores implements AutoCloseable {

    private static final int ROUNDS = 200_000;
    private static final int TASKS_PER_THREAD = 20;
    private static final int WARM_UP = 40;

    private final Workers one = new Workers(1);
    private final Workers all;
    private float sum;

    Cores(int threads) {
        all = new Workers(threads);
        for (int i = 0; i < WARM_UP; i++) {
            sum += PeakLoop.run(ROUNDS);
        }
    }

    /** How many times as many multiply-adds all threads do as one alone, right now. */
    double atWork() {
        return all.threads() == 1 ? 1 : rate(all) / rate(one);
    }

    private double rate(Workers workers) {
        int tasks = TASKS_PER_THREAD * workers.threads();
        float[] results = new float[tasks];
        long start = System.nanoTime();
        workers.run(tasks, (task, worker) -> results[task] = PeakLoop.run(ROUNDS));
        double rate = (double) tasks / (System.nanoTime() - start);
        for (float result : results) {
            sum += result;
        }
        return rate;
    }

    /** What the loops computed, so that they are not left out. */
    float sum() {
        return sum;
    }

    @Override
    public void close() {
        one.close();
        all.close();
    }
}
