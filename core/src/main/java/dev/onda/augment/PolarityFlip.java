package dev.onda.augment;

import java.util.random.RandomGenerator;

/** Turns the waveform upside down, as a microphone wired the other way does; nobody can hear it. */
public record PolarityFlip(double probability) implements Augmentation {

    /**
     * @throws IllegalArgumentException if the probability is not in [0, 1]
     */
    public PolarityFlip {
        Augmentation.checkProbability(probability);
    }

    @Override
    public void apply(float[] x, int at, int n, Surroundings surroundings, RandomGenerator random) {
        for (int i = at; i < at + n; i++) {
            x[i] = -x[i];
        }
    }
}
