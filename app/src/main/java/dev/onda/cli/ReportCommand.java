package dev.onda.cli;

import dev.onda.audio.Wave;
import dev.onda.corpus.PrepareOptions;
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
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

    @Option(names = "--model", paramLabel = "FILE", description = "Model file. Default: the one in the box.")
    private Optional<Path> model = Optional.empty();

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Corpus (one folder of clips a word), or a store made by onda prepare.")
    private Path data;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write, made if need be.")
    private Path out;

    @Option(
            names = "--partition",
            paramLabel = "PART",
            description = "training, validation, testing or all. Default: ${DEFAULT-VALUE}.")
    private Part part = Part.VALIDATION;

    @Option(names = "--threads", paramLabel = "N", description = "Threads. Default: the processor's cores.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException {
        PrepareOptions options = UserError.ifRefused(() -> new PrepareOptions(threads, false));
        OutputFile.checkFolder("--out", out);
        Model loaded = BoxedModel.orFile(model);
        return JudgingClips.use(
                data, loaded, part, options, spec.commandLine().getErr(), clips -> report(loaded, clips));
    }

    private int report(Model loaded, JudgingClips judging) throws IOException {
        int all = judging.clips().size();
        Judgement judgement;
        Robustness robustness;
        try (Workers workers = new Workers(threads)) {
            Evaluator evaluator = new Evaluator(loaded.network(), loaded.input().normalization(), BATCH, workers);
            try (Progress progress = Progress.of(new Task("evaluating", all, Task.Unit.CLIPS))) {
                judgement = Judgement.of(evaluator, judging.clips(), loaded, progress::reach);
            }
            int turns = Robustness.turns(judging.clips(), loaded);
            long disturbed = (long) Math.min(all, MOST_DISTURBED) * turns;
            try (Progress progress = Progress.of(new Task("with noise", disturbed, Task.Unit.CLIPS))) {
                robustness = Robustness.of(evaluator, judging.clips(), loaded, MOST_DISTURBED, progress::reach);
            }
        }
        spec.commandLine().getErr().println("drawing the page");
        ReportPage.write(
                out,
                new ModelReport(
                        model.map(m -> String.valueOf(m.getFileName())).orElse("The model in the box"),
                        loaded,
                        model.isPresent() ? Files.size(model.get()) : BoxedModel.bytes(),
                        epochs(),
                        part.toString(),
                        judgement,
                        robustness,
                        latencyMs(loaded),
                        new ModelReport.Sounds(judging.store())));
        spec.commandLine().getOut().printf("%s: open it in a browser%n", out.resolve("index.html"));
        return Main.DONE;
    }

    /** What a training left beside the model; nothing if it is gone. */
    private List<Epoch> epochs() throws IOException {
        if (model.isEmpty()) {
            return BoxedModel.history();
        }
        Path history = new RunFiles(model.get()).history();
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
