package dev.onda.cli;

import dev.onda.audio.Wave;
import dev.onda.evaluate.Evaluator;
import dev.onda.evaluate.Judgement;
import dev.onda.evaluate.Robustness;
import dev.onda.model.Model;
import dev.onda.nn.kernel.Workers;
import dev.onda.recognize.Recognizer;
import dev.onda.report.ModelReport;
import dev.onda.report.ReportPage;
import dev.onda.train.Epoch;
import dev.onda.train.History;
import dev.onda.train.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onda report}: a trained model as a page to look at and to listen to. */
@Command(
        name = "report",
        description = {
            "Makes a page of a trained model: its training, what it gets right and what it mistakes, word by word and speaker "
                    + "by speaker, how far its scores may be believed, what noise does to it, what its first layer hears, and "
                    + "clips whose labels it doubts.",
            "DIR/index.html needs nothing beside it; its pictures are there as PNG files, too."
        },
        sortOptions = false)
final class ReportCommand implements Callable<Integer> {

    private static final int BATCH = 32;
    private static final int MOST_DISTURBED = 1_000;
    private static final int WARM_UP = 200;
    private static final int TIMED = 101;

    @Spec
    private CommandSpec spec;

    @Mixin
    private JudgingOptions judging = new JudgingOptions();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write, made if need be.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        OutputFile.checkFolder("--out", out);
        Model loaded = BoxedModel.orFile(judging.model());
        List<Epoch> epochs = epochs();
        return judging.use(loaded, spec.commandLine().getErr(), clips -> report(loaded, epochs, clips));
    }

    private int report(Model loaded, List<Epoch> epochs, JudgingClips chosen) throws IOException {
        int all = chosen.clips().size();
        Judgement judgement;
        Robustness robustness;
        try (Workers workers = new Workers(judging.threads())) {
            Evaluator evaluator = new Evaluator(loaded.network(), loaded.input().normalization(), BATCH, workers);
            try (Progress progress = Progress.of(new Task("evaluating", all, Task.Unit.CLIPS))) {
                judgement = Judgement.of(evaluator, chosen.clips(), loaded, progress::reach);
            }
            int turns = Robustness.turns(chosen.clips(), loaded);
            long disturbed = (long) Math.min(all, MOST_DISTURBED) * turns;
            try (Progress progress = Progress.of(new Task("with noise", disturbed, Task.Unit.CLIPS))) {
                robustness = Robustness.of(evaluator, chosen.clips(), loaded, MOST_DISTURBED, progress::reach);
            }
        }
        spec.commandLine().getErr().println("drawing the page");
        ReportPage.write(
                out,
                new ModelReport(
                        judging.model()
                                .map(m -> String.valueOf(m.getFileName()))
                                .orElse("The model in the box"),
                        loaded,
                        judging.model().isPresent() ? Files.size(judging.model().get()) : BoxedModel.bytes(),
                        epochs,
                        judging.part().toString(),
                        chosen.leftOut(judging.part()),
                        judgement,
                        robustness,
                        latencyMs(loaded),
                        new ModelReport.Sounds(chosen.store())));
        spec.commandLine().getOut().printf("%s: open it in a browser%n", out.resolve("index.html"));
        return Main.DONE;
    }

    /** What a training left beside the model; nothing if it is gone. */
    private List<Epoch> epochs() throws IOException {
        if (judging.model().isEmpty()) {
            return BoxedModel.history();
        }
        Path history = new RunFiles(judging.model().get()).history();
        return Files.exists(history) ? History.read(history) : List.of();
    }

    /** Median time of one clip on one thread. */
    private static double latencyMs(Model model) {
        Recognizer recognizer = new Recognizer(model);
        float[] noise = new float[model.input().windowSamples()];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextDouble(-0.1, 0.1);
        }
        Wave wave = new Wave(noise, model.input().sampleRateHz());
        double[] ms = new double[TIMED];
        for (int i = -WARM_UP; i < TIMED; i++) {
            long from = System.nanoTime();
            recognizer.recognize(wave);
            if (i >= 0) {
                ms[i] = (System.nanoTime() - from) / 1e6;
            }
        }
        Arrays.sort(ms);
        return ms[TIMED / 2];
    }
}
