package dev.onda.cli;

import dev.onda.corpus.Clip;
import dev.onda.corpus.ClipFormat;
import dev.onda.corpus.ClipStore;
import dev.onda.corpus.Corpus;
import dev.onda.corpus.LabelledClips;
import dev.onda.corpus.LeftOut;
import dev.onda.corpus.PrepareOptions;
import dev.onda.model.Model;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The clips of a store, or of a corpus that is prepared for the occasion, that are to judge a model.
 *
 * @param store open until this is closed
 * @param clips those of the partition, labelled with the model's classes
 * @param skipped how many could not be read
 */
record JudgingClips(ClipStore store, LabelledClips clips, int skipped) {

    /** What is done with them. */
    @FunctionalInterface
    interface Use {
        int with(JudgingClips clips) throws IOException;
    }

    /**
     * Opens the clips, uses them, closes them.
     *
     * @return what the use returned
     * @throws UserError if none is there
     */
    static int use(JudgingOptions options, Model model, PrintWriter err, Use use) throws IOException {
        Path data = options.data();
        Part part = options.part();
        PrepareOptions preparing = options.preparing();
        ClipFormat format =
                new ClipFormat(model.input().sampleRateHz(), model.input().windowSamples());
        if (ClipStore.isStore(data)) {
            try (ClipStore store = DataFolder.openStore(data, format)) {
                return use.with(of(data, store, model, part, 0));
            }
        }
        Corpus corpus = DataFolder.scan(data, List.of(), err);
        Corpus known = DataFolder.only(
                corpus,
                clip -> model.words().contains(clip.word()) || model.words().contains(LabelledClips.UNKNOWN));
        Corpus wanted = DataFolder.only(options.exclude().from(known, err), clip -> part.has(clip.partition()));
        if (wanted.clips().isEmpty()) {
            throw new UserError(nothing(data, corpus.clips(), model, part));
        }
        List<String> unknown = wanted.words().stream()
                .filter(word -> !model.words().contains(word))
                .toList();
        if (!unknown.isEmpty()) {
            err.println("onda: the model does not know " + String.join(", ", unknown)
                    + ": these clips are to be heard as " + LabelledClips.UNKNOWN);
        }
        try (TemporaryFolder folder = new TemporaryFolder()) {
            int skipped = DataFolder.prepare(wanted, format, folder.path(), preparing, err)
                    .skipped()
                    .size();
            try (ClipStore store = ClipStore.open(folder.path())) {
                return use.with(of(data, store, model, part, skipped));
            }
        }
    }

    /** What a list has kept out of the partition; nothing if there was no list. */
    Optional<LeftOut> leftOut(Part part) {
        return store.leftOut().map(all -> all.only(part::has));
    }

    private static JudgingClips of(Path data, ClipStore store, Model model, Part part, int skipped) {
        LabelledClips clips =
                LabelledClips.of(store, model.words(), part.background(), clip -> part.has(clip.partition()));
        if (clips.size() == 0) {
            throw new UserError(data + ": no clip of the model's words in the partition " + part
                    + "; choose another --partition or --data");
        }
        return new JudgingClips(store, clips, skipped);
    }

    private static String nothing(Path data, List<Clip> clips, Model model, Part part) {
        long known =
                clips.stream().filter(c -> model.words().contains(c.word())).count();
        return data + ": no clip of the model's words in the partition " + part + " (of its " + clips.size()
                + " clips, " + known + " are of the model's words: " + String.join(", ", model.words())
                + "); choose another --partition or --data";
    }
}
