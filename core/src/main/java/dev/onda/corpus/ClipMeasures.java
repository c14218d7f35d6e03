package dev.onda.corpus;

import dev.onda.audio.Wave;
import java.util.Arrays;

/**
 * What a clip's samples tell about how it was recorded. Levels are mean squares over frames of 20 ms every 10 ms, and one at
 * the very end, the clip's mean taken away.
 *
 * @param mean of all samples, full scale is 1
 * @param fullScale how many samples are at full scale or beyond
 * @param loudest level of the loudest frame
 * @param floor the level that a tenth of the frames stay below
 * @param first level of the first frame
 * @param last level of the last frame
 */
public record ClipMeasures(double mean, int fullScale, double loudest, double floor, double first, double last) {
    /** The largest positive value of 16 bits; formats with fewer bits reach only the negative one. */
    static final float FULL_SCALE = 32_767 / 32_768f;

    private static final int HALF_FRAMES_PER_SECOND = 100;
    private static final int FLOOR_TENTH = 10;
    /** Stands for silence; a single bit of 16 in 20 ms at 16 kHz has -115 dB. */
    private static final double LEAST_DB = -120;

    /**
     * @throws IllegalArgumentException if the clip is shorter than 20 ms, or has too low a sample rate to tell
     */
    public static ClipMeasures of(Wave wave) {
        float[] x = wave.samples();
        int half = wave.sampleRateHz() / HALF_FRAMES_PER_SECOND;
        if (half < 1 || x.length < 2 * half) {
            throw new IllegalArgumentException("a clip has 20 ms at least, and " + HALF_FRAMES_PER_SECOND
                    + " samples a second, to be measured, not " + x.length + " samples at " + wave.sampleRateHz()
                    + " Hz");
        }
        double sum = 0;
        int fullScale = 0;
        for (float sample : x) {
            sum += sample;
            fullScale += Math.abs(sample) >= FULL_SCALE ? 1 : 0;
        }
        double mean = sum / x.length;
        double[] halves = new double[x.length / half];
        for (int h = 0; h < halves.length; h++) {
            halves[h] = energy(x, h * half, half, mean);
        }
        double[] frames = new double[halves.length];
        for (int h = 0; h + 1 < halves.length; h++) {
            frames[h] = (halves[h] + halves[h + 1]) / (2 * half);
        }
        double last = energy(x, x.length - 2 * half, 2 * half, mean) / (2 * half);
        double first = frames[0];
        frames[frames.length - 1] = last;
        Arrays.sort(frames);
        return new ClipMeasures(
                mean, fullScale, frames[frames.length - 1], frames[frames.length / FLOOR_TENTH], first, last);
    }

    /** {@link FindingKind#NEAR_SILENT}. */
    public boolean isNearSilent() {
        return decibels(loudest) < ExaminedClip.SILENT_DB;
    }

    /** {@link FindingKind#CUT_AT_START}: as if the word had begun before the recording. */
    public boolean isCutAtStart() {
        return !isNearSilent() && ExaminedClip.Edge.of(first, this).isCut();
    }

    /** {@link FindingKind#CUT_AT_END}. */
    public boolean isCutAtEnd() {
        return !isNearSilent() && ExaminedClip.Edge.of(last, this).isCut();
    }

    /** Sum of squares. */
    private static double energy(float[] x, int from, int count, double mean) {
        double energy = 0;
        for (int i = from; i < from + count; i++) {
            double deviation = x[i] - mean;
            energy += deviation * deviation;
        }
        return energy;
    }

    /** A level in decibels below full scale, -120 at least. */
    static double decibels(double level) {
        return Math.max(LEAST_DB, 10 * Math.log10(level));
    }
}
