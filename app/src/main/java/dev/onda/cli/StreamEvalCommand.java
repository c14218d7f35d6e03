package dev.onda.cli;

import dev.onda.evaluate.StreamCurve;
import dev.onda.evaluate.StreamHearing;
import dev.onda.evaluate.StreamLoad;
import dev.onda.evaluate.StreamMaterial;
import dev.onda.evaluate.StreamMemory;
import dev.onda.evaluate.StreamScore;
import dev.onda.evaluate.TestStream;
import dev.onda.evaluate.TestStreamPlan;
import dev.onda.model.Model;
import dev.onda.recognize.StreamModel;
import dev.onda.report.StreamCurvePlot;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onda stream-eval}: how well a model hears words in a stream. */
@Command(
        name = "stream-eval",
        description = {
            "Lets a model listen to a long stream with known times: clips in random order at random gaps, one in four of other "
                    + "speech, over background. Tells how many words it detects, how often it detects one that was not said, and "
                    + "how late.",
            "A detection counts for a word from its start to 0.75 s after its end, once; all others are false accepts."
        },
        sortOptions = false)
final class StreamEvalCommand implements Callable<Integer> {

    private static final double LOAD_SECONDS = 20;
    /** So much of the stream is kept for many streams at once, in seconds. */
    private static final int KEPT_SECONDS = 60;

    private static final int MOST_STREAMS = 1_000_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private StreamOptions options = new StreamOptions();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write the detection curve there: stream-curve.csv and stream-curve.png.")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--streams",
            paramLabel = "N",
            description =
                    "Afterwards listen to N streams at once in real time for 20 s, on all processors, and tell whether any is late.")
    private Optional<Integer> streams = Optional.empty();

    @Option(
            names = "--json",
            description =
                    "One JSON object instead of lines; its missRateAt has the share of words not heard as what they are "
                            + "at some rates of false accepts an hour, null where the stream is too short or no threshold reaches it.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        TestStreamPlan plan = options.plan();
        out.ifPresent(folder -> OutputFile.checkFolder("--out", folder));
        if (streams.isPresent() && (streams.get() < 1 || streams.get() > MOST_STREAMS)) {
            throw new UserError("--streams: 1 to " + MOST_STREAMS + " streams at once, not " + streams.get());
        }
        Model loaded = BoxedModel.orFile(options.model());
        VectorModule.warnIfMissing(spec.commandLine().getErr());
        return options.use(loaded, spec.commandLine().getErr(), material -> evaluate(loaded, material, plan));
    }

    private int evaluate(Model loaded, StreamMaterial material, TestStreamPlan plan) throws IOException {
        TestStream stream = UserError.ifRefused(() -> new TestStream(material, plan));
        StreamModel model = new StreamModel(loaded);
        StreamHearing hearing = StreamOptions.hear(model, stream);
        StreamCurve.Point now = new StreamCurve.Point(
                loaded.stream().threshold(), StreamScore.of(stream.events(), hearing.heard(), hearing.hours()));
        StreamCurve curve = StreamCurve.of(hearing.posteriors(), loaded.stream(), stream.events(), hearing.hours());
        StreamText text = new StreamText(plan, options.part(), stream.events(), material, hearing, now, curve);
        PrintWriter stdout = spec.commandLine().getOut();
        if (!json) {
            stdout.print(text.stream() + StreamText.heard(now) + text.misses());
            stdout.flush();
        }
        float[] sound = beginning(material, plan);
        int window = Math.min(sound.length, 2 * loaded.input().windowSamples());
        long bytes = StreamMemory.bytesPerStream(model, Arrays.copyOf(sound, window), stream.sampleRateHz());
        Optional<StreamLoad> load = streams.map(n -> load(model, sound, n, bytes));
        if (json) {
            stdout.println(text.json(bytes, load));
        } else {
            stdout.print(text.cost(bytes) + load.map(StreamText::load).orElse(""));
        }
        if (out.isPresent()) {
            write(out.get(), curve, now);
        }
        return Main.DONE;
    }

    /** The first minute of a stream, at most. */
    private static float[] beginning(StreamMaterial material, TestStreamPlan plan) {
        TestStream again = new TestStream(material, plan);
        float[] sound = new float[(int) Math.min(KEPT_SECONDS, again.seconds()) * again.sampleRateHz()];
        again.read(sound, 0, sound.length);
        return sound;
    }

    private StreamLoad load(StreamModel model, float[] sound, int n, long bytes) {
        long most = Runtime.getRuntime().maxMemory() / 2 / Math.max(1, bytes);
        if (n > most) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "--streams %d: they would take %,d MB, Java may use half of %,d; at most %d, or give it more: JAVA_TOOL_OPTIONS=-Xmx8g",
                    n,
                    n * bytes >> 20,
                    Runtime.getRuntime().maxMemory() >> 20,
                    most));
        }
        spec.commandLine()
                .getErr()
                .printf(Locale.ROOT, "onda: %,d streams at once in real time: %.0f s%n", n, LOAD_SECONDS + 1);
        spec.commandLine().getErr().flush();
        return StreamLoad.of(model, sound, model.model().input().sampleRateHz(), n, LOAD_SECONDS);
    }

    private void write(Path folder, StreamCurve curve, StreamCurve.Point now) throws IOException {
        Files.createDirectories(folder);
        StreamCurveFile.write(folder.resolve("stream-curve.csv"), curve);
        StreamCurvePlot.write(folder.resolve("stream-curve.png"), curve, now);
        if (!json) {
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%s, %s: what each threshold does%n",
                            folder.resolve("stream-curve.csv"), "stream-curve.png");
        }
    }
}
