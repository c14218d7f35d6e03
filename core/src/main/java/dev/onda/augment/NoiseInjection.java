package dev.onda.augment;

import dev.onda.nn.kernel.Hash;
import java.util.random.RandomGenerator;

/**
 * The article's noise injection: {@code x + amplitude * u}, u uniform in [0, 1), fresh for each sample (Herrera 2020). It
 * adds a constant of half the amplitude, too: so the article has it.
 *
 * <p>Each u is a hash of its place, so that the compiler can make vectors of the loop. The places are counted in steps
 * that are drawn like the start: no two clips' noises are one noise, shifted.
 *
 * @param amplitude largest value added, in full-scale units
 */
public record NoiseInjection(double probability, double amplitude) implements Augmentation {

    /**
     * @throws IllegalArgumentException if the probability is not in [0, 1] or the amplitude negative or not finite
     */
    public NoiseInjection {
        Augmentation.checkProbability(probability);
        if (!(amplitude >= 0) || !Double.isFinite(amplitude)) {
            throw new IllegalArgumentException("a noise amplitude is at least 0, not " + amplitude);
        }
    }

    @Override
    public void apply(float[] x, int at, int n, Surroundings surroundings, RandomGenerator random) {
        float unit = (float) amplitude * 0x1p-24f;
        int first = random.nextInt();
        int step = random.nextInt() | 1;
        for (int i = 0; i < n; i++) {
            x[at + i] += unit * (Hash.mix(first + i * step) >>> 8);
        }
    }
}
