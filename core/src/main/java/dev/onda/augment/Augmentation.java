package dev.onda.augment;

import dev.onda.nn.kernel.Hash;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** A random change of a clip that leaves its word what it is. */
public sealed interface Augmentation {

    /** How often it is applied, in [0, 1]. */
    double probability();

    /** Changes {@code x[at, at + n)}, whatever the probability. */
    void apply(float[] x, int at, int n, int sampleRateHz, RandomGenerator random);

    /** Applies it with its probability. */
    default void maybeApply(float[] x, int at, int n, int sampleRateHz, RandomGenerator random) {
        if (random.nextDouble() < probability()) {
            apply(x, at, n, sampleRateHz, random);
        }
    }

    /**
     * The article's noise injection: {@code x + amplitude * u}, u uniform in [0, 1), fresh for each sample (Herrera 2020). It
     * adds a constant of half the amplitude, too: so the article has it.
     *
     * <p>Each u is a hash of its place, so that the compiler can make vectors of the loop. The places are counted in steps
     * that are drawn like the start: no two clips' noises are one noise, shifted.
     *
     * @param amplitude largest value added, in full-scale units
     */
    record NoiseInjection(double probability, double amplitude) implements Augmentation {

        /**
         * @throws IllegalArgumentException if the probability is not in [0, 1] or the amplitude negative or not finite
         */
        public NoiseInjection {
            checkProbability(probability);
            if (!(amplitude >= 0) || !Double.isFinite(amplitude)) {
                throw new IllegalArgumentException("a noise amplitude is at least 0, not " + amplitude);
            }
        }

        @Override
        public void apply(float[] x, int at, int n, int sampleRateHz, RandomGenerator random) {
            float unit = (float) amplitude * 0x1p-24f;
            int first = random.nextInt();
            int step = random.nextInt() | 1;
            for (int i = 0; i < n; i++) {
                x[at + i] += unit * (Hash.mix(first + i * step) >>> 8);
            }
        }
    }

    /**
     * Moves the clip by up to {@code maxMs} either way, uniformly; what moves in at an end is silence.
     *
     * @param maxMs largest move, in milliseconds
     */
    record TimeShift(double probability, double maxMs) implements Augmentation {

        /**
         * @throws IllegalArgumentException if the probability is not in [0, 1] or the move negative or not finite
         */
        public TimeShift {
            checkProbability(probability);
            if (!(maxMs >= 0) || !Double.isFinite(maxMs)) {
                throw new IllegalArgumentException("a time shift is at least 0 ms, not " + maxMs);
            }
        }

        @Override
        public void apply(float[] x, int at, int n, int sampleRateHz, RandomGenerator random) {
            int most = (int) Math.min(n, Math.round(maxMs * sampleRateHz / 1000));
            int shift = random.nextInt(-most, most + 1);
            int kept = n - Math.abs(shift);
            System.arraycopy(x, at + Math.max(0, -shift), x, at + Math.max(0, shift), kept);
            int from = shift > 0 ? at : at + kept;
            Arrays.fill(x, from, from + n - kept, 0);
        }
    }

    /**
     * Makes the clip louder or softer, by a gain uniform in decibels.
     *
     * @param minDb softest, in decibels
     * @param maxDb loudest, in decibels
     */
    record Gain(double probability, double minDb, double maxDb) implements Augmentation {

        /**
         * @throws IllegalArgumentException if the probability is not in [0, 1] or the gains are not ordered
         */
        public Gain {
            checkProbability(probability);
            if (!(minDb <= maxDb) || !Double.isFinite(minDb) || !Double.isFinite(maxDb)) {
                throw new IllegalArgumentException(
                        "gains go from low to high, not from " + minDb + " to " + maxDb + " dB");
            }
        }

        @Override
        public void apply(float[] x, int at, int n, int sampleRateHz, RandomGenerator random) {
            double db = minDb + (maxDb - minDb) * random.nextDouble();
            float factor = (float) StrictMath.pow(10, db / 20);
            for (int i = at; i < at + n; i++) {
                x[i] *= factor;
            }
        }
    }

    private static void checkProbability(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("a probability is in [0, 1], not " + probability);
        }
    }
}
