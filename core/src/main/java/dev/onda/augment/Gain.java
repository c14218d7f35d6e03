package dev.onda.augment;

import java.util.random.RandomGenerator;

/**
 * Makes the clip louder or softer, by a gain uniform in decibels.
 *
 * @param minDb softest, in decibels
 * @param maxDb loudest, in decibels
 */
public record Gain(double probability, double minDb, double maxDb) implements Augmentation {

    /**
     * @throws IllegalArgumentException if the probability is not in [0, 1] or the gains are not ordered
     */
    public Gain {
        Augmentation.checkProbability(probability);
        if (!(minDb <= maxDb) || !Double.isFinite(minDb) || !Double.isFinite(maxDb)) {
            throw new IllegalArgumentException("gains go from low to high, not from " + minDb + " to " + maxDb + " dB");
        }
    }

    @Override
    public void apply(float[] x, int at, int n, Surroundings surroundings, RandomGenerator random) {
        double db = minDb + (maxDb - minDb) * random.nextDouble();
        float factor = (float) StrictMath.pow(10, db / 20);
        for (int i = at; i < at + n; i++) {
            x[i] *= factor;
        }
    }
}
