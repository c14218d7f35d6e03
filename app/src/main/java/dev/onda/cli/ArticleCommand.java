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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onda article}: the article's table again, on its own split and on speakers apart. */
@Command(
        name = "article",
        description = {
            "Trains the six models of the article that Onda began with (Herrera 2020), each on the article's own split and on "
                    + "voices kept apart, and sets its table beside the one measured here.",
            "With all 100 epochs it takes hours: --epochs and --words make it shorter. Ctrl-C stops it; the same command goes "
                    + "on."
        },
        sortOptions = false)
final class ArticleCommand implements Callable<Integer> {

    private static final String NO_NOISE = "augmentations = []";
    private static final int RATE_HZ = 8_000;
    private static final long SPLIT_SEED = 1;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Corpus (one folder of clips a word), or a store made by onda prepare at 8,000 Hz.")
    private Path data;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for models, histories and the table. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("onda-article");

    @Option(names = "--epochs", paramLabel = "N", description = "Epochs of each training. Default: the article's 100.")
    private Optional<Integer> epochs = Optional.empty();

    @Option(names = "--words", split = ",", paramLabel = "A,B,C", description = "Only these words. Default: all.")
    private List<String> words = List.of();

    @Option(names = "--threads", paramLabel = "N", description = "Threads. Default: the processor's cores.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        PrepareOptions options = UserError.ifRefused(() -> new PrepareOptions(threads, false));
        ClipFormat format = new ClipFormat(RATE_HZ, RATE_HZ);
        Files.createDirectories(out);
        try (RunLock _ = RunLock.of(out.resolve("table"))) {
            boolean isStore = ClipStore.isStore(data);
            refuseOwnFolder();
            Path clips = isStore ? data : out.resolve("clips");
            if (!isStore) {
                DataFolder.prepare(DataFolder.scan(data, words, err), format, clips, options, err);
            }
            try (ClipStore store = DataFolder.openStore(clips, format);
                    Workers workers = new Workers(threads)) {
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
        if (Files.exists(data) && data.toRealPath().startsWith(out.toRealPath())) {
            throw new UserError("--data " + data + ": inside the folder of --out; name another --out");
        }
    }

    private void run(ClipStore store, Workers workers) throws IOException, TrainingStopped {
        PrintWriter stdout = spec.commandLine().getOut();
        VectorModule.warnIfMissing(spec.commandLine().getErr());
        ArticleTable table = new ArticleTable();
        for (ArticleModel model : ArticleModel.values()) {
            Recipe recipe = RecipeFile.defaults(model.architecture());
            Recipe plain = RecipeFile.overlay(recipe, NO_NOISE);
            RunFiles own = files(model.file() + "-own-split");
            Path folder = out.resolve("split");
            ClipStore.delete(folder);
            model.split().write(store, folder, SPLIT_SEED);
            try (ClipStore split = ClipStore.open(folder)) {
                stdout.printf("%s, the article's own split%n", model.title());
                train(split, model.architecture(), plain, own, workers);
                table.leaks(split, words.isEmpty() ? store.words() : words);
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
                out.resolve("table.md"),
                channel -> channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
        stdout.print(text);
        stdout.printf("%nthis table: %s%n", out.resolve("table.md"));
    }

    private RunFiles files(String name) {
        return new RunFiles(out.resolve(name + ".safetensors"));
    }

    private void train(ClipStore store, Architecture architecture, Recipe recipe, RunFiles files, Workers workers)
            throws IOException, TrainingStopped {
        Recipe own = epochs.isPresent() ? UserError.ifRefused(() -> recipe.withEpochs(epochs.get())) : recipe;
        List<String> chosen =
                words.isEmpty() ? store.words() : words.stream().sorted().toList();
        TrainingTask task =
                UserError.ifRefused(() -> new TrainingTask(store, architecture, chosen, own, Version.software()));
        Training training = new Training(task, data, files);
        if (training.isDone()) {
            spec.commandLine().getOut().println(files.model() + ": this training is finished already");
        } else {
            training.run(workers, new ViewOptions(), spec.commandLine().getOut(), "go on with the same command");
        }
    }
}
