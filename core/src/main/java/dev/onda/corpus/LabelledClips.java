package dev.onda.corpus;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Clips of a store with the number of their class: what a network is trained or judged on. Beside words there are two more
 * classes: {@link #UNKNOWN}, for the store's other words, and {@link #SILENCE}, stretches of its background, as it is or up to
 * 40 dB softer, one in ten of them without any sound, as many as a word has clips.
 *
 * @param store where the samples are; not owned
 * @param partition whose background makes silence
 * @param clips their numbers in the store, -1 for silence; not copied
 * @param labels for each, the place of its class in the list of classes; not copied
 */
public record LabelledClips(ClipStore store, Partition partition, int[] clips, int[] labels) {

    /** The class of all words that are not asked for. As {@code dev.onda.model.Model} has it, which is not known here. */
    public static final String UNKNOWN = "_unknown_";
    /** The class of what is no speech. */
    public static final String SILENCE = "_silence_";
    /** The folder of clips that a model wrongly took for words: it stands for no word, its clips are {@link #UNKNOWN}. */
    public static final String HARD_NEGATIVE = "hard_negative";

    /** Silence is this much softer than its recording at most, in decibels. */
    private static final double SOFTEST_DB = 40;
    /** One stretch of silence in so many is without any sound. */
    private static final int DIGITAL = 10;

    /** The clips of a store that pass the filter and whose word is among the classes, in the store's order; then silence. */
    public static LabelledClips of(
            ClipStore store, List<String> classes, Partition partition, Predicate<StoredClip> filter) {
        int unknown = classes.indexOf(UNKNOWN);
        int[] chosen = IntStream.range(0, store.size())
                .filter(i -> filter.test(store.clip(i)))
                .filter(i -> unknown >= 0 || classes.contains(store.clip(i).word()))
                .toArray();
        int words = classes.size() - (unknown >= 0 ? 1 : 0) - (classes.contains(SILENCE) ? 1 : 0);
        long ofWords = Arrays.stream(chosen)
                .filter(i -> classes.contains(store.clip(i).word()))
                .count();
        int silent = classes.contains(SILENCE) ? (int) Math.round(ofWords / (double) words) : 0;
        int[] clips = Arrays.copyOf(chosen, chosen.length + silent);
        int[] labels = new int[clips.length];
        for (int i = 0; i < chosen.length; i++) {
            int word = classes.indexOf(store.clip(chosen[i]).word());
            labels[i] = word >= 0 ? word : unknown;
        }
        Arrays.fill(clips, chosen.length, clips.length, -1);
        Arrays.fill(labels, chosen.length, clips.length, classes.indexOf(SILENCE));
        return new LabelledClips(store, partition, clips, labels);
    }

    /** The clips of one partition. */
    public static LabelledClips of(ClipStore store, List<String> classes, Partition partition) {
        return of(store, classes, partition, clip -> clip.partition() == partition);
    }

    /** How many clips. */
    public int size() {
        return clips.length;
    }

    /**
     * Copies clip {@code i}'s samples to {@code into[offset ... offset + windowSamples)}.
     *
     * @param seed of silence: which stretch, and how loud; the same seed and place give the same
     */
    public void read(int i, long seed, float[] into, int offset) {
        if (clips[i] >= 0) {
            store.read(clips[i], into, offset);
            return;
        }
        int n = store.format().windowSamples();
        Arrays.fill(into, offset, offset + n, 0);
        SplittableRandom random = new SplittableRandom(seed + i);
        List<float[]> backgrounds = store.background().of(partition);
        if (backgrounds.isEmpty() || random.nextInt(DIGITAL) == 0) {
            return;
        }
        float[] recording = backgrounds.get(random.nextInt(backgrounds.size()));
        int some = Math.min(n, recording.length);
        int from = random.nextInt(recording.length - some + 1);
        float gain = (float) StrictMath.pow(10, -SOFTEST_DB * random.nextDouble() / 20);
        for (int t = 0; t < some; t++) {
            into[offset + t] = gain * recording[from + t];
        }
    }
}
