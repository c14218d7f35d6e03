package dev.onda.augment;

import java.util.Arrays;

/**
 * Where in a clip the word is, by its loudness: from the first to the last frame of 10 ms that is at most 25 dB softer than the
 * clip's loudest frame and at least 6 dB louder than its own background, soft stretches between them included. The background
 * is the level that a tenth of the frames stays below. In a clip that is hardly louder than its background, the frames within
 * 6 dB of the loudest count. An estimate: a soft fricative at the end may be cut off, a click behind the word taken in.
 *
 * @param from number of the first sample
 * @param to number of the sample after the last
 */
public record SpokenPart(int from, int to) {

    private static final int FRAMES_A_SECOND = 100;
    /** 25 dB as a ratio of energies. */
    private static final double BELOW_LOUDEST = 316;
    /** 6 dB as a ratio of energies. */
    private static final double MARGIN = 4;

    private static final int TENTH = 10;

    public static SpokenPart of(float[] clip, int sampleRateHz) {
        int frame = Math.clamp(sampleRateHz / FRAMES_A_SECOND, 1, clip.length);
        double[] energies = new double[clip.length / frame];
        for (int i = 0; i < energies.length; i++) {
            for (int t = i * frame; t < (i + 1) * frame; t++) {
                energies[i] += (double) clip[t] * clip[t];
            }
        }
        double[] sorted = energies.clone();
        Arrays.sort(sorted);
        double loudest = sorted[sorted.length - 1];
        double background = sorted[sorted.length / TENTH];
        double least = Math.min(loudest / MARGIN, Math.max(loudest / BELOW_LOUDEST, MARGIN * background));
        int first = 0;
        while (energies[first] < least) {
            first++;
        }
        int last = energies.length - 1;
        while (energies[last] < least) {
            last--;
        }
        return new SpokenPart(first * frame, (last + 1) * frame);
    }
}
