package dev.onda.cli;

import dev.onda.evaluate.Evaluation;
import dev.onda.evaluate.Evaluator;
import dev.onda.model.Model;
import dev.onda.nn.kernel.Workers;
import dev.onda.onnx.Int8Model;
import dev.onda.onnx.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A model in eight bits: rounded, judged beside the one that it was made of, written. */
final class Int8Export {

    private final Model model;
    private final Int8Clips clips;
    private final Workers workers;

    private Int8Export(Model model, Int8Clips clips, Workers workers) {
        this.model = model;
        this.clips = clips;
        this.workers = workers;
    }

    /** Writes the file; returns what was lost and won, in two lines. */
    static String write(Path file, Model model, Int8Clips clips) throws IOException {
        try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors())) {
            Int8Export export = new Int8Export(model, clips, workers);
            Int8Model rounded = export.rounded();
            Evaluation before = export.judged(
                    "judging 32 bits",
                    new Evaluator(model.network(), model.input().normalization(), Int8Model.BATCH, workers));
            Evaluation after = export.judged(
                    "judging 8 bits",
                    new Evaluator(
                            model.network(),
                            model.input().normalization(),
                            Int8Model.BATCH,
                            workers,
                            rounded::forward));
            rounded.write(file);
            return figures(before, after) + size(Files.size(file), OnnxModel.of(model).length);
        }
    }

    private Int8Model rounded() {
        int count = clips.training().size();
        try (Progress progress = Progress.of(new Task("rounding", count, Task.Unit.CLIPS))) {
            return Int8Model.of(
                    model,
                    (i, into, at) -> clips.store().read(clips.training().get(i), into, at),
                    count,
                    workers,
                    progress::reach);
        }
    }

    private Evaluation judged(String name, Evaluator evaluator) {
        try (Progress progress = Progress.of(new Task(name, clips.validation().size(), Task.Unit.CLIPS))) {
            return evaluator.evaluate(
                    clips.validation(), model.words(), model.threshold(), Evaluator.Disturbance.NONE, progress::reach);
        }
    }

    private static String figures(Evaluation before, Evaluation after) {
        double lost = 100 * (before.accuracy() - after.accuracy());
        return String.format(
                Locale.ROOT,
                "of %,d validation clips %,d are right with 32 bits, %.2f %%; %,d with 8 bits, %.2f %%: %.2f points %s%n",
                before.clips(),
                before.correct(),
                100 * before.accuracy(),
                after.correct(),
                100 * after.accuracy(),
                Math.abs(lost),
                lost < 0 ? "more" : "less");
    }

    private static String size(long bytes, long before) {
        return String.format(
                Locale.ROOT, "with 32 bits it would be %,d bytes: %.2f of that%n", before, bytes / (double) before);
    }
}
