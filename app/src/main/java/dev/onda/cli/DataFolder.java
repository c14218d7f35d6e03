package dev.onda.cli;

import dev.onda.corpus.Clip;
import dev.onda.corpus.ClipFormat;
import dev.onda.corpus.ClipStore;
import dev.onda.corpus.Corpus;
import dev.onda.corpus.CorpusOptions;
import dev.onda.corpus.Preparation;
import dev.onda.corpus.PrepareOptions;
import dev.onda.corpus.SkippedClip;
import dev.onda.report.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** What {@code --data} names: a prepared store, or a corpus that is prepared first. */
final class DataFolder {

    private static final int SKIPPED_SHOWN = 10;

    private DataFolder() {}

    /** The store of a folder that is one, at the rate that is wanted. */
    static ClipStore openStore(Path folder, ClipFormat wanted) throws IOException {
        ClipStore store = ClipStore.open(folder);
        if (!store.format().equals(wanted)) {
            store.close();
            throw new UserError(folder + ": prepared at " + store.format().sampleRateHz() + " Hz with windows of "
                    + store.format().windowSamples() + " samples, " + wanted.sampleRateHz() + " Hz and "
                    + wanted.windowSamples() + " are needed; prepare the corpus at that rate: onda prepare --rate "
                    + wanted.sampleRateHz());
        }
        return store;
    }

    /**
     * @throws UserError if the folder is a store, where clips as they were recorded are needed
     */
    static void refuseStore(Path folder) {
        if (ClipStore.isStore(folder)) {
            throw new UserError(
                    folder + ": a prepared store, whose clips are padded and resampled already; name the corpus "
                            + "that it was prepared from");
        }
    }

    /** Finds a corpus's clips and says its warnings. */
    static Corpus scan(Path folder, List<String> words, PrintWriter err) throws IOException {
        return scan(folder, words, CorpusOptions.defaults().leastWords(), err);
    }

    /** Finds clips of at least so many words. */
    static Corpus scan(Path folder, List<String> words, int leastWords, PrintWriter err) throws IOException {
        return scan(
                folder,
                new CorpusOptions(words, leastWords, CorpusOptions.defaults().splitSeed()),
                err);
    }

    /** Finds a corpus's clips in another way than by default. */
    static Corpus scan(Path folder, CorpusOptions options, PrintWriter err) throws IOException {
        Corpus corpus = Corpus.scan(folder, options);
        corpus.warnings().forEach(warning -> err.println("onda: warning: " + warning));
        return corpus;
    }

    /** The clips that pass the filter, with their words. */
    static Corpus only(Corpus corpus, Predicate<Clip> filter) {
        List<Clip> clips = corpus.clips().stream().filter(filter).toList();
        List<String> words = corpus.words().stream()
                .filter(word -> clips.stream().anyMatch(clip -> clip.word().equals(word)))
                .toList();
        return new Corpus(corpus.root(), words, clips, corpus.background(), List.of(), corpus.leftOut());
    }

    /** Prepares a corpus with a progress display, and says which clips were skipped. */
    static Preparation.Report prepare(
            Corpus corpus, ClipFormat format, Path folder, PrepareOptions options, PrintWriter err) throws IOException {
        Preparation.Report report;
        try (Progress progress =
                Progress.of(new Task("preparing", corpus.clips().size(), Task.Unit.CLIPS))) {
            report = Preparation.prepare(corpus, format, folder, options, (done, total) -> progress.reach(done));
        }
        if (!report.skipped().isEmpty()) {
            err.println("onda: warning: " + Counted.of(report.skipped().size(), "clip") + " skipped:");
            for (SkippedClip clip :
                    report.skipped().stream().limit(SKIPPED_SHOWN).toList()) {
                err.println("  " + clip.path() + ": " + clip.reason() + " (byte " + clip.byteOffset() + ")");
            }
            if (report.skipped().size() > SKIPPED_SHOWN) {
                err.println("  and " + (report.skipped().size() - SKIPPED_SHOWN) + " more");
            }
        }
        return report;
    }
}
