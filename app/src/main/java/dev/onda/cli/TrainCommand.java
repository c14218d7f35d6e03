package dev.onda.cli;

import dev.onda.corpus.ClipFormat;
import dev.onda.corpus.ClipStore;
import dev.onda.corpus.Corpus;
import dev.onda.corpus.CorpusException;
import dev.onda.corpus.PrepareOptions;
import dev.onda.evaluate.Interval;
import dev.onda.model.Architecture;
import dev.onda.model.InputFormat;
import dev.onda.model.Model;
import dev.onda.model.ModelFile;
import dev.onda.model.Normalization;
import dev.onda.nn.Network;
import dev.onda.nn.Shape;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;
import dev.onda.train.Epoch;
import dev.onda.train.Recipe;
import dev.onda.train.RunFiles;
import dev.onda.train.Trainer;
import dev.onda.train.TrainingStopped;
import dev.onda.train.TrainingTask;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onda train}: a corpus or a prepared store in, a model file out. */
@Command(
        name = "train",
        description = {
            "Trains a recogniser on a folder of clips.",
            "Beside FILE it leaves a history (CSV); while it runs, a checkpoint that --resume goes on from."
        },
        sortOptions = false)
final class TrainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Corpus (one folder of clips a word), or a store made by onda prepare.")
    private Path data;

    @Option(names = "--model", required = true, paramLabel = "NAME", description = "Architecture: article or m5.")
    private String model;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Model file to write (.safetensors).")
    private Path out;

    @Option(names = "--resume", description = "Go on from the checkpoint of a stopped training with the same settings.")
    private boolean resume;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Times that every clip is seen. Default: article 100, m5 20.")
    private Optional<Integer> epochs = Optional.empty();

    @Option(names = "--batch", paramLabel = "N", description = "Clips a step. Default: article 32, m5 64.")
    private Optional<Integer> batch = Optional.empty();

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            description = "Largest learning rate. Default: article 1e-4, m5 6e-3.")
    private Optional<Double> learningRate = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same model. Default: 1.")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--rate",
            paramLabel = "HZ",
            description = "Sample rate of the model; a window is one second. Default: 8000, or the store's.")
    private Optional<Integer> rate = Optional.empty();

    @Option(names = "--words", split = ",", paramLabel = "A,B,C", description = "Only these words. Default: all.")
    private List<String> words = List.of();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads; the model does not depend on it. Default: the processor's cores.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--strict", description = "Stop at the first bad clip instead of skipping it.")
    private boolean strict;

    @Override
    public Integer call() throws IOException {
        words = words.stream().map(String::strip).toList();
        Architecture architecture = Architecture.named(model)
                .orElseThrow(() -> new UserError(
                        "--model " + model + ": no such architecture; there are " + Architecture.names()));
        Recipe recipe = UserError.ifRefused(() -> recipe(architecture));
        PrepareOptions options = UserError.ifRefused(() -> new PrepareOptions(threads, strict));
        RunFiles files = new RunFiles(out);
        checkFolder();
        try (RunLock _ = RunLock.of(out)) {
            return checkFiles(files) ? run(architecture, recipe, options, files) : Main.DONE;
        }
    }

    private int run(Architecture architecture, Recipe recipe, PrepareOptions options, RunFiles files)
            throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        try (ClipStore store = openData(architecture, files, options, err)) {
            TrainingTask task = UserError.ifRefused(
                    () -> new TrainingTask(store, architecture, chosenWords(store), recipe, Version.software()));
            VectorModule.warnIfMissing(err);
            try (Workers workers = new Workers(threads)) {
                return train(task, files, workers);
            }
        } catch (UserError | CorpusException e) {
            if (!ClipStore.isStore(data) && !Files.exists(files.checkpoint())) {
                DataFolder.delete(files.clips());
            }
            throw e;
        }
    }

    private Recipe recipe(Architecture architecture) {
        Recipe recipe = Recipe.defaults(architecture);
        recipe = epochs.isPresent() ? recipe.withEpochs(epochs.get()) : recipe;
        recipe = batch.isPresent() ? recipe.withBatch(batch.get()) : recipe;
        recipe = learningRate.isPresent() ? recipe.withLearningRate(learningRate.get()) : recipe;
        return seed.isPresent() ? recipe.withSeed(seed.get()) : recipe;
    }

    private void checkFolder() {
        Path folder = out.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new UserError("--out " + out + ": the folder " + folder + " does not exist; make it first");
        }
        if (!Files.isWritable(folder)) {
            throw new UserError("--out " + out + ": the folder " + folder + " cannot be written to");
        }
        if (Files.isDirectory(out)) {
            throw new UserError(
                    "--out " + out + ": a folder; name a file, such as " + out.resolve("model.safetensors"));
        }
    }

    /** Refuses to lose what is there; returns false if there is nothing left to do. */
    private boolean checkFiles(RunFiles files) {
        boolean unfinished = Files.exists(files.checkpoint());
        if (Files.exists(out) && !unfinished) {
            if (resume) {
                spec.commandLine().getOut().println(out + ": this training is finished already");
                return false;
            }
            throw new UserError("--out " + out + ": exists already; name another file, or delete it");
        }
        if (unfinished && !resume) {
            throw new UserError(
                    files.checkpoint() + ": a stopped training left this checkpoint; add --resume to go on, "
                            + "or delete it to start anew");
        }
        return true;
    }

    private ClipStore openData(Architecture architecture, RunFiles files, PrepareOptions options, PrintWriter err)
            throws IOException {
        int hz = rate.orElse(architecture.sampleRateHz());
        ClipFormat format = UserError.ifRefused(() -> new ClipFormat(hz, hz));
        if (ClipStore.isStore(data)) {
            return rate.isPresent() ? DataFolder.openStore(data, format) : ClipStore.open(data);
        }
        boolean goesOn = resume && Files.exists(files.checkpoint()) && ClipStore.isStore(files.clips());
        if (!goesOn) {
            checkFits(architecture, hz);
            Corpus corpus = DataFolder.scan(data, words, err);
            DataFolder.prepare(corpus, format, files.clips(), options, err);
        }
        return rate.isPresent() ? DataFolder.openStore(files.clips(), format) : ClipStore.open(files.clips());
    }

    /** Refuses a rate that the architecture cannot work at, before the clips are prepared. */
    private static void checkFits(Architecture architecture, int hz) {
        UserError.ifRefused(() -> new InputFormat(hz, hz, Normalization.NONE));
        UserError.ifRefused(() -> Network.specs(architecture.layers().apply(2), new Shape(1, hz)));
    }

    private List<String> chosenWords(ClipStore store) {
        if (words.isEmpty()) {
            return store.words();
        }
        for (String word : words) {
            if (!store.words().contains(word)) {
                throw new UserError(
                        "--words " + word + ": not in " + data + ", which has " + String.join(", ", store.words()));
            }
        }
        return List.copyOf(new TreeSet<>(words));
    }

    private int train(TrainingTask task, RunFiles files, Workers workers) throws IOException {
        PrintWriter stdout = spec.commandLine().getOut();
        Trainer trainer =
                UserError.ifRefused(() -> new Trainer(task, files.checkpoint(), workers, InstantSource.system()));
        if (trainer.validationClips() == 0) {
            throw new CorpusException(data + ": no clip in the validation partition, so nothing could choose the best "
                    + "epoch; add clips of more speakers");
        }
        boolean resumed = resume && trainer.resume();
        stdout.printf(
                "%s %s, %d words, %,d training and %,d validation clips; epochs: %d, threads: %d, kernels: %s%n",
                resumed ? "resuming" : "training",
                task.architecture().name(),
                task.words().size(),
                trainer.trainingClips(),
                trainer.validationClips(),
                task.recipe().epochs(),
                workers.threads(),
                Kernels.best().description());
        Model trained;
        try {
            trained = TrainingRun.run(
                    trainer,
                    task,
                    files.history(),
                    where -> stdout.println("onda: " + where + "; go on with the same command and --resume"));
        } catch (TrainingStopped e) {
            return Main.DONE;
        }
        ModelFile.write(files.model(), trained);
        if (!ClipStore.isStore(data)) {
            DataFolder.delete(files.clips());
        }
        Files.deleteIfExists(files.checkpoint());
        report(stdout, trainer, files);
        return Main.DONE;
    }

    private void report(PrintWriter stdout, Trainer trainer, RunFiles files) {
        Epoch best = trainer.bestEpoch();
        int clips = trainer.validationClips();
        Interval interval = Interval.wilson((int) Math.round(best.validationAccuracy() * clips), clips);
        stdout.printf(
                "%s: validation accuracy %s (epoch %d chosen); history in %s%n",
                files.model(), Figures.accuracy(best.validationAccuracy(), interval), best.number(), files.history());
        stdout.printf("next: ./onda recognize --model %s CLIP...%n", files.model());
    }
}
