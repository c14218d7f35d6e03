package dev.onda.augment;

import java.util.random.RandomGenerator;

/**
 * Plays the clip faster or slower, as a tape does: the pitch goes with it. The middle stays where it is; what moves in at the
 * ends is silence. Between samples a windowed sinc of {@value #TAPS} taps is taken.
 *
 * @param range largest change, as a share of the speed, in [0, 0.5)
 */
public record Speed(double probability, double range) implements Augmentation {

    private static final int TAPS = 16;
    private static final int PHASES = 256;
    /** Taps of each place between two samples. */
    private static final float[] SINC = sinc();

    /**
     * @throws IllegalArgumentException if the probability is not in [0, 1] or the range not in [0, 0.5)
     */
    public Speed {
        Augmentation.checkProbability(probability);
        if (!(range >= 0 && range < 0.5)) {
            throw new IllegalArgumentException("a change of speed is in [0, 0.5), not " + range);
        }
    }

    private static float[] sinc() {
        float[] taps = new float[(PHASES + 1) * TAPS];
        for (int phase = 0; phase <= PHASES; phase++) {
            for (int k = 0; k < TAPS; k++) {
                double t = k - (TAPS / 2 - 1) - phase / (double) PHASES;
                double window = 0.5 + 0.5 * StrictMath.cos(Math.PI * t / (TAPS / 2.0));
                double value = t == 0 ? 1 : StrictMath.sin(Math.PI * t) / (Math.PI * t);
                taps[phase * TAPS + k] = (float) (Math.abs(t) < TAPS / 2.0 ? window * value : 0);
            }
        }
        return taps;
    }

    @Override
    public void apply(float[] x, int at, int n, Surroundings surroundings, RandomGenerator random) {
        double speed = 1 + range * (2 * random.nextDouble() - 1);
        // Silence around the clip as far as any place that is asked for, and the taps beyond it.
        int margin = (int) Math.ceil(n * range / 2) + TAPS;
        float[] original = new float[n + 2 * margin];
        System.arraycopy(x, at, original, margin, n);
        double middle = (n - 1) / 2.0;
        for (int i = 0; i < n; i++) {
            double place = middle + (i - middle) * speed + margin;
            int whole = (int) place;
            int phase = (int) ((place - whole) * PHASES + 0.5);
            int from = whole - (TAPS / 2 - 1);
            x[at + i] = dot(phase * TAPS, original, from);
        }
    }

    /** Four sums side by side: one alone would wait for itself at each tap. */
    private static float dot(int taps, float[] x, int from) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        for (int k = 0; k < TAPS; k += 4) {
            a += SINC[taps + k] * x[from + k];
            b += SINC[taps + k + 1] * x[from + k + 1];
            c += SINC[taps + k + 2] * x[from + k + 2];
            d += SINC[taps + k + 3] * x[from + k + 3];
        }
        return (a + b) + (c + d);
    }
}
