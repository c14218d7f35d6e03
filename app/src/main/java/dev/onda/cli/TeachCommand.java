package dev.onda.cli;

import dev.onda.corpus.ClipFormat;
import dev.onda.corpus.ClipStore;
import dev.onda.corpus.Corpus;
import dev.onda.corpus.CorpusOptions;
import dev.onda.corpus.LabelledClips;
import dev.onda.corpus.Partition;
import dev.onda.corpus.PrepareOptions;
import dev.onda.evaluate.Evaluation;
import dev.onda.evaluate.Evaluator;
import dev.onda.model.Model;
import dev.onda.model.ModelFile;
import dev.onda.nn.kernel.Workers;
import dev.onda.report.Counted;
import dev.onda.train.RecipeFile;
import dev.onda.train.SoundAlike;
import dev.onda.train.Teacher;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** {@code onda teach}: new words for a model that there is. */
final class TeachCommand extends Command {

    private static final int BATCH = 32;

    private final Supplier<Optional<Path>> model =
            optional(Path.class, "--model", "FILE", "Model to start from. Default: the one in the box.");

    private final Supplier<Path> data =
            required(Path.class, "--data", "DIR", "Folder with one folder of clips for each new word.");

    private final Supplier<Optional<Path>> out = optional(
            Path.class, "--out", "FILE", "Model file to write. Default: the model's name with -taught behind it.");

    private final Supplier<List<String>> words =
            list(String.class, "--words", "A,B,C", "Only these words. Default: all.");

    private final Supplier<Integer> threads = threads("Threads.");

    TeachCommand() {
        super(
                "teach",
                "Teaches a model new words from 5 to 20 clips of each, in seconds; the old words stay.",
                "Where file names tell speakers, only those of the training partition are learned from, and those of validation "
                        + "judge; without speakers all clips are learned from.");
    }

    @Override
    int call() throws IOException {
        Path to = out.get().orElseGet(this::taught);
        OutputFile.check("--out", to, "model.safetensors");
        if (Files.exists(to)) {
            throw new UserError(to + ": exists already; name another file with --out, or delete it");
        }
        PrepareOptions options = UserError.ifRefused(() -> new PrepareOptions(threads.get(), false));
        DataFolder.refuseStore(data.get());
        Model old = BoxedModel.orFile(model.get());
        refuseWithoutMemory(old);
        PrintWriter err = stderr();
        List<String> asked = words.get().stream().map(String::strip).toList();
        Corpus corpus = DataFolder.scan(data.get(), new CorpusOptions(asked, 1, OptionalLong.empty()), err);
        List<String> fresh = corpus.words().stream()
                .filter(w -> !old.words().contains(w) && !w.equals(LabelledClips.HARD_NEGATIVE))
                .toList();
        if (fresh.isEmpty()) {
            throw new UserError(
                    data.get() + ": the model knows all its words already: " + String.join(", ", corpus.words()));
        }
        VectorModule.warnIfMissing(err);
        Corpus wanted = DataFolder.only(corpus, clip -> fresh.contains(clip.word()));
        ClipFormat format =
                new ClipFormat(old.input().sampleRateHz(), old.input().windowSamples());
        try (TemporaryFolder folder = new TemporaryFolder();
                Workers workers = new Workers(threads.get())) {
            DataFolder.prepare(wanted, format, folder.path(), options, err);
            try (ClipStore store = ClipStore.open(folder.path())) {
                LabelledClips clips = LabelledClips.of(store, fresh, Partition.TRAINING);
                checkClips(clips, fresh);
                Teacher teacher = UserError.ifRefused(() -> new Teacher(old, RecipeFile.teaching(), workers));
                Model taught = teacher.teach(clips, fresh, (step, steps, loss) -> {});
                ModelFile.write(to, taught);
                stdout().printf(
                                "%s: knows %s now, from %s, beside %s%n",
                                to,
                                String.join(", ", fresh),
                                Counted.of(clips.size(), "clip"),
                                String.join(", ", old.words()));
                for (SoundAlike alike : SoundAlike.find(old, clips, fresh, workers)) {
                    stdout().println("caution: " + alike.warning());
                }
                tellFalseAccepts(taught);
                judge(taught, store, workers);
                stdout().printf("next: %s recognize --model %s CLIP...%n", CalledAs.text(), to);
            }
        }
        return Main.DONE;
    }

    private static void refuseWithoutMemory(Model old) {
        try {
            Teacher.refuseWithoutMemory(old);
        } catch (IllegalArgumentException e) {
            throw new UserError(Complaint.of(e), e);
        }
    }

    private void tellFalseAccepts(Model taught) {
        String share = taught.provenance().figures().get(Teacher.FALSE_ACCEPTS);
        if (share != null) {
            stdout().printf(
                            Locale.ROOT,
                            "of other speech that the model remembers from its own training, %.1f %% is taken for a new word%n",
                            100 * Double.parseDouble(share));
        }
    }

    /** Tells how many clips of other speakers are recognised, if there are any. */
    private void judge(Model taught, ClipStore store, Workers workers) {
        LabelledClips others = LabelledClips.of(
                store, taught.words().stream().filter(Model::isWord).toList(), Partition.VALIDATION);
        if (others.size() == 0) {
            stdout().println(
                            "no clips of other speakers to judge by: how well other voices are understood is not known");
            return;
        }
        Evaluation judged = new Evaluator(taught.network(), taught.input().normalization(), BATCH, workers)
                .evaluate(others, taught.words(), taught.threshold(), Evaluator.Disturbance.NONE, done -> {});
        stdout().printf(
                        "of %s of the new words by other speakers %d %s right: %s%n",
                        Counted.of(judged.clips(), "clip"),
                        judged.correct(),
                        judged.correct() == 1 ? "is" : "are",
                        Figures.accuracy(judged.accuracy(), judged.interval()));
    }

    private Path taught() {
        String name = model.get().map(m -> String.valueOf(m.getFileName())).orElse("onda.safetensors");
        String stem = name.replaceFirst("\\.safetensors$", "");
        return model.get()
                .map(m -> m.resolveSibling(stem + "-taught.safetensors"))
                .orElse(Path.of(stem + "-taught.safetensors"));
    }

    private void checkClips(LabelledClips clips, List<String> fresh) {
        for (int word = 0; word < fresh.size(); word++) {
            int label = word;
            long count = Arrays.stream(clips.labels()).filter(l -> l == label).count();
            if (count < 2) {
                throw new UserError(data.get() + ": " + Counted.of(count, "clip") + " of " + fresh.get(word)
                        + " to learn from; at least 2 are needed, 5 to 20 are better");
            }
        }
    }
}
