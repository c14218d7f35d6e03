package dev.onda.train;

import dev.onda.corpus.LabelledClips;
import dev.onda.model.Normalization;

/** Mean and deviation of the samples of a corpus. */
final class Standardization {

    /** Clips measured at most, evenly spread: a thousand seconds of sound settle both figures. */
    private static final int MOST = 1_000;

    private Standardization() {}

    static Normalization measure(LabelledClips clips, int window) {
        float[] samples = new float[window];
        int step = Math.max(1, clips.size() / MOST);
        double sum = 0;
        double squares = 0;
        long n = 0;
        for (int i = 0; i < clips.size(); i += step) {
            clips.store().read(clips.clips()[i], samples, 0);
            for (float x : samples) {
                sum += x;
                squares += x * (double) x;
            }
            n += window;
        }
        double mean = sum / n;
        double deviation = Math.sqrt(Math.max(0, squares / n - mean * mean));
        return new Normalization((float) mean, (float) Math.max(deviation, 1e-4));
    }
}
