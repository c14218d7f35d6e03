package dev.onda.bench;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * How often a second something can be done, once it runs at speed: on the JVM a program is slow at first, a hundredfold,
 * until its loops are compiled. For one measurement after the other: they share their patience with slow starts, as what is
 * compiled for one is ready for the next.
 */
final class Rate {

    /** Rounds that the measured time is cut into; their median counts. */
    private static final int ROUNDS = 5;
    /** So many rounds at least have been no faster when a warm-up ends: a round may take longer than it should. */
    private static final int CALM_ROUNDS = 4;
    /** What is faster than before by less is chance. */
    private static final double FASTER = 1.03;

    private final double seconds;
    private final LongSupplier nanoTime;
    private double patience;

    /**
     * @param seconds to measure each time, the warm-up not counted
     * @param patience seconds by which all warm-ups together may exceed {@link #calmSeconds} each
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    Rate(double seconds, double patience, LongSupplier nanoTime) {
        this.seconds = seconds;
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    /** Repeats it for a while and returns how often a second it was done. */
    double of(Runnable work) {
        warmUp(work);
        double[] rates = new double[ROUNDS];
        int rounds = 0;
        long started = nanoTime.getAsLong();
        while (rounds < ROUNDS && (rounds == 0 || secondsSince(started) < seconds)) {
            rates[rounds] = round(work);
            rounds++;
        }
        return median(Arrays.copyOf(rates, rounds));
    }

    /** A warm-up is over when for so long no round was faster than all before. */
    static double calmSeconds(double seconds) {
        return Math.min(2 * seconds, 1);
    }

    private void warmUp(Runnable work) {
        double calm = calmSeconds(seconds);
        long started = nanoTime.getAsLong();
        long faster = started;
        double best = 0;
        int rounds = 0;
        while ((secondsSince(faster) < calm || rounds < CALM_ROUNDS) && secondsSince(started) < calm + patience) {
            double rate = round(work);
            rounds++;
            if (rate > best * FASTER) {
                best = rate;
                faster = nanoTime.getAsLong();
                rounds = 0;
            }
        }
        patience = Math.max(0, patience - Math.max(0, secondsSince(started) - calm));
    }

    /** As often as fits into the time of a round, at least once. */
    private double round(Runnable work) {
        long started = nanoTime.getAsLong();
        double took;
        int times = 0;
        do {
            work.run();
            times++;
            took = secondsSince(started);
        } while (took < seconds / ROUNDS);
        return times / took;
    }

    private double secondsSince(long started) {
        return (nanoTime.getAsLong() - started) * 1e-9;
    }

    private static double median(double[] rates) {
        double[] sorted = rates.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
