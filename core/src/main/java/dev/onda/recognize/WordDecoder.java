package dev.onda.recognize;

import dev.onda.model.Model;
import dev.onda.model.StreamSettings;
import java.util.Arrays;
import java.util.List;

/**
 * Turns the posteriors of one window after another into detections: makes them as certain as they should be, averages them, asks for a threshold, does not report a
 * word twice (hysteresis: its average has to fall below the release first), nor two words for one sound (suppression). In the
 * manner of TensorFlow's {@code recognize_commands} (Warden 2018, "Speech Commands", section 7.3), which has no hysteresis. For
 * one stream, on one thread at a time; allocates nothing after it is made.
 */
public final class WordDecoder {

    /** No word. */
    public static final int NONE = -1;

    private final StreamSettings settings;
    private final boolean[] isWord;
    /** The last windows' posteriors, {@code (hops, classes)}, the oldest overwritten first. */
    private final float[][] recent;

    private final double[] sums;
    /** Words that were detected and have not fallen below the release since. */
    private final boolean[] held;

    private int next;
    /** Hops until anything may be detected. */
    private int suppressed;

    /** A decoder for a model's words that has heard nothing. */
    public WordDecoder(List<String> words, StreamSettings settings) {
        this.settings = settings;
        isWord = new boolean[words.size()];
        for (int i = 0; i < isWord.length; i++) {
            isWord[i] = Model.isWord(words.get(i));
        }
        recent = new float[Math.max(1, settings.smoothingMs() / settings.hopMs())][isWord.length];
        sums = new double[isWord.length];
        held = new boolean[isWord.length];
    }

    /** Takes in a window in which nothing is heard: its posteriors count as 0. */
    public void quiet() {
        Arrays.fill(recent[next], 0);
        advance();
    }

    /**
     * Takes in the next window.
     *
     * @param posteriors one for each class
     * @return the number of the word that is detected now, or {@link #NONE}
     */
    public int next(float[] posteriors) {
        sharpen(posteriors, recent[next]);
        advance();
        int best = 0;
        for (int i = 1; i < sums.length; i++) {
            if (sums[i] > sums[best]) {
                best = i;
            }
        }
        if (suppressed > 0 || !isWord[best] || held[best] || score(best) < settings.threshold()) {
            return NONE;
        }
        held[best] = true;
        suppressed = settings.suppressionMs() / settings.hopMs();
        return best;
    }

    /** What the softmax would have given of logits divided by the temperature. */
    private void sharpen(float[] posteriors, float[] into) {
        double power = 1 / settings.temperature();
        double sum = 0;
        for (int i = 0; i < isWord.length; i++) {
            double p = Math.pow(posteriors[i], power);
            into[i] = (float) p;
            sum += p;
        }
        for (int i = 0; i < isWord.length; i++) {
            into[i] = (float) (into[i] / sum);
        }
    }

    private void advance() {
        next = (next + 1) % recent.length;
        suppressed = Math.max(0, suppressed - 1);
        Arrays.fill(sums, 0);
        for (float[] posteriors : recent) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += posteriors[i];
            }
        }
        for (int i = 0; i < held.length; i++) {
            held[i] &= score(i) >= settings.release();
        }
    }

    /** The average posterior of a class over the last windows, at the settings' temperature. */
    public double score(int word) {
        return sums[word] / recent.length;
    }
}
