package dev.onda.corpus;

import java.util.List;
import java.util.OptionalLong;

/**
 * How to read a corpus.
 *
 * @param words the words to take; empty takes every word there is
 * @param leastWords how many words there must be, at least 1
 * @param splitSeed seed of the split of clips whose names tell no speaker; nothing to learn from all of these
 */
public record CorpusOptions(List<String> words, int leastWords, OptionalLong splitSeed) {

    /** With a split of clips whose names tell no speaker. */
    public CorpusOptions(List<String> words, int leastWords, long splitSeed) {
        this(words, leastWords, OptionalLong.of(splitSeed));
    }

    public CorpusOptions {
        words = List.copyOf(words);
    }

    /** Every word, two at least, seed 1. */
    public static CorpusOptions defaults() {
        return new CorpusOptions(List.of(), 2, 1);
    }
}
