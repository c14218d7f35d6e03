package dev.onda.evaluate;

import dev.onda.corpus.ClipStore;
import dev.onda.corpus.Partition;
import dev.onda.corpus.StoredClip;
import dev.onda.model.Model;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What a {@link TestStream} is made of.
 *
 * @param store where the clips are; not owned
 * @param words numbers of the clips of the model's words; not copied
 * @param unknown numbers of the clips of other words; not copied
 * @param background recordings without speech at the store's rate; none for white noise
 */
public record StreamMaterial(ClipStore store, int[] words, int[] unknown, List<float[]> background) {

    /** Of fewer clips too many would be heard again and again: then words backwards come in as well. */
    private static final int FEWEST_UNKNOWN = 20;

    /** Copies the list. */
    public StreamMaterial {
        background = List.copyOf(background);
    }

    /** The clips of a store that pass the filter, and the background of a partition. */
    public static StreamMaterial of(
            ClipStore store, List<String> words, Partition background, Predicate<StoredClip> filter) {
        List<String> spoken = words.stream().filter(Model::isWord).toList();
        int[] chosen = IntStream.range(0, store.size())
                .filter(i -> filter.test(store.clip(i)))
                .toArray();
        return new StreamMaterial(
                store,
                IntStream.of(chosen)
                        .filter(i -> spoken.contains(store.clip(i).word()))
                        .toArray(),
                IntStream.of(chosen)
                        .filter(i -> !spoken.contains(store.clip(i).word()))
                        .toArray(),
                store.background().of(background));
    }

    /** Whether the words are heard backwards, too, since there is too little other speech. */
    public boolean hasReversed() {
        return unknown.length < FEWEST_UNKNOWN;
    }
}
