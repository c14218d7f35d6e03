package dev.onda.evaluate;

import dev.onda.audio.Resampler;
import dev.onda.augment.BackgroundNoise;
import dev.onda.augment.Surroundings;
import java.util.Arrays;
import java.util.SplittableRandom;

/** What recordings suffer. Each does the same to the same clip, on any thread. */
public final class Disturbances {

    private static final int FULL_SCALE = 1 << 15;

    private Disturbances() {}

    /**
     * A stretch of background, the clip's own whatever the ratio.
     *
     * @param surroundings with the background, one recording at least
     * @param snrDb signal-to-noise ratio in decibels
     * @throws IllegalArgumentException if the ratio is out of range
     */
    public static Evaluator.Disturbance noise(Surroundings surroundings, double snrDb) {
        BackgroundNoise noise = new BackgroundNoise(1, snrDb, snrDb);
        return (x, at, n, clip) -> noise.apply(x, at, n, surroundings, new SplittableRandom(clip));
    }

    /** Another distance or microphone gain in front of a converter of 16 bits: what is too loud is clipped. */
    static Evaluator.Disturbance gain(double gainDb) {
        float scale = (float) (StrictMath.pow(10, gainDb / 20) * FULL_SCALE);
        return (x, at, n, clip) -> {
            for (int i = at; i < at + n; i++) {
                x[i] = Math.clamp(Math.round(x[i] * scale), -FULL_SCALE, FULL_SCALE - 1) / (float) FULL_SCALE;
            }
        };
    }

    /** A recording of a lower rate, resampled: what was above its band is lost. */
    static Evaluator.Disturbance band(int sampleRateHz, int recordedHz) {
        Resampler down = Resampler.of(sampleRateHz, recordedHz);
        Resampler up = Resampler.of(recordedHz, sampleRateHz);
        return (x, at, n, clip) -> {
            float[] back = up.resample(down.resample(Arrays.copyOfRange(x, at, at + n)));
            System.arraycopy(back, 0, x, at, n);
        };
    }
}
