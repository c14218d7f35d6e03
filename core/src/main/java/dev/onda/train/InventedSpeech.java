package dev.onda.train;

import dev.onda.augment.SpokenPart;
import dev.onda.corpus.LabelledClips;
import dev.onda.model.Model;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Speech that is none of the words, made of them: a word backwards, the first half of what is said in one clip in front of
 * either half of what is said in another, or short pieces of two in a random order, some of them backwards. Where pieces meet
 * they are faded into each other, so that no click tells. For data with few other words.
 */
final class InventedSpeech {

    /** Of two pieces so many milliseconds overlap. */
    private static final int FADE_MS = 8;

    private final LabelledClips training;
    private final List<String> words;
    private final int window;
    private final int rateHz;
    private final int fade;
    private final boolean onlyOne;
    /** A thread's second clip, and the pieces of both. */
    private final float[][] seconds;

    private final float[][] pieces;

    /**
     * @param rateHz of the clips
     * @param threads that invent
     */
    InventedSpeech(LabelledClips training, List<String> words, int window, int rateHz, int threads) {
        this.training = training;
        this.words = words;
        this.window = window;
        this.rateHz = rateHz;
        this.fade = Math.max(1, Math.min(FADE_MS * rateHz / 1_000, window / 20));
        this.onlyOne = words.stream().filter(Model::isWord).limit(2).count() == 1;
        this.seconds = new float[threads][window];
        this.pieces = new float[threads][window];
    }

    /** Writes a clip of it to {@code into[at, at + window)}. */
    void invent(float[] into, int at, SplittableRandom random, int worker) {
        int first = anyWord(random);
        training.read(first, 0, into, at);
        int kind = onlyOne ? 0 : random.nextInt(3);
        if (kind == 0) {
            turnAround(into, at, window);
            return;
        }
        int second = anyWord(random);
        while (training.labels()[second] == training.labels()[first]) {
            second = anyWord(random);
        }
        float[] other = seconds[worker];
        training.read(second, 0, other, 0);
        if (kind == 1) {
            halve(into, at, other, random, pieces[worker]);
        } else {
            scramble(into, at, other, random, pieces[worker]);
        }
    }

    /**
     * Leaves of a clip what comes before the middle of its word, and puts behind it one half of the other clip's word, and what
     * follows that. Where a word is counts, not the window: of words that lie beside its middle, whole ones would be left, and
     * taught to be none.
     *
     * @param scratch a window's
     */
    void halve(float[] into, int at, float[] other, SplittableRandom random, float[] scratch) {
        System.arraycopy(into, at, scratch, 0, window);
        SpokenPart second = SpokenPart.of(other, rateHz);
        int cut = middle(second, random);
        boolean isSecondHalf = random.nextBoolean();
        int done = middle(SpokenPart.of(scratch, rateHz), random);
        done = append(into, at, done, other, isSecondHalf ? cut : second.from(), isSecondHalf ? second.to() : cut);
        done = append(into, at, done, other, second.to(), window);
        for (int i = 0; i < Math.min(fade, done) && done < window; i++) {
            into[at + done - 1 - i] *= (i + 0.5f) / fade;
        }
        Arrays.fill(into, at + done, at + window, 0);
    }

    /** Half of a spoken part, give or take a tenth. */
    private static int middle(SpokenPart part, SplittableRandom random) {
        int length = part.to() - part.from();
        return part.from() + length / 2 + random.nextInt(-length / 10, length / 10 + 1);
    }

    /** Joins {@code next[from, to)}, or as much as there is room for; returns how much there is then. */
    private int append(float[] clip, int at, int done, float[] next, int from, int to) {
        int length = Math.min(to - from, window - done);
        join(clip, at, done, next, from, length);
        return done + length;
    }

    /** Pieces of 10 to 25 % of the window, from the middle 70 % of either clip, one behind the other. */
    private void scramble(float[] into, int at, float[] other, SplittableRandom random, float[] result) {
        int done = 0;
        while (done < window) {
            int length = Math.min(window - done, window / 10 + random.nextInt(window * 3 / 20 + 1));
            int from = window * 3 / 20 + random.nextInt(window * 7 / 10 - window / 4 + 1);
            boolean isOther = random.nextBoolean();
            boolean backwards = random.nextBoolean();
            if (backwards) {
                turnAround(isOther ? other : into, isOther ? from : at + from, length);
            }
            if (done == 0) {
                System.arraycopy(isOther ? other : into, isOther ? from : at + from, result, 0, length);
            } else {
                join(result, 0, done, isOther ? other : into, isOther ? from : at + from, length);
            }
            done += length;
        }
        System.arraycopy(result, 0, into, at, window);
    }

    /** Puts {@code length} samples behind the first {@code done} of a clip, whose last fade into the first of them. */
    private void join(float[] clip, int at, int done, float[] next, int from, int length) {
        int both = Math.min(fade, Math.min(done, length));
        for (int i = 0; i < both; i++) {
            float share = (i + 0.5f) / both;
            int place = at + done - both + i;
            // What comes before the piece where there is something, so that the piece itself keeps its length.
            float coming = from - both + i >= 0 ? next[from - both + i] : 0;
            clip[place] = (1 - share) * clip[place] + share * coming;
        }
        System.arraycopy(next, from, clip, at + done, length);
    }

    private static void turnAround(float[] x, int at, int length) {
        for (int i = at, j = at + length - 1; i < j; i++, j--) {
            float sample = x[i];
            x[i] = x[j];
            x[j] = sample;
        }
    }

    private int anyWord(SplittableRandom random) {
        while (true) {
            int clip = random.nextInt(training.size());
            if (Model.isWord(words.get(training.labels()[clip]))) {
                return clip;
            }
        }
    }
}
