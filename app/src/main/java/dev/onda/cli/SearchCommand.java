package dev.onda.cli;

import dev.onda.corpus.ClipFormat;
import dev.onda.corpus.ClipStore;
import dev.onda.corpus.Corpus;
import dev.onda.corpus.PrepareOptions;
import dev.onda.file.AtomicFile;
import dev.onda.model.Architecture;
import dev.onda.model.ModelFile;
import dev.onda.model.Toml;
import dev.onda.nn.kernel.Workers;
import dev.onda.train.Recipe;
import dev.onda.train.RecipeFile;
import dev.onda.train.RunFiles;
import dev.onda.train.SearchSpace;
import dev.onda.train.SuccessiveHalving;
import dev.onda.train.TrainingStopped;
import dev.onda.train.TrainingTask;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** {@code onda search}: a better recipe, by random draws and successive halving. */
final class SearchCommand extends Command {

    /** A recipe that was drawn. */
    private record Trial(int number, Recipe recipe) {}

    /** What a trial reached in a round. */
    private record Result(Trial trial, int epochs, double accuracy, RunFiles files) {}

    private final Supplier<Path> data = corpusOrStore();

    private final Supplier<String> model = network();

    private final Supplier<Path> space = required(Path.class, "--space", "FILE", "TOML file with what to choose from.");

    private final Supplier<Path> out = option(
            Path.class,
            "--out",
            "DIR",
            Path.of("onda-search"),
            "Folder for models, histories, the table and the best recipe. Default: ${DEFAULT-VALUE}.");

    private final Supplier<Integer> trials =
            option(int.class, "--trials", "N", 9, "Recipes in the first round. Default: ${DEFAULT-VALUE}.");

    private final Supplier<Optional<Integer>> epochs =
            optional(Integer.class, "--epochs", "N", "Epochs of the last round. Default: the recipe's.");

    private final ClassOptions classes = new ClassOptions(this);

    private final Supplier<Long> seed =
            option(long.class, "--seed", "N", 1L, "Of the draws. Default: ${DEFAULT-VALUE}.");

    private final Supplier<Integer> threads = threads("Threads.");

    SearchCommand() {
        super(
                "search",
                "Looks for a better recipe: draws some from a space that a TOML file declares, trains them for few epochs, the best "
                        + "third of them for three times as many, and so on. Validation decides.",
                "The file has the form of a recipe, with a list of values or a range in the place of a value: "
                        + "batch = [32, 64] or learning-rate = { from = 1e-3, to = 2e-2, scale = \"log\" }.",
                "Ctrl-C stops it; the same command goes on.");
    }

