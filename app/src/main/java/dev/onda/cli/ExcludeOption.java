package dev.onda.cli;

import dev.onda.corpus.ClipStore;
import dev.onda.corpus.Corpus;
import dev.onda.corpus.CorpusException;
import dev.onda.corpus.Exclusions;
import dev.onda.corpus.Partition;
import dev.onda.report.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Clips that are left out of a corpus: an option of the commands that prepare one. */
final class ExcludeOption {

    private final Supplier<Optional<Path>> exclude;

    ExcludeOption(Command command) {
        exclude = command.optional(
                Path.class,
                "--exclude",
                "FILE",
                "Leave these clips out: a CSV with a column path, as onda audit --csv writes, or a path a line; "
                        + "relative to DIR.");
    }

    /** Refuses a list that cannot be used, before the long work; a store cannot be thinned. */
    void check(Path data) throws IOException {
        if (exclude.get().isEmpty()) {
            return;
        }
        if (ClipStore.isStore(data)) {
            throw new UserError("--exclude " + exclude.get().orElseThrow() + ": " + data
                    + " is a prepared store; prepare it anew without these clips: " + CalledAs.text()
                    + " prepare --exclude " + exclude.get().orElseThrow());
        }
        read(exclude.get().orElseThrow());
    }

    /** What is left of a corpus, said in a line, with a warning about paths that are not there. */
    Corpus from(Corpus corpus, PrintWriter err) throws IOException {
        if (exclude.get().isEmpty()) {
            return corpus;
        }
        Exclusions exclusions = read(exclude.get().orElseThrow());
        Exclusions.Rest rest = exclusions.from(corpus);
        err.printf(
                "onda: %s left out, as %s says%n",
                Counted.of(rest.excluded(), "clip"), exclude.get().orElseThrow());
        int judging = judging(corpus) - judging(rest.corpus());
        if (judging > 0) {
            err.printf(
                    Locale.ROOT,
                    "onda: warning: %,d of them were to judge by: figures are not comparable with those of all clips%n",
                    judging);
        }
        if (rest.unknown() > 0) {
            err.printf(
                    Locale.ROOT,
                    "onda: warning: %,d of the %,d paths in %s are not in %s%n",
                    rest.unknown(),
                    exclusions.paths().size(),
                    exclude.get().orElseThrow(),
                    corpus.root());
        }
        return rest.corpus();
    }

    private static int judging(Corpus corpus) {
        return corpus.clips().size() - corpus.in(Partition.TRAINING).size();
    }

    /**
     * Refuses to go on with clips that are to be left out.
     *
     * @param store of the stopped training
     */
    void check(ClipStore store, Path data) throws IOException {
        if (exclude.get().isEmpty()) {
            return;
        }
        int listed = read(exclude.get().orElseThrow()).among(store, data);
        if (listed > 0) {
            throw new UserError("--exclude " + exclude.get().orElseThrow() + ": the stopped training has " + listed
                    + " of its clips; go on without this option, or start anew under another --out");
        }
    }

    private static Exclusions read(Path file) throws IOException {
        try {
            return Exclusions.read(file);
        } catch (CorpusException e) {
            throw new UserError("--exclude " + e.getMessage(), e);
        }
    }
}
