package dev.onda.cli;

import dev.onda.augment.BackgroundNoise;
import dev.onda.augment.Surroundings;
import dev.onda.corpus.ClipStore;
import dev.onda.corpus.LabelledClips;
import dev.onda.corpus.PrepareOptions;
import dev.onda.evaluate.Evaluation;
import dev.onda.evaluate.Evaluator;
import dev.onda.model.Model;
import dev.onda.nn.kernel.Workers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onda evaluate}: how many clips of a partition a model recognises. */
@Command(
        name = "evaluate",
        description =
                "Counts how many clips a model recognises, word by word, and what it mistakes for what. It decides as "
                        + "onda recognize does: with the model's threshold.",
        sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {

    private static final int BATCH = 32;

    @Spec
    private CommandSpec spec;

    @Option(names = "--model", paramLabel = "FILE", description = "Model file. Default: the one in the box.")
    private Optional<Path> model = Optional.empty();

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Corpus (one folder of clips a word), or a store made by onda prepare.")
    private Path data;

    @Option(
            names = "--partition",
            paramLabel = "PART",
            description = "training, validation, testing or all. Default: ${DEFAULT-VALUE}.")
    private Part part = Part.VALIDATION;

    @Option(
            names = "--noise-snr",
            paramLabel = "DB",
            description = "Add background of the partition to each clip, at this signal-to-noise ratio.")
    private Optional<Double> noiseSnrDb = Optional.empty();

    @Option(names = "--json", description = "One JSON object instead of a table.")
    private boolean json;

    @Option(names = "--threads", paramLabel = "N", description = "Threads. Default: the processor's cores.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException {
        PrepareOptions options = UserError.ifRefused(() -> new PrepareOptions(threads, false));
        Model loaded = BoxedModel.orFile(model);
        return JudgingClips.use(
                data, loaded, part, options, spec.commandLine().getErr(), clips -> evaluate(loaded, clips));
    }

    private Evaluator.Disturbance noise(ClipStore store) {
        if (noiseSnrDb.isEmpty()) {
            return Evaluator.Disturbance.NONE;
        }
        List<float[]> backgrounds = store.background().of(part.background());
        if (backgrounds.isEmpty()) {
            throw new UserError("--noise-snr: " + data + " has no background recordings; put some into its folder "
                    + "_background_noise_, and prepare it again if it is a store");
        }
        double db = noiseSnrDb.get();
        BackgroundNoise noise = UserError.ifRefused(() -> new BackgroundNoise(1, db, db));
        Surroundings surroundings = new Surroundings(store.format().sampleRateHz(), backgrounds);
        return (x, at, n, clip) -> noise.apply(x, at, n, surroundings, new SplittableRandom(clip));
    }

    private int evaluate(Model loaded, JudgingClips judging) {
        LabelledClips clips = judging.clips();
        Evaluation evaluation;
        try (Workers workers = new Workers(threads);
                Progress progress = Progress.of(new Task("evaluating", clips.size(), Task.Unit.CLIPS))) {
            Evaluator evaluator = new Evaluator(loaded.network(), loaded.input().normalization(), BATCH, workers);
            evaluation = evaluator.evaluate(
                    clips, loaded.words(), loaded.threshold(), noise(judging.store()), progress::reach);
        }
        PrintWriter stdout = spec.commandLine().getOut();
        if (json) {
            stdout.println(EvaluationText.json(evaluation, part.toString(), judging.skipped()));
        } else {
            stdout.print(EvaluationText.table(evaluation, part.toString()));
        }
        return Main.DONE;
    }
}
