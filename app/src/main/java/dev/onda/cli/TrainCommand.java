package dev.onda.cli;

import dev.onda.corpus.ClipFormat;
import dev.onda.corpus.ClipStore;
import dev.onda.corpus.Corpus;
import dev.onda.corpus.CorpusException;
import dev.onda.corpus.Folds;
import dev.onda.corpus.PrepareOptions;
import dev.onda.model.Architecture;
import dev.onda.model.InputFormat;
import dev.onda.model.Model;
import dev.onda.model.ModelFile;
import dev.onda.model.Normalization;
import dev.onda.nn.kernel.Workers;
import dev.onda.train.Recipe;
import dev.onda.train.RunFiles;
import dev.onda.train.TrainingStopped;
import dev.onda.train.TrainingTask;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Option(
            names = "--model",
            required = true,
            paramLabel = "NAME",
            description = "Architecture by name (onda models lists them), or a TOML file that describes one.")
    private String model;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Model file to write (.safetensors).")
    private Path out;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description =
                    "Start from this model, of the same network and words, instead of anew: to go on with more clips, "
                            + "such as onda harvest finds, in fewer epochs and at a lower learning rate.")
    private Optional<Path> from = Optional.empty();

    @Mixin
    private RecipeOptions recipes = new RecipeOptions();

    @Option(names = "--resume", description = "Go on from the checkpoint of a stopped training with the same settings.")
    private boolean resume;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description =
                    "Train N models, each with a seed of its own, into FILE's name with -seed-1 and so on; tells their "
                            + "mean and deviation.")
    private Optional<Integer> seeds = Optional.empty();

    @Option(
            names = "--folds",
            paramLabel = "K",
            description =
                    "Train K models, each judged by another K-th of the speakers of training and validation, into "
                            + "FILE's name with -fold-1 and so on.")
    private Optional<Integer> folds = Optional.empty();

    @Option(
            names = "--rate",
            paramLabel = "HZ",
            description =
                    "Sample rate of the model; a window is one second. Default: the architecture's, or the store's.")
    private Optional<Integer> rate = Optional.empty();

    @Mixin
    private ClassOptions classes = new ClassOptions();

    @Mixin
    private ExcludeOption exclude = new ExcludeOption();

    @Mixin
    private ViewOptions looks = new ViewOptions();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads; the model does not depend on it. Default: the processor's cores.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--strict", description = "Stop at the first bad clip instead of skipping it.")
    private boolean strict;

    @Override
    public Integer call() throws IOException {
        NamedModel named = NamedModel.of(model);
        Architecture architecture = named.architecture();
        Recipe recipe = recipes.over(named.recipe());
        PrepareOptions options = UserError.ifRefused(() -> new PrepareOptions(threads, strict));
        TrainingSeries series = UserError.ifRefused(this::series);
        RunFiles files = new RunFiles(out);
        OutputFile.check("--out", out, "model.safetensors");
        exclude.check(data);
        Optional<Model> start = from.isPresent() ? Optional.of(ModelFile.read(from.get())) : Optional.empty();
        looks.check();
        try (RunLock _ = RunLock.of(out)) {
            if (checkFiles(series.files(files))) {
                return run(architecture, recipe, start, options, files, series);
            }
            if (!series.isOne()) {
                series.report(series.files(files), spec.commandLine().getOut());
            }
            return Main.DONE;
        }
    }

    private TrainingSeries series() {
        if (seeds.isPresent() && folds.isPresent()) {
            throw new UserError("--seeds and --folds: one of them at a time");
        }
        return seeds.map(n -> new TrainingSeries(TrainingSeries.Kind.SEED, n))
                .or(() -> folds.map(n -> new TrainingSeries(TrainingSeries.Kind.FOLD, n)))
                .orElse(new TrainingSeries(TrainingSeries.Kind.NOTHING, 1));
    }

    private int run(
            Architecture architecture,
            Recipe recipe,
            Optional<Model> start,
            PrepareOptions options,
            RunFiles files,
            TrainingSeries series)
            throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        List<RunFiles> all = series.files(files);
        try (ClipStore store = openData(architecture, files, all, options, err)) {
            List<String> told = classes.of(store, data);
            VectorModule.warnIfMissing(err);
            try (Workers workers = new Workers(threads)) {
                List<Training> trainings = new ArrayList<>();
                for (int i = 0; i < all.size(); i++) {
                    ClipStore judged =
                            series.kind() == TrainingSeries.Kind.FOLD ? new Folds(series.count()).of(store, i) : store;
                    Recipe own =
                            series.kind() == TrainingSeries.Kind.SEED ? recipe.withSeed(recipe.seed() + i) : recipe;
                    trainings.add(new Training(task(judged, architecture, told, own, start), data, all.get(i)));
                }
                for (Training training : trainings) {
                    if (!training.isDone()) {
                        train(training, workers);
                    }
                }
            }
        } catch (TrainingStopped e) {
            return Main.DONE;
        } catch (UserError | CorpusException e) {
            if (!ClipStore.isStore(data) && all.stream().noneMatch(TrainCommand::isBegun)) {
                ClipStore.delete(files.clips());
            }
            throw e;
        }
        if (!ClipStore.isStore(data)) {
            ClipStore.delete(files.clips());
        }
        PrintWriter stdout = spec.commandLine().getOut();
        if (!series.isOne()) {
            series.report(all, stdout);
        }
        stdout.printf(
                "next: %s recognize --model %s CLIP...%n",
                CalledAs.text(), all.getFirst().model());
        return Main.DONE;
    }

    private static TrainingTask task(
            ClipStore store, Architecture architecture, List<String> words, Recipe recipe, Optional<Model> start) {
        return UserError.ifRefused(() -> {
            TrainingTask task = new TrainingTask(store, architecture, words, recipe, start, Version.software());
            task.checkClips();
            return task;
        });
    }

    private void train(Training training, Workers workers) throws IOException, TrainingStopped {
        try {
            training.run(workers, looks, spec.commandLine().getOut(), "go on with the same command and --resume");
        } catch (CorpusException e) {
            throw new CorpusException(data + ": " + e.getMessage());
        }
    }

    private static boolean isBegun(RunFiles files) {
        return Files.exists(files.checkpoint()) || Files.exists(files.model());
    }

    /** Refuses to lose what is there; returns false if there is nothing left to do. */
    private boolean checkFiles(List<RunFiles> all) {
        for (RunFiles files : all) {
            if (!resume && Training.isFinished(files)) {
                throw new UserError("--out " + files.model() + ": exists already; name another file, or delete it");
            }
            if (!resume && Files.exists(files.checkpoint())) {
                throw new UserError(
                        files.checkpoint() + ": a stopped training left this checkpoint; add --resume to go "
                                + "on, or delete it to start anew");
            }
            if (resume && all.size() == 1 && !isBegun(files)) {
                spec.commandLine()
                        .getErr()
                        .println("onda: " + files.checkpoint() + ": no checkpoint here, so this training starts anew");
            }
            if (resume && Training.isFinished(files)) {
                spec.commandLine().getOut().println(files.model() + ": this training is finished already");
            }
        }
        return !all.stream().allMatch(Training::isFinished);
    }

    private ClipStore openData(
            Architecture architecture, RunFiles files, List<RunFiles> all, PrepareOptions options, PrintWriter err)
            throws IOException {
        int hz = rate.orElse(architecture.sampleRateHz());
        ClipFormat format = UserError.ifRefused(() -> new ClipFormat(hz, hz));
        if (ClipStore.isStore(data)) {
            ClipStore store = rate.isPresent() ? DataFolder.openStore(data, format) : ClipStore.open(data);
            int there = store.format().sampleRateHz();
            if (there != hz) {
                err.printf(
                        Locale.ROOT,
                        "onda: %s is prepared at %,d Hz; %s does best at %,d: onda prepare --rate %d%n",
                        data,
                        there,
                        architecture.name(),
                        hz,
                        hz);
            }
            return store;
        }
        boolean goesOn = resume && all.stream().anyMatch(TrainCommand::isBegun) && ClipStore.isStore(files.clips());
        if (!goesOn) {
            checkFits(architecture, hz);
            Corpus corpus = exclude.from(DataFolder.scan(data, classes.needed(), err), err);
            classes.check(corpus, data);
            DataFolder.prepare(corpus, format, files.clips(), options, err);
        }
        ClipStore store =
                rate.isPresent() ? DataFolder.openStore(files.clips(), format) : ClipStore.open(files.clips());
        try {
            exclude.check(store, data);
            return store;
        } catch (IOException | UserError e) {
            store.close();
            throw e;
        }
    }

    /** Refuses a rate that the architecture cannot work at, before the clips are prepared. */
    private static void checkFits(Architecture architecture, int hz) {
        UserError.ifRefused(() -> new InputFormat(hz, hz, Normalization.NONE));
        UserError.ifRefused(() -> architecture.network(2, hz));
    }
}
