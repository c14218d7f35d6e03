package dev.onda.cli;

import dev.onda.evaluate.StreamCurve;
import dev.onda.evaluate.StreamHearing;
import dev.onda.evaluate.StreamMaterial;
import dev.onda.evaluate.StreamScore;
import dev.onda.evaluate.TestStream;
import dev.onda.evaluate.TestStreamPlan;
import dev.onda.model.Model;
import dev.onda.model.ModelFile;
import dev.onda.recognize.StreamModel;
import dev.onda.train.Epoch;
import dev.onda.train.History;
import dev.onda.train.RunFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code onda calibrate}: chooses a model's threshold for streams and keeps it in its file. */
final class CalibrateCommand extends Command {

    private static final double MINUTES = 60;
    private static final double MOST_MINUTES = 1_440;

    private final Supplier<Double> rate = required(
            double.class, "--false-accepts-per-hour", "X", "At most so many detections an hour of what was not said.");

    private final StreamOptions options = new StreamOptions(this);

    private final Supplier<Optional<Path>> out = optional(
            Path.class,
            "--out",
            "FILE",
            "Model file to write. Default: the model itself, which then has another threshold.");

    CalibrateCommand() {
        super(
                "calibrate",
                "Chooses the threshold at which a model hears words in a stream, for a rate of false accepts, and writes it into the "
                        + "model's file.",
                "It listens to a stream as onda stream-eval does, and takes the best of the thresholds from which on there are at "
                        + "most so many false accepts.");
    }

    @Override
    int call() throws IOException {
        TestStreamPlan plan = options.plan();
        check(plan.minutes());
        Path to = out.get()
                .or(options::model)
                .orElseThrow(() -> new UserError(
                        "--out FILE: the model in the box stays as it is; name a file for the " + "calibrated one"));
        OutputFile.check("--out", to, "model.safetensors");
        Model loaded = BoxedModel.orFile(options.model());
        VectorModule.warnIfMissing(stderr());
        return options.use(loaded, stderr(), material -> calibrate(loaded, material, plan, to));
    }

    /** Refuses a rate that is none, or that a stream of this length cannot show. */
    private void check(double minutes) {
        if (!(rate.get() > 0 && rate.get() < Double.POSITIVE_INFINITY)) {
            throw new UserError(
                    "--false-accepts-per-hour: a rate above 0 is expected, not " + StreamText.number(rate.get()));
        }
        if (rate.get() * minutes < MINUTES * (1 - 1e-9)) {
            double enough = Math.ceil(MINUTES / rate.get());
            throw new UserError(String.format(
                    Locale.ROOT,
                    "--false-accepts-per-hour %s: a stream of %s shows no less than %.3g an hour; %s",
                    StreamText.number(rate.get()),
                    StreamText.minutes(minutes),
                    MINUTES / minutes,
                    enough <= MOST_MINUTES
                            ? "--minutes " + StreamText.number(enough) + " shows it"
                            : String.format(
                                    Locale.ROOT, "the longest one, --minutes 1440, %.3g", MINUTES / MOST_MINUTES)));
        }
    }

    private int calibrate(Model loaded, StreamMaterial material, TestStreamPlan plan, Path to) throws IOException {
        TestStream stream = UserError.ifRefused(() -> new TestStream(material, plan));
        StreamHearing hearing = StreamOptions.hear(new StreamModel(loaded), stream);
        StreamCurve.Point before = new StreamCurve.Point(
                loaded.stream().threshold(), StreamScore.of(stream.events(), hearing.heard(), hearing.hours()));
        StreamCurve curve = StreamCurve.of(hearing.posteriors(), loaded.stream(), stream.events(), hearing.hours());
        StreamCurve.Point after = curve.at(rate.get())
                .filter(point -> point.score().right() > 0)
                .orElseThrow(() -> new UserError(unreachable(curve)));
        ModelFile.write(to, loaded.withStream(loaded.stream().withThreshold(after.threshold(), rate.get())));
        List<Epoch> epochs = BoxedModel.history(options.model());
        if (out.get().isPresent() && !epochs.isEmpty()) {
            History.write(new RunFiles(to).history(), epochs);
        }
        StreamText text = new StreamText(plan, options.part(), stream.events(), material, hearing, before, curve);
        PrintWriter stdout = stdout();
        stdout.print(text.stream());
        stdout.print("before: " + StreamText.heard(before).indent(2).strip() + System.lineSeparator());
        stdout.print("after: " + StreamText.heard(after).indent(2).strip() + System.lineSeparator());
        stdout.printf(
                Locale.ROOT,
                "%s: threshold %.4f in streams, for at most %s false accepts an hour%n",
                to,
                after.threshold(),
                StreamText.number(rate.get()));
        return Main.DONE;
    }

    /** Why no threshold will do: the highest that still hears a word has more false accepts. */
    private String unreachable(StreamCurve curve) {
        String best = curve.points().reversed().stream()
                .filter(point -> point.score().right() > 0)
                .findFirst()
                .map(point -> String.format(
                        Locale.ROOT,
                        "%.1f with %.4f, the highest that still detects a word",
                        point.score().falseAcceptsPerHour(),
                        point.threshold()))
                .orElse("no threshold detects a word");
        return "--false-accepts-per-hour " + StreamText.number(rate.get()) + ": no threshold has so few: " + best
                + "; nothing was written";
    }
}
