package dev.onda.audio;

import java.util.Arrays;

/** Cuts and pads clips to the one length a network takes. */
public final class Window {

    private Window() {}

    /**
     * Brings a clip to a length. A shorter clip is padded half and half with its edge values, the odd sample on the right,
     * as the article does (Herrera 2020, "End-to-End Speech Recognition with Raw Audio Signals and 1D Convolutions"). Of a
     * longer one the stretch with the largest energy stays, the earliest of equals; the article has none longer.
     *
     * @param samples (time)
     * @param length samples wanted, at least 1
     * @return (length); {@code samples} itself, not a copy, if it has that length
     * @throws IllegalArgumentException if there are no samples or the length is below 1
     */
    public static float[] fit(float[] samples, int length) {
        if (samples.length == 0) {
            throw new IllegalArgumentException("a clip of 0 samples has no edge values to pad with");
        }
        if (length < 1) {
            throw new IllegalArgumentException("a window has at least 1 sample, not " + length);
        }
        if (samples.length == length) {
            return samples;
        }
        return samples.length < length ? padded(samples, length) : loudest(samples, length);
    }

    private static float[] padded(float[] samples, int length) {
        int left = (length - samples.length) / 2;
        float[] window = new float[length];
        Arrays.fill(window, 0, left, samples[0]);
        System.arraycopy(samples, 0, window, left, samples.length);
        Arrays.fill(window, left + samples.length, length, samples[samples.length - 1]);
        return window;
    }

    private static float[] loudest(float[] samples, int length) {
        double energy = 0;
        double best = 0;
        int start = 0;
        for (int end = 0; end < samples.length; end++) {
            energy += square(samples[end]);
            if (end >= length) {
                energy -= square(samples[end - length]);
                if (energy > best) {
                    best = energy;
                    start = end - length + 1;
                }
            } else {
                best = energy;
            }
        }
        return Arrays.copyOfRange(samples, start, start + length);
    }

    private static double square(float sample) {
        return (double) sample * sample;
    }
}
