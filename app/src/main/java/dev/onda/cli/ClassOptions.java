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
import java.util.function.Supplier;

/** What a model is to tell apart: options of the commands that train. */
final class ClassOptions {

    private final Supplier<List<String>> words;

    private final Supplier<Boolean> unknown;

    private final Supplier<Boolean> silence;

    ClassOptions(Command command) {
        words = command.list(String.class, "--words", "A,B,C", "Only these words. Default: all.");
        unknown = command.flag(
                "--unknown",
                "One class more, _unknown_: all words of the data but those of --words, and what onda harvest "
                        + "found (the folder " + LabelledClips.HARD_NEGATIVE
                        + "), for which --words is not needed.");
        silence =
                command.flag("--silence", "One class more, _silence_: stretches of the data's background recordings.");
    }

    /** The words whose clips are needed; none for all. */
    List<String> needed() {
        return unknown.get() ? List.of() : asked();
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
        if (silence.get() && !hasBackground) {
            throw new UserError("--silence: " + data + " has no background recordings; put some into its folder "
                    + "_background_noise_, and prepare it again if it is a store");
        }
        boolean hasHardNegatives = there.contains(LabelledClips.HARD_NEGATIVE);
        if (unknown.get() && words.get().isEmpty() && !hasHardNegatives) {
            throw new UserError("--unknown: name the words to be told from the others with --words");
        }
        List<String> classes = new ArrayList<>(words.get().isEmpty() ? there : new TreeSet<>(asked()));
        if (words.get().isEmpty()) {
            classes.remove(LabelledClips.HARD_NEGATIVE);
        }
        if (unknown.get() && classes.containsAll(there)) {
            throw new UserError("--unknown: " + data + " has no words but those of --words");
        }
        if (unknown.get()) {
            classes.add(Model.UNKNOWN);
        }
        if (silence.get()) {
            classes.add(Model.SILENCE);
        }
        return List.copyOf(classes);
    }

    private List<String> asked() {
        return words.get().stream().map(String::strip).toList();
    }
}
