package dev.onda.cli;

import dev.onda.corpus.ClipFormat;
import dev.onda.corpus.ClipStore;
import dev.onda.corpus.PrepareOptions;
import dev.onda.file.AtomicFile;
import dev.onda.model.Architecture;
import dev.onda.nn.kernel.Workers;
import dev.onda.train.Recipe;
import dev.onda.train.RecipeFile;
import dev.onda.train.RunFiles;
import dev.onda.train.TrainingStopped;
import dev.onda.train.TrainingTask;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code onda article}: the article's table again, on its own split and on speakers apart. */
final class ArticleCommand extends Command {

    private static final String NO_NOISE = "augmentations = []";
    private static final int RATE_HZ = 8_000;
    private static final long SPLIT_SEED = 1;

    private final Supplier<Path> data = required(
            Path.class,
            "--data",
            "DIR",
            "Corpus (one folder of clips a word), or a store made by onda prepare at 8,000 Hz.");

    private final Supplier<Path> out = option(
            Path.class,
            "--out",
            "DIR",
            Path.of("onda-article"),
            "Folder for models, histories and the table. Default: ${DEFAULT-VALUE}.");

    private final Supplier<Optional<Integer>> epochs =
            optional(Integer.class, "--epochs", "N", "Epochs of each training. Default: the article's 100.");

    private final Supplier<List<String>> words =
            list(String.class, "--words", "A,B,C", "Only these words. Default: all.");

    private final Supplier<Integer> threads = threads("Threads.");

    ArticleCommand() {
        super(
                "article",
                "Trains the six models of the article that Onda began with (Herrera 2020), each on the article's own split and on "
                        + "voices kept apart, and sets its table beside the one measured here.",
                "With all 100 epochs it takes hours: --epochs and --words make it shorter. Ctrl-C stops it; the same command goes "
                        + "on.");
    }

    @Override
    int call() throws IOException {
        PrintWriter err = stderr();
        PrepareOptions options = UserError.ifRefused(() -> new PrepareOptions(threads.get(), false));
        ClipFormat format = new ClipFormat(RATE_HZ, RATE_HZ);
        Files.createDirectories(out.get());
        try (RunLock _ = RunLock.of(out.get().resolve("table"))) {
            boolean isStore = ClipStore.isStore(data.get());
            refuseOwnFolder();
            Path clips = isStore ? data.get() : out.get().resolve("clips");
            if (!isStore) {
                DataFolder.prepare(DataFolder.scan(data.get(), words.get(), err), format, clips, options, err);
            }
            try (ClipStore store = DataFolder.openStore(clips, format);
                    Workers workers = new Workers(threads.get())) {
                run(store, workers);
            } catch (TrainingStopped e) {
                return Main.DONE;
            } finally {
                if (!isStore) {
                    ClipStore.delete(clips);
                }
            }
        }
        return Main.DONE;
    }

    /** Folders that come and go are made below --out: what is given must not be one of them. */
    private void refuseOwnFolder() throws IOException {
        if (Files.exists(data.get())
                && data.get().toRealPath().startsWith(out.get().toRealPath())) {
            throw new UserError("--data " + data.get() + ": inside the folder of --out; name another --out");
        }
    }

    private void run(ClipStore store, Workers workers) throws IOException, TrainingStopped {
        PrintWriter stdout = stdout();
        VectorModule.warnIfMissing(stderr());
        ArticleTable table = new ArticleTable();
        for (ArticleModel model : ArticleModel.values()) {
            Recipe recipe = RecipeFile.defaults(model.architecture());
            Recipe plain = RecipeFile.overlay(recipe, NO_NOISE);
            RunFiles own = files(model.file() + "-own-split");
            Path folder = out.get().resolve("split");
            ClipStore.delete(folder);
            model.split().write(store, folder, SPLIT_SEED);
            try (ClipStore split = ClipStore.open(folder)) {
                stdout.printf("%s, the article's own split%n", model.title());
                train(split, model.architecture(), plain, own, workers);
                table.leaks(split, words.get().isEmpty() ? store.words() : words.get());
            }
            ClipStore.delete(folder);
            boolean isNoisy = model.split().isNoisy();
            RunFiles apart = files(model.architecture().name() + (isNoisy ? "-noisy" : "") + "-speakers-apart");
            stdout.printf("%s, speakers apart%n", model.title());
            train(store, model.architecture(), isNoisy ? recipe : plain, apart, workers);
            table.add(model, own, apart);
        }
        String text = table.text();
        AtomicFile.write(
                out.get().resolve("table.md"),
                channel -> channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
        stdout.print(text);
        stdout.printf("%nthis table: %s%n", out.get().resolve("table.md"));
    }

    private RunFiles files(String name) {
        return new RunFiles(out.get().resolve(name + ".safetensors"));
    }

    private void train(ClipStore store, Architecture architecture, Recipe recipe, RunFiles files, Workers workers)
            throws IOException, TrainingStopped {
        Recipe own = epochs.get().isPresent()
                ? UserError.ifRefused(() -> recipe.withEpochs(epochs.get().orElseThrow()))
                : recipe;
        List<String> chosen = words.get().isEmpty()
                ? store.words()
                : words.get().stream().sorted().toList();
        TrainingTask task =
                UserError.ifRefused(() -> new TrainingTask(store, architecture, chosen, own, Version.software()));
        Training training = new Training(task, data.get(), files);
        if (training.isDone()) {
            stdout().println(files.model() + ": this training is finished already");
        } else {
            training.run(workers, new ViewOptions(), stdout(), "go on with the same command");
        }
    }
}