    @Override
    int call() throws IOException {
        PrintWriter err = stderr();
        NamedModel named = NamedModel.of(model.get());
        PrepareOptions options = UserError.ifRefused(() -> new PrepareOptions(threads.get(), false));
        SuccessiveHalving halving = UserError.ifRefused(() -> new SuccessiveHalving(
                trials.get(), epochs.get().orElse(named.recipe().epochs())));
        List<Trial> drawn = draw(named.recipe());
        Files.createDirectories(out.get());
        try (RunLock _ = RunLock.of(out.get().resolve("search"))) {
            boolean isStore = ClipStore.isStore(data.get());
            Path clips = isStore ? data.get() : out.get().resolve("clips");
            if (!isStore) {
                int hz = named.architecture().sampleRateHz();
                Corpus corpus = DataFolder.scan(data.get(), classes.needed(), err);
                classes.check(corpus, data.get());
                DataFolder.prepare(corpus, new ClipFormat(hz, hz), clips, options, err);
            }
            try (ClipStore store = ClipStore.open(clips);
                    Workers workers = new Workers(threads.get())) {
                VectorModule.warnIfMissing(err);
                search(named.architecture(), store, halving, drawn, workers);
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

    private List<Trial> draw(Recipe recipe) throws IOException {
        String text = Toml.text(space.get());
        try {
            SearchSpace parsed = SearchSpace.parse(text);
            SplittableRandom random = new SplittableRandom(seed.get());
            List<Trial> drawn = new ArrayList<>();
            for (int number = 1; number <= trials.get(); number++) {
                drawn.add(new Trial(number, parsed.draw(recipe, random.split())));
            }
            return drawn;
        } catch (IllegalArgumentException e) {
            throw new UserError("--space " + space.get() + ": " + e.getMessage(), e);
        }
    }

    private void search(
            Architecture architecture, ClipStore store, SuccessiveHalving halving, List<Trial> drawn, Workers workers)
            throws IOException, TrainingStopped {
        PrintWriter stdout = stdout();
        List<SuccessiveHalving.Round> rounds = halving.rounds();
        stdout.printf(
                "searching in %d rounds: %s%n",
                rounds.size(),
                rounds.stream()
                        .map(r -> r.trials() + " of " + r.epochs() + " epochs")
                        .collect(Collectors.joining(", ")));
        List<Result> all = new ArrayList<>();
        List<Trial> left = drawn;
        List<Result> round = List.of();
        for (SuccessiveHalving.Round now : rounds) {
            round = new ArrayList<>();
            for (Trial trial : left.subList(0, now.trials())) {
                round.add(train(architecture, store, trial, now.epochs(), workers));
            }
            round.sort(Comparator.comparingDouble(Result::accuracy).reversed());
            all.addAll(round);
            left = round.stream().map(Result::trial).toList();
        }
        Result best = round.getFirst();
        Path recipe = out.get().resolve("best.toml");
        write(recipe, RecipeFile.toml(best.trial().recipe().withEpochs(best.epochs())));
        write(out.get().resolve("search.csv"), csv(all));
        for (Result result : all) {
            stdout.printf(
                    Locale.ROOT,
                    "trial %2d, %3d epochs: %.1f %%%n",
                    result.trial().number(),
                    result.epochs(),
                    100 * result.accuracy());
        }
        stdout.printf(
                "the best model: %s; all settings: %s%n",
                best.files().model(), out.get().resolve("search.csv"));
        stdout.printf(
                "next: %s train --data %s --model %s --recipe %s --out FILE%n",
                CalledAs.text(), data.get(), model.get(), recipe);
    }

    private Result train(Architecture architecture, ClipStore store, Trial trial, int length, Workers workers)
            throws IOException, TrainingStopped {
        RunFiles files =
                new RunFiles(out.get().resolve("trial-" + trial.number() + "-epochs-" + length + ".safetensors"));
        List<String> told = classes.of(store, data.get());
        TrainingTask task = UserError.ifRefused(() ->
                new TrainingTask(store, architecture, told, trial.recipe().withEpochs(length), Version.software()));
        Training training = new Training(task, data.get(), files);
        if (!training.isDone()) {
            training.run(workers, new ViewOptions(), stdout(), "go on with the same command");
        }
        String accuracy = ModelFile.read(files.model()).provenance().figures().getOrDefault("validationAccuracy", "0");
        return new Result(trial, length, Double.parseDouble(accuracy), files);
    }

    private static void write(Path file, String text) throws IOException {
        AtomicFile.write(file, channel -> channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }

    /** A line a training; settings that are the same in all are left out. */
    private static String csv(List<Result> results) {
        List<String> keys = results.getFirst().trial().recipe().settings().keySet().stream()
                .filter(key -> results.stream()
                                .map(r -> r.trial().recipe().settings().get(key))
                                .distinct()
                                .count()
                        > 1)
                .toList();
        StringBuilder text = new StringBuilder("trial,epochs,validation_accuracy");
        keys.forEach(key -> text.append(',').append(key));
        text.append('\n');
        for (Result result : results) {
            text.append(String.format(
                    Locale.ROOT, "%d,%d,%.4f", result.trial().number(), result.epochs(), result.accuracy()));
            for (String key : keys) {
                String value = result.trial().recipe().settings().getOrDefault(key, "");
                text.append(",\"").append(value.replace("\"", "\"\"")).append('"');
            }
            text.append('\n');
        }
        return text.toString();
    }
}
