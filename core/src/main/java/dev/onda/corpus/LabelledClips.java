package dev.onda.corpus;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Clips of a store with the number of their word: what a network is trained or judged on.
 *
 * @param store where the samples are; not owned
 * @param clips their numbers in the store; not copied
 * @param labels for each, the place of its word in the list of words; not copied
 */
public record LabelledClips(ClipStore store, int[] clips, int[] labels) {

    /** The clips of a store that pass the filter and whose word is among the words, in the store's order. */
    public static LabelledClips of(ClipStore store, List<String> words, Predicate<StoredClip> filter) {
        int[] chosen = IntStream.range(0, store.size())
                .filter(i -> filter.test(store.clip(i))
                        && words.contains(store.clip(i).word()))
                .toArray();
        int[] labels = Arrays.stream(chosen)
                .map(i -> words.indexOf(store.clip(i).word()))
                .toArray();
        return new LabelledClips(store, chosen, labels);
    }

    /** The clips of one partition. */
    public static LabelledClips of(ClipStore store, List<String> words, Partition partition) {
        return of(store, words, clip -> clip.partition() == partition);
    }

    /** How many clips. */
    public int size() {
        return clips.length;
    }
}
