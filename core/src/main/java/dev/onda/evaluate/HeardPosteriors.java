package dev.onda.evaluate;

import dev.onda.model.StreamSettings;
import dev.onda.recognize.WordDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a network made of each window of a stream, kept so that any threshold can be tried without running it again: 4 bytes a
 * class and window, about 2.3 MB an hour.
 */
public final class HeardPosteriors {

    private final List<String> words;
    private double[] times = new double[1_024];
    /** {@code (windows, classes)}; of a window that was quiet, NaN. */
    private float[] posteriors;

    private int windows;

    HeardPosteriors(List<String> words) {
        this.words = List.copyOf(words);
        posteriors = new float[times.length * words.size()];
    }

    /** Takes in a window, as {@link dev.onda.recognize.StreamRecognizer.Tap} is told of it. */
    void add(double time, float[] window) {
        if (windows == times.length) {
            times = Arrays.copyOf(times, 2 * windows);
            posteriors = Arrays.copyOf(posteriors, times.length * words.size());
        }
        times[windows] = time;
        int at = windows * words.size();
        if (window.length == 0) {
            posteriors[at] = Float.NaN;
        } else {
            System.arraycopy(window, 0, posteriors, at, words.size());
        }
        windows++;
    }

    /** How many windows there were. */
    public int windows() {
        return windows;
    }

    /** What would have been detected with these settings, whose hop has to be the one that was listened with. */
    public List<Heard> decode(StreamSettings settings) {
        WordDecoder decoder = new WordDecoder(words, settings);
        float[] window = new float[words.size()];
        List<Heard> heard = new ArrayList<>();
        for (int i = 0; i < windows; i++) {
            if (Float.isNaN(posteriors[i * window.length])) {
                decoder.quiet();
                continue;
            }
            System.arraycopy(posteriors, i * window.length, window, 0, window.length);
            int word = decoder.next(window);
            if (word != WordDecoder.NONE) {
                heard.add(new Heard(words.get(word), times[i]));
            }
        }
        return heard;
    }
}
