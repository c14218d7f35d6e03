package dev.onda.augment;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Moves the clip by up to {@code maxMs} either way, uniformly; what moves in at an end is silence.
 *
 * @param maxMs largest move, in milliseconds
 */
public record TimeShift(double probability, double maxMs) implements Augmentation {

    /**
     * @throws IllegalArgumentException if the probability is not in [0, 1] or the move negative or not finite
     */
    public TimeShift {
        Augmentation.checkProbability(probability);
        if (!(maxMs >= 0) || !Double.isFinite(maxMs)) {
            throw new IllegalArgumentException("a time shift is at least 0 ms, not " + maxMs);
        }
    }

    @Override
    public void apply(float[] x, int at, int n, Surroundings surroundings, RandomGenerator random) {
        int most = (int) Math.min(n, Math.round(maxMs * surroundings.sampleRateHz() / 1000));
        int shift = random.nextInt(-most, most + 1);
        int kept = n - Math.abs(shift);
        System.arraycopy(x, at + Math.max(0, -shift), x, at + Math.max(0, shift), kept);
        int from = shift > 0 ? at : at + kept;
        Arrays.fill(x, from, from + n - kept, 0);
    }
}
