package dev.onda.corpus;

import java.util.List;

/**
 * How to read a corpus.
 *
 * @param words the words to take; empty takes every word there is
 * @param splitSeed seed of the split of clips whose names tell no speaker
 */
public record CorpusOptions(List<String> words, long splitSeed) {

    public CorpusOptions {
        words = List.copyOf(words);
    }

    /** Every word, seed 1. */
    public static CorpusOptions defaults() {
        return new CorpusOptions(List.of(), 1);
    }
}
