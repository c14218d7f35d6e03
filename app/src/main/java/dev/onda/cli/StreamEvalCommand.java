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
import dev.onda.report.Counted;
import dev.onda.report.StreamCurvePlot;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code onda stream-eval}: how well a model hears words in a stream. */
final class StreamEvalCommand extends Command {

    private static final double MOST_LOAD_SECONDS = 86_400;
    /** So much of the stream is kept for many streams at once, in seconds. */
    private static final int KEPT_SECONDS = 60;

    private static final int MOST_STREAMS = 1_000_000;

    private final StreamOptions options = new StreamOptions(this);

    private final Supplier<Optional<Path>> out = optional(
            Path.class, "--out", "DIR", "Write the detection curve there: stream-curve.csv and stream-curve.png.");

    private final Supplier<Optional<Integer>> streams = optional(
            Integer.class,
            "--streams",
            "N",
            "Afterwards listen to N streams at once in real time, on all processors, and tell whether any is late.");

    private final Supplier<Double> streamsSeconds = option(
            double.class, "--streams-seconds", "S", 20.0, "How long to listen to them. Default: ${DEFAULT-VALUE}.");

    private final Supplier<Boolean> json = flag(
            "--json",
            "One JSON object instead of lines; its missRateAt has the share of words not heard as what they are "
                    + "at some rates of false accepts an hour, null where the stream is too short or no threshold reaches it.");

    StreamEvalCommand() {
        super(
                "stream-eval",
                "Lets a model listen to a long stream with known times: clips in random order at random gaps, one in four of other "
                        + "speech, over background. Tells how many words it detects, how often it detects one that was not said, and "
                        + "how late.",
                "A detection counts for a word from its start to 0.75 s after its end, once; all others are false accepts.");
    }

    @Override
    int call() throws IOException {
        TestStreamPlan plan = options.plan();
        out.get().ifPresent(folder -> OutputFile.checkFolder("--out", folder));
        if (streams.get().isPresent()
                && (streams.get().orElseThrow() < 1 || streams.get().orElseThrow() > MOST_STREAMS)) {
            throw new UserError("--streams: 1 to " + MOST_STREAMS + " streams at once, not "
                    + streams.get().orElseThrow());
        }
        if (!(streamsSeconds.get() >= 0.1 && streamsSeconds.get() <= MOST_LOAD_SECONDS)) {
            throw new UserError(
                    "--streams-seconds: 0.1 to 86,400 (a day), not " + StreamText.number(streamsSeconds.get()));
        }
        Model loaded = BoxedModel.orFile(options.model());
        VectorModule.warnIfMissing(stderr());
        return options.use(loaded, stderr(), material -> evaluate(loaded, material, plan));
    }

    private int evaluate(Model loaded, StreamMaterial material, TestStreamPlan plan) throws IOException {
        TestStream stream = UserError.ifRefused(() -> new TestStream(material, plan));
        StreamModel model = new StreamModel(loaded);
        float[] sound = beginning(material, plan);
        int windows = Math.min(sound.length, 2 * loaded.input().windowSamples());
        long bytes = StreamMemory.bytesPerStream(model, Arrays.copyOf(sound, windows), stream.sampleRateHz());
        checkStreams(bytes);
        StreamHearing hearing = StreamOptions.hear(model, stream);
        StreamCurve.Point now = new StreamCurve.Point(
                loaded.stream().threshold(), StreamScore.of(stream.events(), hearing.heard(), hearing.hours()));
        StreamCurve curve = StreamCurve.of(hearing.posteriors(), loaded.stream(), stream.events(), hearing.hours());
        StreamText text = new StreamText(plan, options.part(), stream.events(), material, hearing, now, curve);
        PrintWriter stdout = stdout();
        if (!json.get()) {
            stdout.print(text.stream() + StreamText.heard(now) + text.misses() + text.cost(bytes));
            stdout.flush();
        }
        Optional<StreamLoad> load = streams.get().map(n -> load(model, sound, n));
        if (json.get()) {
            stdout.println(text.json(bytes, load));
        } else {
            stdout.print(load.map(StreamText::load).orElse(""));
        }
        if (out.get().isPresent()) {
            write(out.get().orElseThrow(), curve, now);
        }
        return Main.DONE;
    }

    /** The first minute of a stream, at most. */
    private static float[] beginning(StreamMaterial material, TestStreamPlan plan) {
        TestStream again = new TestStream(material, plan);
        float[] sound = new float[(int) (Math.min(KEPT_SECONDS, again.seconds()) * again.sampleRateHz())];
        again.read(sound, 0, sound.length);
        return sound;
    }

    /** Refuses more streams than there is memory for, before the long work. */
    private void checkStreams(long bytes) {
        long heap = Runtime.getRuntime().maxMemory();
        long most = heap / 2 / Math.max(1, bytes);
        int n = streams.get().orElse(0);
        if (n > most) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "--streams %d: they would take %,d MB, and half of Java's memory is %,d; at most %d, or give it more: "
                            + "JAVA_TOOL_OPTIONS=-Xmx8g",
                    n,
                    (n * bytes) >> 20,
                    heap >> 21,
                    most));
        }
    }

    private StreamLoad load(StreamModel model, float[] sound, int n) {
        PrintWriter err = stderr();
        err.printf(
                Locale.ROOT,
                "onda: %s at once in real time: %.0f s%n",
                Counted.of(n, "stream"),
                streamsSeconds.get() + 1);
        err.flush();
        return StreamLoad.of(model, sound, model.model().input().sampleRateHz(), n, streamsSeconds.get());
    }

    private void write(Path folder, StreamCurve curve, StreamCurve.Point now) throws IOException {
        Files.createDirectories(folder);
        StreamCurveFile.write(folder.resolve("stream-curve.csv"), curve);
        StreamCurvePlot.write(folder.resolve("stream-curve.png"), curve, now);
        if (!json.get()) {
            stdout().printf(
                            "%s, %s: what each threshold does%n",
                            folder.resolve("stream-curve.csv"), "stream-curve.png");
        }
    }
}
