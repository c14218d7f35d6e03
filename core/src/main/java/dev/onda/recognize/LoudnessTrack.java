package dev.onda.recognize;

import java.util.Arrays;

/**
 * How loud the last seconds of a stream were, in frames of 10 ms, and what of it stands out from the background. The level of
 * the background is the least that the smoothed energy has been in the last two seconds (minimum statistics, Martin 2001,
 * "Noise power spectral density estimation based on optimal smoothing and minimum statistics", without his correction for
 * bias, which the margin takes in). Allocates nothing after it is made.
 */
final class LoudnessTrack {

    private static final int FRAMES_A_SECOND = 100;
    /** Frames that are kept: two seconds. */
    private static final int KEPT = 2 * FRAMES_A_SECOND;
    /** Energies are averaged over so many frames, so that a click opens nothing. */
    private static final int SMOOTHING = 5;
    /** How far above the background sound has to be: 6 dB as a ratio of energies. */
    private static final double MARGIN = 4;
    /** No background is softer: -80 dB of full scale. */
    private static final double SOFTEST = 1e-8;

    private final int frameSamples;
    /** Smoothed energies, frame number modulo {@link #KEPT}. */
    private final double[] energies = new double[KEPT];

    private final double[] raw = new double[SMOOTHING];
    private double sum;
    private int samples;
    private long frames;
    private long lastLoud = -1;

    LoudnessTrack(int sampleRateHz) {
        frameSamples = Math.max(1, sampleRateHz / FRAMES_A_SECOND);
        Arrays.fill(energies, Double.POSITIVE_INFINITY);
    }

    /** Takes in the samples that follow. */
    void push(float[] x, int at, int n) {
        for (int i = at; i < at + n; i++) {
            sum += (double) x[i] * x[i];
            samples++;
            if (samples == frameSamples) {
                endFrame();
            }
        }
    }

    private void endFrame() {
        raw[(int) (frames % SMOOTHING)] = sum / samples;
        sum = 0;
        samples = 0;
        double smoothed = 0;
        for (double energy : raw) {
            smoothed += energy;
        }
        energies[(int) (frames % KEPT)] = smoothed / Math.min(SMOOTHING, frames + 1);
        if (isLoud(frames, background())) {
            lastLoud = frames;
        }
        frames++;
    }

    private double background() {
        double least = Double.POSITIVE_INFINITY;
        for (double energy : energies) {
            least = Math.min(least, energy);
        }
        return Math.max(SOFTEST, least);
    }

    private boolean isLoud(long frame, double background) {
        return energies[(int) (frame % KEPT)] > MARGIN * background;
    }

    /** Whether something stood out from the background in the last so many seconds. */
    boolean hasSound(double seconds) {
        return lastLoud >= 0 && frames - 1 - lastLoud < seconds * FRAMES_A_SECOND;
    }

    /** Where the last sound that stood out ended, in seconds since the beginning. */
    double lastEnd() {
        return (lastLoud + 1) / (double) FRAMES_A_SECOND;
    }

    /** Where the last sound began: soft stretches of up to 100 ms within it do not count. At most two seconds ago. */
    double lastStart() {
        double background = background();
        long first = Math.max(0, lastLoud);
        long oldest = Math.max(0, frames - KEPT);
        for (long frame = first; frame >= oldest && first - frame <= FRAMES_A_SECOND / 10; frame--) {
            if (isLoud(frame, background)) {
                first = frame;
            }
        }
        return first / (double) FRAMES_A_SECOND;
    }
}
