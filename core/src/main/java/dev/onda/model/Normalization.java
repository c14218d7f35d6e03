package dev.onda.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What is done to a window of samples before the first layer, so that the network need not learn how loud people speak.
 * Speech Commands' clips differ by more than 30 dB.
 */
public enum Normalization {
    /** Nothing: as the article has it. */
    NONE,
    /** The window is scaled so that its largest magnitude is 1. */
    PEAK,
    /** The window is brought to mean 0 and deviation 1. */
    LEVEL;

    /** Below this peak or deviation (-60 dB of full scale) a window is near silence, and is not made louder still. */
    private static final float FLOOR = 1e-3f;

    /**
     * Sums run in so many lanes, sample i in lane i mod LANES: the compiler makes vectors of the loops over lanes, and the
     * order of additions is one for all processors.
     */
    private static final int LANES = 128;

    /** Its name in files: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of this {@link #label}. */
    public static Optional<Normalization> labelled(String label) {
        for (Normalization normalization : values()) {
            if (normalization.label().equals(label)) {
                return Optional.of(normalization);
            }
        }
        return Optional.empty();
    }

    /** Room for the sums of {@link #apply(float[], int, int, double[])}. */
    public static double[] scratch() {
        return new double[LANES];
    }

    /** Normalises the window {@code x[at, at + n)} in place. */
    public void apply(float[] x, int at, int n) {
        apply(x, at, n, scratch());
    }

    /**
     * Normalises the window {@code x[at, at + n)} in place, without taking memory.
     *
     * @param lanes as {@link #scratch} made it
     */
    public void apply(float[] x, int at, int n, double[] lanes) {
        if (this == NONE) {
            return;
        }
        float middle = middle(x, at, n, lanes);
        float scale = scale(x, at, n, middle, lanes);
        for (int i = at; i < at + n; i++) {
            x[i] = (x[i] - middle) * scale;
        }
    }

    /** What is subtracted from each sample of a window first, without taking memory. */
    public float middle(float[] x, int at, int n, double[] lanes) {
        return this == LEVEL ? mean(x, at, n, lanes) : 0;
    }

    /** What each sample is multiplied by then. */
    public float scale(float[] x, int at, int n, float middle, double[] lanes) {
        return switch (this) {
            case NONE -> 1;
            case PEAK -> 1 / Math.max(FLOOR, peak(x, at, n));
            case LEVEL -> 1 / Math.max(FLOOR, deviation(x, at, n, middle, lanes));
        };
    }

    private static float peak(float[] x, int at, int n) {
        float peak = 0;
        for (int i = at; i < at + n; i++) {
            peak = Math.max(peak, Math.abs(x[i]));
        }
        return peak;
    }

    private static float mean(float[] x, int at, int n, double[] lanes) {
        Arrays.fill(lanes, 0);
        for (int from = 0; from < n; from += LANES) {
            int some = Math.min(LANES, n - from);
            for (int l = 0; l < some; l++) {
                lanes[l] += x[at + from + l];
            }
        }
        return (float) (sum(lanes) / n);
    }

    private static float deviation(float[] x, int at, int n, float mean, double[] lanes) {
        Arrays.fill(lanes, 0);
        for (int from = 0; from < n; from += LANES) {
            int some = Math.min(LANES, n - from);
            for (int l = 0; l < some; l++) {
                double d = x[at + from + l] - mean;
                lanes[l] += d * d;
            }
        }
        return (float) Math.sqrt(sum(lanes) / n);
    }

    private static double sum(double[] lanes) {
        double sum = 0;
        for (double lane : lanes) {
            sum += lane;
        }
        return sum;
    }
}
