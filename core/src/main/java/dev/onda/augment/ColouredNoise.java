package dev.onda.augment;

import dev.onda.nn.kernel.Hash;
import java.util.random.RandomGenerator;

/**
 * Adds noise whose power falls or rises with frequency, at a signal-to-noise ratio that is uniform in decibels. The colour is
 * one of white (even), pink (falls by 3 dB an octave), brown (falls by 6), blue (rises by 3) and violet (rises by 6).
 *
 * @param minSnrDb loudest noise, in decibels below the clip
 * @param maxSnrDb softest noise, in decibels below the clip
 */
public record ColouredNoise(double probability, double minSnrDb, double maxSnrDb) implements Augmentation {

    private static final int COLOURS = 5;
    /** Keeps brown noise from drifting away. */
    private static final float LEAK = 0.995f;

    /**
     * @throws IllegalArgumentException if the probability is not in [0, 1] or the ratios are not ordered
     */
    public ColouredNoise {
        Augmentation.checkProbability(probability);
        Augmentation.checkRange("signal-to-noise ratios in dB", minSnrDb, maxSnrDb);
    }

    @Override
    public void apply(float[] x, int at, int n, Surroundings surroundings, RandomGenerator random) {
        double snrDb = minSnrDb + (maxSnrDb - minSnrDb) * random.nextDouble();
        int colour = random.nextInt(COLOURS);
        float[] noise = white(n, random);
        switch (colour) {
            case 1 -> pink(noise);
            case 2 -> brown(noise);
            case 3 -> {
                pink(noise);
                rise(noise);
            }
            case 4 -> rise(noise);
            default -> {
                // White as it is.
            }
        }
        float gain = Level.noiseGain(Level.rms(x, at, n), Level.rms(noise, 0, n), snrDb);
        for (int i = 0; i < n; i++) {
            x[at + i] += gain * noise[i];
        }
    }

    private static float[] white(int n, RandomGenerator random) {
        float[] noise = new float[n];
        int first = random.nextInt();
        int step = random.nextInt() | 1;
        for (int i = 0; i < n; i++) {
            noise[i] = Hash.mix(first + i * step) * 0x1p-31f;
        }
        return noise;
    }

    /** White to pink: three one-pole filters, whose sum falls by 3 dB an octave within half a decibel (Kellet 1999). */
    private static void pink(float[] x) {
        float a = 0;
        float b = 0;
        float c = 0;
        for (int i = 0; i < x.length; i++) {
            float white = x[i];
            a = 0.99765f * a + white * 0.0990460f;
            b = 0.96300f * b + white * 0.2965164f;
            c = 0.57000f * c + white * 1.0526913f;
            x[i] = a + b + c + white * 0.1848f;
        }
    }

    private static void brown(float[] x) {
        float sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum = LEAK * sum + x[i];
            x[i] = sum;
        }
    }

    /** Differences: 6 dB an octave more. */
    private static void rise(float[] x) {
        for (int i = x.length - 1; i > 0; i--) {
            x[i] -= x[i - 1];
        }
    }
}
