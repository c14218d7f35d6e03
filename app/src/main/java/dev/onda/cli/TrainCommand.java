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
import java.util.function.Supplier;

/** {@code onda train}: a corpus or a prepared store in, a model file out. */
final class TrainCommand extends Command {

    private final Supplier<Path> data = corpusOrStore();

    private final Supplier<String> model = network();

    private final Supplier<Path> out = required(Path.class, "--out", "FILE", "Model file to write (.safetensors).");

    private final Supplier<Optional<Path>> from = optional(
            Path.class,
            "--from",
            "FILE",
            "Start from this model, of the same network and words, instead of anew: to go on with more clips, "
                    + "such as onda harvest finds, in fewer epochs and at a lower learning rate.");

    private final RecipeOptions recipes = new RecipeOptions(this);

    private final Supplier<Boolean> resume =
            flag("--resume", "Go on from the checkpoint of a stopped training with the same settings.");

    private final Supplier<Optional<Integer>> seeds = optional(
            Integer.class,
            "--seeds",
            "N",
            "Train N models, each with a seed of its own, into FILE's name with -seed-1 and so on; tells their "
                    + "mean and deviation.");

    private final Supplier<Optional<Integer>> folds = optional(
            Integer.class,
            "--folds",
            "K",
            "Train K models, each judged by another K-th of the speakers of training and validation, into "
                    + "FILE's name with -fold-1 and so on.");

    private final Supplier<Optional<Integer>> rate = optional(
            Integer.class,
            "--rate",
            "HZ",
            "Sample rate of the model; a window is one second. Default: the architecture's, or the store's.");

    private final ClassOptions classes = new ClassOptions(this);

    private final ExcludeOption exclude = new ExcludeOption(this);

    private final ViewOptions looks = new ViewOptions(this);

    private final Supplier<Integer> threads = threads("Threads; the model does not depend on it.");

    private final Supplier<Boolean> strict = flag("--strict", "Stop at the first bad clip instead of skipping it.");

    TrainCommand() {
        super(
                "train",
                "Trains a recogniser on a folder of clips.",
                "Beside FILE it leaves a history (CSV); while it runs, a checkpoint that --resume goes on from.");
    }

    @Override
    int call() throws IOException {
        NamedModel named = NamedModel.of(model.get());
        Architecture architecture = named.architecture();
        Recipe recipe = recipes.over(named.recipe());
        PrepareOptions options = UserError.ifRefused(() -> new PrepareOptions(threads.get(), strict.get()));
        TrainingSeries series = UserError.ifRefused(this::series);
        RunFiles files = new RunFiles(out.get());
        OutputFile.check("--out", out.get(), "model.safetensors");
        exclude.check(data.get());
        Optional<Model> start =
                from.get().isPresent() ? Optional.of(ModelFile.read(from.get().orElseThrow())) : Optional.empty();
        looks.check();
        try (RunLock _ = RunLock.of(out.get())) {
            if (checkFiles(series.files(files))) {
                return run(architecture, recipe, start, options, files, series);
            }
            if (!series.isOne()) {
                series.report(series.files(files), stdout());
            }
            return Main.DONE;
        }
    }

    private TrainingSeries series() {
        if (seeds.get().isPresent() && folds.get().isPresent()) {
            throw new UserError("--seeds and --folds: one of them at a time");
        }
        return seeds.get()
                .map(n -> new TrainingSeries(TrainingSeries.Kind.SEED, n))
                .or(() -> folds.get().map(n -> new TrainingSeries(TrainingSeries.Kind.FOLD, n)))
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
        PrintWriter err = stderr();
        List<RunFiles> all = series.files(files);
        try (ClipStore store = openData(architecture, files, all, options, err)) {
            List<String> told = classes.of(store, data.get());
            VectorModule.warnIfMissing(err);
            try (Workers workers = new Workers(threads.get())) {
                List<Training> trainings = new ArrayList<>();
                for (int i = 0; i < all.size(); i++) {
                    ClipStore judged =
                            series.kind() == TrainingSeries.Kind.FOLD ? new Folds(series.count()).of(store, i) : store;
                    Recipe own =
                            series.kind() == TrainingSeries.Kind.SEED ? recipe.withSeed(recipe.seed() + i) : recipe;
                    trainings.add(new Training(task(judged, architecture, told, own, start), data.get(), all.get(i)));
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
            if (!ClipStore.isStore(data.get()) && all.stream().noneMatch(TrainCommand::isBegun)) {
                ClipStore.delete(files.clips());
            }
            throw e;
        }
        if (!ClipStore.isStore(data.get())) {
            ClipStore.delete(files.clips());
        }
        PrintWriter stdout = stdout();
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
            training.run(workers, looks, stdout(), "go on with the same command and --resume");
        } catch (CorpusException e) {
            throw new CorpusException(data.get() + ": " + e.getMessage());
        }
    }

    private static boolean isBegun(RunFiles files) {
        return Files.exists(files.checkpoint()) || Files.exists(files.model());
    }

    /** Refuses to lose what is there; returns false if there is nothing left to do. */
    private boolean checkFiles(List<RunFiles> all) {
        for (RunFiles files : all) {
            if (!resume.get() && Training.isFinished(files)) {
                throw new UserError("--out " + files.model() + ": exists already; name another file, or delete it");
            }
            if (!resume.get() && Files.exists(files.checkpoint())) {
                throw new UserError(
                        files.checkpoint() + ": a stopped training left this checkpoint; add --resume to go "
                                + "on, or delete it to start anew");
            }
            if (resume.get() && all.size() == 1 && !isBegun(files)) {
                stderr().println("onda: " + files.checkpoint() + ": no checkpoint here, so this training starts anew");
            }
            if (resume.get() && Training.isFinished(files)) {
                stdout().println(files.model() + ": this training is finished already");
            }
        }
        return !all.stream().allMatch(Training::isFinished);
    }

    private ClipStore openData(
            Architecture architecture, RunFiles files, List<RunFiles> all, PrepareOptions options, PrintWriter err)
            throws IOException {
        int hz = rate.get().orElse(architecture.sampleRateHz());
        ClipFormat format = UserError.ifRefused(() -> new ClipFormat(hz, hz));
        if (ClipStore.isStore(data.get())) {
            ClipStore store =
                    rate.get().isPresent() ? DataFolder.openStore(data.get(), format) : ClipStore.open(data.get());
            int there = store.format().sampleRateHz();
            if (there != hz) {
                err.printf(
                        Locale.ROOT,
                        "onda: %s is prepared at %,d Hz; %s does best at %,d: onda prepare --rate %d%n",
                        data.get(),
                        there,
                        architecture.name(),
                        hz,
                        hz);
            }
            return store;
        }
        boolean goesOn =
                resume.get() && all.stream().anyMatch(TrainCommand::isBegun) && ClipStore.isStore(files.clips());
        if (!goesOn) {
            checkFits(architecture, hz);
            Corpus corpus = exclude.from(DataFolder.scan(data.get(), classes.needed(), err), err);
            classes.check(corpus, data.get());
            DataFolder.prepare(corpus, format, files.clips(), options, err);
        }
        ClipStore store =
                rate.get().isPresent() ? DataFolder.openStore(files.clips(), format) : ClipStore.open(files.clips());
        try {
            exclude.check(store, data.get());
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
