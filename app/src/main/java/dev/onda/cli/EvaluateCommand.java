package dev.onda.cli;

import dev.onda.augment.Surroundings;
import dev.onda.corpus.ClipStore;
import dev.onda.corpus.LabelledClips;
import dev.onda.evaluate.Disturbances;
import dev.onda.evaluate.Evaluation;
import dev.onda.evaluate.Evaluator;
import dev.onda.model.Model;
import dev.onda.nn.kernel.Workers;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code onda evaluate}: how many clips of a partition a model recognises. */
final class EvaluateCommand extends Command {

    private static final int BATCH = 32;

    private final JudgingOptions judging = new JudgingOptions(this);

    private final Supplier<Optional<Double>> noiseSnrDb = optional(
            Double.class,
            "--noise-snr",
            "DB",
            "Add background of the partition to each clip, at this signal-to-noise ratio.");

    private final Supplier<Boolean> json = flag("--json", "One JSON object instead of a table.");

    EvaluateCommand() {
        super(
                "evaluate",
                "Counts how many clips a model recognises, word by word, and what it mistakes for what. It decides as "
                        + "onda recognize does: with the model's threshold.");
    }

    @Override
    int call() throws IOException {
        Model loaded = BoxedModel.orFile(judging.model());
        return judging.use(loaded, stderr(), clips -> evaluate(loaded, clips));
    }

    private Evaluator.Disturbance noise(ClipStore store) {
        if (noiseSnrDb.get().isEmpty()) {
            return Evaluator.Disturbance.NONE;
        }
        List<float[]> backgrounds = store.background().of(judging.part().background());
        if (backgrounds.isEmpty()) {
            throw new UserError(
                    "--noise-snr: " + judging.data() + " has no background recordings; put some into its folder "
                            + "_background_noise_, and prepare it again if it is a store");
        }
        Surroundings surroundings = new Surroundings(store.format().sampleRateHz(), backgrounds);
        return UserError.ifRefused(
                () -> Disturbances.noise(surroundings, noiseSnrDb.get().orElseThrow()));
    }

    private int evaluate(Model loaded, JudgingClips chosen) {
        LabelledClips clips = chosen.clips();
        Evaluation evaluation;
        try (Workers workers = new Workers(judging.threads());
                Progress progress = Progress.of(new Task("evaluating", clips.size(), Task.Unit.CLIPS))) {
            Evaluator evaluator = new Evaluator(loaded.network(), loaded.input().normalization(), BATCH, workers);
            evaluation = evaluator.evaluate(
                    clips, loaded.words(), loaded.threshold(), noise(chosen.store()), progress::reach);
        }
        PrintWriter stdout = stdout();
        if (json.get()) {
            stdout.println(EvaluationText.json(
                    evaluation, judging.part().toString(), chosen.skipped(), chosen.leftOut(judging.part())));
        } else {
            stdout.print(EvaluationText.table(evaluation, judging.part().toString(), chosen.leftOut(judging.part())));
        }
        return Main.DONE;
    }
}
