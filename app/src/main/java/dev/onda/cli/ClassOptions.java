package dev.onda.cli;

import dev.onda.corpus.ClipStore;
import dev.onda.corpus.Corpus;
import dev.onda.corpus.LabelledClips;
import dev.onda.corpus.Partition;
import dev.onda.model.Model;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** What a model is to tell apart: options of the commands that train. */
final class ClassOptions {

    @Option(names = "--words", split = ",", paramLabel = "A,B,C", description = "Only these words. Default: all.")
    private List<String> words = List.of();

    @Option(
            names = "--unknown",
            description =
                    "One class more, _unknown_: all words of the data but those of --words, and what onda harvest "
                            + "found (the folder " + LabelledClips.HARD_NEGATIVE
                            + "), for which --words is not needed.")
    private boolean unknown;

    @Option(
            names = "--silence",
            description = "One class more, _silence_: stretches of the data's background recordings.")
    private boolean silence;

    /** The words whose clips are needed; none for all. */
    List<String> needed() {
        return unknown ? List.of() : asked();
    }

    /** Refuses what a corpus does not have, before it is prepared. */
    void check(Corpus corpus, Path data) {
        of(corpus.words(), !corpus.background().isEmpty(), data);
    }

    /** The classes, words first. */
    List<String> of(ClipStore store, Path data) {
        return of(store.words(), !store.background().of(Partition.TRAINING).isEmpty(), data);
    }

    private List<String> of(List<String> there, boolean hasBackground, Path data) {
        for (String word : asked()) {
            if (!there.contains(word)) {
                throw new UserError("--words " + word + ": not in " + data + ", which has " + String.join(", ", there));
            }
        }
        if (silence && !hasBackground) {
            throw new UserError("--silence: " + data + " has no background recordings; put some into its folder "
                    + "_background_noise_, and prepare it again if it is a store");
        }
        boolean hasHardNegatives = there.contains(LabelledClips.HARD_NEGATIVE);
        if (unknown && words.isEmpty() && !hasHardNegatives) {
            throw new UserError("--unknown: name the words to be told from the others with --words");
        }
        List<String> classes = new ArrayList<>(words.isEmpty() ? there : new TreeSet<>(asked()));
        if (words.isEmpty()) {
            classes.remove(LabelledClips.HARD_NEGATIVE);
        }
        if (unknown && classes.containsAll(there)) {
            throw new UserError("--unknown: " + data + " has no words but those of --words");
        }
        if (unknown) {
            classes.add(Model.UNKNOWN);
        }
        if (silence) {
            classes.add(Model.SILENCE);
        }
        return List.copyOf(classes);
    }

    private List<String> asked() {
        return words.stream().map(String::strip).toList();
    }
}
