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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onda teach}: new words for a model that there is. */
@Command(
        name = "teach",
        description = {
            "Teaches a model new words from 5 to 20 clips of each, in seconds; the old words stay.",
            "Where file names tell speakers, only those of the training partition are learned from, and those of validation "
                    + "judge; without speakers all clips are learned from."
        },
        sortOptions = false)
final class TeachCommand implements Callable<Integer> {

    private static final int BATCH = 32;

    @Spec
    private CommandSpec spec;

    @Option(names = "--model", paramLabel = "FILE", description = "Model to start from. Default: the one in the box.")
    private Optional<Path> model = Optional.empty();

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Folder with one folder of clips for each new word.")
    private Path data;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Model file to write. Default: the model's name with -taught behind it.")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--words", split = ",", paramLabel = "A,B,C", description = "Only these words. Default: all.")
    private List<String> words = List.of();

    @Option(names = "--threads", paramLabel = "N", description = "Threads. Default: the processor's cores.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException {
        Path to = out.orElseGet(this::taught);
        OutputFile.check("--out", to, "model.safetensors");
        if (Files.exists(to)) {
            throw new UserError(to + ": exists already; name another file with --out, or delete it");
        }
        PrepareOptions options = UserError.ifRefused(() -> new PrepareOptions(threads, false));
        DataFolder.refuseStore(data);
        Model old = BoxedModel.orFile(model);
        refuseWithoutMemory(old);
        PrintWriter err = spec.commandLine().getErr();
        List<String> asked = words.stream().map(String::strip).toList();
        Corpus corpus = DataFolder.scan(data, new CorpusOptions(asked, 1, OptionalLong.empty()), err);
        List<String> fresh = corpus.words().stream()
                .filter(w -> !old.words().contains(w) && !w.equals(LabelledClips.HARD_NEGATIVE))
                .toList();
        if (fresh.isEmpty()) {
            throw new UserError(data + ": the model knows all its words already: " + String.join(", ", corpus.words()));
        }
        VectorModule.warnIfMissing(err);
        Corpus wanted = DataFolder.only(corpus, clip -> fresh.contains(clip.word()));
        ClipFormat format =
                new ClipFormat(old.input().sampleRateHz(), old.input().windowSamples());
        try (TemporaryFolder folder = new TemporaryFolder();
                Workers workers = new Workers(threads)) {
            DataFolder.prepare(wanted, format, folder.path(), options, err);
            try (ClipStore store = ClipStore.open(folder.path())) {
                LabelledClips clips = LabelledClips.of(store, fresh, Partition.TRAINING);
                checkClips(clips, fresh);
                Teacher teacher = UserError.ifRefused(() -> new Teacher(old, RecipeFile.teaching(), workers));
                Model taught = teacher.teach(clips, fresh, (step, steps, loss) -> {});
                ModelFile.write(to, taught);
                spec.commandLine()
                        .getOut()
                        .printf(
                                "%s: knows %s now, from %s, beside %s%n",
                                to,
                                String.join(", ", fresh),
                                Counted.of(clips.size(), "clip"),
                                String.join(", ", old.words()));
                for (SoundAlike alike : SoundAlike.find(old, clips, fresh, workers)) {
                    spec.commandLine().getOut().println("caution: " + alike.warning());
                }
                tellFalseAccepts(taught);
                judge(taught, store, workers);
                spec.commandLine().getOut().printf("next: %s recognize --model %s CLIP...%n", CalledAs.text(), to);
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
            spec.commandLine()
                    .getOut()
                    .printf(
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
            spec.commandLine()
                    .getOut()
                    .println(
                            "no clips of other speakers to judge by: how well other voices are understood is not known");
            return;
        }
        Evaluation judged = new Evaluator(taught.network(), taught.input().normalization(), BATCH, workers)
                .evaluate(others, taught.words(), taught.threshold(), Evaluator.Disturbance.NONE, done -> {});
        spec.commandLine()
                .getOut()
                .printf(
                        "of %s of the new words by other speakers %d %s right: %s%n",
                        Counted.of(judged.clips(), "clip"),
                        judged.correct(),
                        judged.correct() == 1 ? "is" : "are",
                        Figures.accuracy(judged.accuracy(), judged.interval()));
    }

    private Path taught() {
        String name = model.map(m -> String.valueOf(m.getFileName())).orElse("onda.safetensors");
        String stem = name.replaceFirst("\\.safetensors$", "");
        return model.map(m -> m.resolveSibling(stem + "-taught.safetensors"))
                .orElse(Path.of(stem + "-taught.safetensors"));
    }

    private void checkClips(LabelledClips clips, List<String> fresh) {
        for (int word = 0; word < fresh.size(); word++) {
            int label = word;
            long count = Arrays.stream(clips.labels()).filter(l -> l == label).count();
            if (count < 2) {
                throw new UserError(data + ": " + Counted.of(count, "clip") + " of " + fresh.get(word)
                        + " to learn from; at least 2 are needed, 5 to 20 are better");
            }
        }
    }
}
