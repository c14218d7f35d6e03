package dev.onda.cli;

import dev.onda.corpus.Clip;
import dev.onda.corpus.ClipFormat;
import dev.onda.corpus.ClipStore;
import dev.onda.corpus.Corpus;
import dev.onda.corpus.LabelledClips;
import dev.onda.corpus.Partition;
import dev.onda.corpus.PrepareOptions;
import dev.onda.model.Model;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * The clips by which a model is rounded to eight bits: some of the training partition, always the same ones, for how large its signals
 * are, and all of validation for what is lost.
 *
 * @param store open until this is closed
 * @param training numbers in the store
 */
record Int8Clips(ClipStore store, List<Integer> training, LabelledClips validation) {

    private static final int TRAINING = 512;
    private static final long SEED = 1;

    /** What is done with them. */
    @FunctionalInterface
    interface Use {
        void with(Int8Clips clips) throws IOException;
    }

    /**
     * Opens the clips of a store or a corpus, uses them, closes them.
     *
     * @throws UserError if either kind is missing
     */
    static void use(Path data, Model model, PrintWriter err, Use use) throws IOException {
        ClipFormat format =
                new ClipFormat(model.input().sampleRateHz(), model.input().windowSamples());
        if (ClipStore.isStore(data)) {
            try (ClipStore store = DataFolder.openStore(data, format)) {
                use.with(of(data, store, model));
            }
            return;
        }
        Corpus corpus = DataFolder.scan(data, List.of(), err);
        Corpus known = DataFolder.only(corpus, clip -> isKnown(clip.word(), model));
        Set<Clip> training = Set.copyOf(some(known.in(Partition.TRAINING)));
        Corpus wanted =
                DataFolder.only(known, clip -> clip.partition() == Partition.VALIDATION || training.contains(clip));
        if (wanted.clips().isEmpty()) {
            throw nothing(data, Partition.TRAINING, model);
        }
        PrepareOptions options = new PrepareOptions(Runtime.getRuntime().availableProcessors(), false);
        try (TemporaryFolder folder = new TemporaryFolder()) {
            DataFolder.prepare(wanted, format, folder.path(), options, err);
            try (ClipStore store = ClipStore.open(folder.path())) {
                use.with(of(data, store, model));
            }
        }
    }

    private static Int8Clips of(Path data, ClipStore store, Model model) {
        List<Integer> training = Arrays.stream(store.in(Partition.TRAINING))
                .filter(clip -> isKnown(store.clip(clip).word(), model))
                .boxed()
                .toList();
        if (training.isEmpty()) {
            throw nothing(data, Partition.TRAINING, model);
        }
        LabelledClips validation = LabelledClips.of(store, model.words(), Partition.VALIDATION);
        if (validation.size() == 0) {
            throw nothing(data, Partition.VALIDATION, model);
        }
        return new Int8Clips(store, some(training), validation);
    }

    private static boolean isKnown(String word, Model model) {
        return model.words().contains(word) || model.words().contains(LabelledClips.UNKNOWN);
    }

    private static <T> List<T> some(List<T> clips) {
        List<T> shuffled = new ArrayList<>(clips);
        Collections.shuffle(shuffled, new Random(SEED));
        return shuffled.subList(0, Math.min(TRAINING, shuffled.size()));
    }

    private static UserError nothing(Path data, Partition partition, Model model) {
        return new UserError("--data " + data + ": no clip of the model's words in the partition "
                + Part.valueOf(partition.name()) + " (the words: " + String.join(", ", model.words())
                + "); choose another --data");
    }
}
