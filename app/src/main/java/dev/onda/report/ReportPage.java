package dev.onda.report;

import dev.onda.corpus.StoredClip;
import dev.onda.evaluate.Confusion;
import dev.onda.evaluate.DetectionCurve;
import dev.onda.evaluate.Evaluation;
import dev.onda.evaluate.FirstFilter;
import dev.onda.evaluate.Interval;
import dev.onda.evaluate.Reliability;
import dev.onda.evaluate.Robustness;
import dev.onda.evaluate.Speakers;
import dev.onda.evaluate.Suspect;
import dev.onda.evaluate.Temperature;
import dev.onda.evaluate.WordScores;
import dev.onda.model.Model;
import dev.onda.nn.Network;
import dev.onda.train.Epoch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A trained model as a page: how it was trained, what it gets right and wrong, whom it understands, how sure it may be
 * believed, what noise does to it, what its first layer hears, and which labels it doubts.
 */
public final class ReportPage {

    private static final int PAIRS = 6;
    private static final int EXAMPLES = 3;
    private static final int SUSPECTS = 24;
    private static final int WEAKEST = 10;
    private static final int CURVES = 5;
    private static final int FILTERS = 4;
    private static final double LEAST_SHARE = 0.01;

    private final ModelReport report;
    private final Page page;

    private ReportPage(ModelReport report) {
        this.report = report;
        this.page = new Page(report.name() + ": how well it hears");
    }

    /**
     * Writes {@code index.html} and the pictures as PNG files into a folder.
     *
     * @throws IOException if a file cannot be written
     */
    public static void write(Path folder, ModelReport report) throws IOException {
        ReportPage it = new ReportPage(report);
        it.summary();
        if (!report.epochs().isEmpty()) {
            training(it.page, report.epochs());
        }
        it.words();
        it.confusion();
        it.speakers();
        it.calibration();
        it.detection();
        it.robustness();
        it.filters();
        it.suspects();
        it.page.write(folder);
    }

    /**
     * Writes the page of a training.
     *
     * @param epochs so far
     * @param reload how often a browser looks for a newer page; nothing once the training has ended
     * @throws IOException if a file cannot be written
     */
    public static void writeTraining(Path folder, String name, List<Epoch> epochs, Optional<Duration> reload)
            throws IOException {
        Page page = new Page(name + (reload.isPresent() ? ": training goes on" : ": training"), reload);
        if (epochs.isEmpty()) {
            page.section("training", "Training").text("No epoch is over yet.");
        } else {
            training(page, epochs);
        }
        page.write(folder);
    }

    private static void training(Page page, List<Epoch> epochs) {
        Epoch last = epochs.getLast();
        page.section("training", "Training");
        page.text(String.format(
                Locale.ROOT,
                "%d epochs; after the last one %.1f %% of the validation clips are right, at a loss of %.3f nats.",
                epochs.size(),
                100 * last.validationAccuracy(),
                last.validationLoss()));
        page.picture(
                "accuracy",
                HistoryPlot.accuracy("Accuracy by epoch", epochs),
                "Training is measured as the network learns, on clips that are augmented and mixed, so it may lie below"
                        + " validation.");
        page.picture(
                "loss",
                HistoryPlot.loss("Loss by epoch", epochs),
                "Where validation rises while training falls, the network learns its clips by heart.");
        page.picture(
                "learning-rate", HistoryPlot.learningRate("Learning rate by epoch", epochs), "How far a step goes.");
    }

    private void summary() {
        Evaluation evaluation = report.judgement().evaluation();
        Network network = report.model().network();
        long operations = IntStream.range(0, network.layers().size())
                .mapToLong(network::multiplyAccumulates)
                .sum();
        page.section("summary", "In short");
        page.text(String.format(
                Locale.ROOT,
                "%,d of %,d %s clips are right: %.1f %% (95 %% interval %.1f to %.1f %%).",
                evaluation.correct(),
                evaluation.clips(),
                report.partition(),
                100 * evaluation.accuracy(),
                100 * evaluation.interval().low(),
                100 * evaluation.interval().high()));
        for (Evaluation.FalseAccepts f : evaluation.falseAccepts()) {
            page.text(String.format(
                    Locale.ROOT, "Of %,d clips of %s, %d are taken for a word.", f.clips(), f.said(), f.accepted()));
        }
        Model model = report.model();
        page.table(
                "The model",
                List.of("what", "figure"),
                List.of(
                        List.of("network", model.architecture()),
                        List.of("words", String.join(", ", model.words())),
                        List.of("parameters", String.format(Locale.ROOT, "%,d", network.size())),
                        List.of("multiply-accumulates a clip", String.format(Locale.ROOT, "%,d", operations)),
                        List.of("file", String.format(Locale.ROOT, "%,d bytes", report.bytes())),
                        List.of("one clip, one thread", String.format(Locale.ROOT, "%.2f ms", report.latencyMs())),
                        List.of(
                                "sample rate",
                                String.format(
                                        Locale.ROOT, "%,d Hz", model.input().sampleRateHz())),
                        List.of("a word is believed from", String.format(Locale.ROOT, "%.3f", model.threshold()))));
    }

    private void words() {
        WordScores scores = WordScores.of(report.judgement().evaluation());
        page.section("words", "Word by word");
        List<List<String>> rows = new ArrayList<>();
        for (WordScores.Score s : scores.words()) {
            if (s.clips() > 0) {
                rows.add(List.of(
                        s.word(),
                        Integer.toString(s.clips()),
                        percent(s.precision()),
                        percent(s.recall()),
                        percent(s.f1()),
                        interval(Interval.wilson(s.right(), s.clips()))));
            }
        }
        rows.add(List.of(
                "mean",
                "",
                percent(scores.macroPrecision()),
                percent(scores.macroRecall()),
                percent(scores.macroF1()),
                ""));
        page.table(
                "Precision: share of what was taken for the word that was it. Recall: share of its clips that were recognised."
                        + " F1: their harmonic mean.",
                List.of("word", "clips", "precision (%)", "recall (%)", "F1 (%)", "95 % of recall (%)"),
                rows);
    }

    private void confusion() {
        Evaluation evaluation = report.judgement().evaluation();
        int[] said = IntStream.range(0, evaluation.words().size())
                .filter(w -> IntStream.of(evaluation.confusion()[w]).sum() > 0)
                .toArray();
        page.section("confusion", "What is mistaken for what");
        page.matrix(
                "Said down, heard across, in clips; the fuller a cell's colour, the larger its share of the row",
                IntStream.of(said).mapToObj(evaluation.words()::get).toList(),
                evaluation.words(),
                IntStream.of(said).mapToObj(w -> evaluation.confusion()[w]).toArray(int[][]::new));
        for (Confusion pair : Confusion.of(report.judgement(), PAIRS, EXAMPLES)) {
            page.heading(
                    String.format(Locale.ROOT, "%s taken for %s: %d clips", pair.said(), pair.heard(), pair.clips()));
            players(pair.examples());
        }
    }

    private void players(List<StoredClip> clips) {
        if (clips.isEmpty()) {
            page.text("These are stretches of background, made up anew each time.");
            return;
        }
        page.row();
        clips.forEach(clip -> page.sound(clip.path(), report.sounds().of(clip)));
        page.endRow();
    }

    private void speakers() {
        Speakers speakers = Speakers.of(report.judgement());
        page.section("speakers", "Speaker by speaker");
        if (speakers.size() == 0) {
            page.text("The file names tell no speakers.");
            return;
        }
        double[] accuracies = speakers.speakers().stream()
                .mapToDouble(s -> 100 * s.accuracy())
                .toArray();
        page.picture(
                "speakers",
                Histogram.of(accuracies, 0, 100, 20)
                        .plot("Accuracy of each speaker", "clips recognised (%)", "speakers"),
                String.format(
                        Locale.ROOT,
                        "%d speakers; half of them are understood to %.0f %% or less, a tenth to %.0f %% or less.",
                        speakers.size(),
                        100 * speakers.median(),
                        100 * speakers.tenthPercentile()));
        page.table(
                "Those understood worst",
                List.of("speaker", "clips", "right", "accuracy (%)"),
                speakers.speakers().stream()
                        .limit(WEAKEST)
                        .map(s -> List.of(
                                s.name(),
                                Integer.toString(s.clips()),
                                Integer.toString(s.right()),
                                percent(s.accuracy())))
                        .toList());
    }

    private void calibration() {
        Reliability reliability = Reliability.of(report.judgement());
        List<Reliability.Bin> bins =
                reliability.bins().stream().filter(b -> b.clips() > 0).toList();
        page.section("calibration", "May its scores be believed?");
        page.picture(
                "calibration",
                new LinePlot(
                        "Score against truth",
                        Axis.of("score (posterior probability)", 0, 1),
                        Axis.of("share of clips that are right", 0, 1),
                        List.of(
                                new LinePlot.Line(
                                        "honest", new double[] {0, 1}, new double[] {0, 1}, LinePlot.Style.DASHED),
                                new LinePlot.Line(
                                        "this model",
                                        each(bins, Reliability.Bin::confidence),
                                        each(bins, Reliability.Bin::accuracy),
                                        LinePlot.Style.MARKED))),
                String.format(
                        Locale.ROOT,
                        "Above the dashes the model is right more often than its scores claim, below less often. Expected"
                                + " calibration error: %.3f.",
                        reliability.expectedCalibrationError()));
        Temperature.of(report.judgement())
                .ifPresent(t -> page.text(String.format(
                        Locale.ROOT,
                        "Divided by a temperature of %.2f, which half of the speakers choose, the logits have an error of %.3f on"
                                + " the other half's clips, instead of %.3f.",
                        t.value(),
                        t.after().expectedCalibrationError(),
                        t.before().expectedCalibrationError())));
    }

    private void detection() {
        List<DetectionCurve> curves = DetectionCurve.of(report.judgement());
        page.section("detection", "False accepts against misses");
        List<LinePlot.Line> lines = curves.stream()
                .sorted(Comparator.comparingDouble(DetectionCurve::equalErrorRate)
                        .reversed())
                .limit(CURVES)
                .map(c -> new LinePlot.Line(
                        c.word(),
                        each(c.points(), p -> 100 * p.falseAccepts()),
                        each(c.points(), p -> 100 * p.misses()),
                        LinePlot.Style.PLAIN))
                .toList();
        page.picture(
                "detection",
                new LinePlot(
                        "Detection curves of the hardest words",
                        Axis.of("false accepts (% of clips of other words)", 0, 5),
                        Axis.of("misses (% of the word's clips)", 0, 20),
                        lines),
                "Each point is a threshold: a lower one misses less and takes more for the word that is not it.");
        WordScores scores = WordScores.of(report.judgement().evaluation());
        page.table(
                "Each word as the model decides, the likeliest one at a threshold of "
                        + String.format(Locale.ROOT, "%.3f", report.model().threshold())
                        + "; and the rate at which a threshold of its own would make both errors equal",
                List.of("word", "false accepts (%)", "misses (%)", "equal error rate (%)"),
                curves.stream()
                        .map(c -> {
                            WordScores.Score score = scores.words().stream()
                                    .filter(w -> w.word().equals(c.word()))
                                    .findFirst()
                                    .orElseThrow();
                            return List.of(
                                    c.word(),
                                    fine((score.heard() - score.right()) / (double) c.others()),
                                    fine(1 - score.recall()),
                                    fine(c.equalErrorRate()));
                        })
                        .toList());
    }

    private void robustness() {
        Robustness robustness = report.robustness();
        page.section("robustness", "Noise, loudness, band");
        page.text(String.format(
                Locale.ROOT,
                "On %,d of the %,d clips; undisturbed %.1f %% of them are right.",
                robustness.clips(),
                robustness.outOf(),
                100 * robustness.undisturbed().accuracy()));
        if (!robustness.bySnrDb().isEmpty()) {
            page.picture(
                    "noise",
                    accuracy("Accuracy in noise", "signal-to-noise ratio (dB)", robustness.bySnrDb()),
                    "With background of this corpus that the model has not heard in training. At 0 dB noise and word are as loud.");
        }
        page.picture(
                "gain",
                accuracy("Accuracy against loudness", "gain (dB)", robustness.byGainDb()),
                "Softer to the left; to the right the clips run into full scale.");
        if (!robustness.byRecordingHz().isEmpty()) {
            page.picture(
                    "band",
                    accuracy(
                            "Accuracy against the recording's sample rate",
                            "sample rate (Hz)",
                            robustness.byRecordingHz()),
                    "Recorded at a lower rate, a clip lacks what lies above half of it.");
        }
    }

    private static LinePlot accuracy(String title, String x, List<Robustness.Point> points) {
        List<Robustness.Point> ascending = points.stream()
                .sorted(Comparator.comparingDouble(Robustness.Point::setting))
                .toList();
        double[] settings = each(ascending, Robustness.Point::setting);
        return new LinePlot(
                title,
                Axis.of(x),
                Axis.of("clips recognised (%)", 0, 100),
                List.of(
                        new LinePlot.Line(
                                "accuracy", settings, each(ascending, p -> 100 * p.accuracy()), LinePlot.Style.MARKED),
                        new LinePlot.Line(
                                "95 % interval, low",
                                settings,
                                each(ascending, p -> 100 * p.interval().low()),
                                LinePlot.Style.DASHED),
                        new LinePlot.Line(
                                "high",
                                settings,
                                each(ascending, p -> 100 * p.interval().high()),
                                LinePlot.Style.DASHED)));
    }

    private void filters() {
        List<FirstFilter> filters = FirstFilter.of(report.model());
        if (filters.isEmpty()) {
            return;
        }
        double nyquist = report.model().input().sampleRateHz() / 2.0;
        float[][] responses = new float[filters.size()][];
        for (int i = 0; i < responses.length; i++) {
            double[] response = filters.get(i).responseDb();
            responses[i] = new float[response.length];
            for (int k = 0; k < response.length; k++) {
                responses[i][k] = (float) response[k];
            }
        }
        page.section("filters", "What the first layer hears");
        page.picture(
                "filters",
                new HeatPlot(
                        "Frequency responses of the learned filters",
                        Axis.of("frequency (Hz)", 0, nyquist),
                        Axis.of("filter, by its centre frequency", 0, filters.size()),
                        Axis.of("response (dB below its peak)", -40, 0),
                        responses),
                "A line a filter, the lowest at the bottom. Nobody told the network which frequencies to listen to.");
        List<LinePlot.Line> taps = new ArrayList<>();
        for (int i = 0; i < FILTERS && i < filters.size(); i++) {
            FirstFilter filter = filters.get(i * (filters.size() - 1) / Math.max(1, FILTERS - 1) % filters.size());
            taps.add(new LinePlot.Line(
                    String.format(Locale.ROOT, "%,.0f Hz (no. %d)", filter.centreHz(), filter.channel()),
                    IntStream.range(0, filter.taps().length)
                            .mapToDouble(t -> 1e3 * t / (2 * nyquist))
                            .toArray(),
                    IntStream.range(0, filter.taps().length)
                            .mapToDouble(t -> filter.taps()[t])
                            .toArray(),
                    LinePlot.Style.PLAIN));
        }
        page.picture(
                "taps",
                new LinePlot("Some of them as they are", Axis.of("time (ms)"), Axis.of("weight"), taps),
                "What each sample under the filter is multiplied by.");
        page.table(
                "All filters",
                List.of("filter", "centre (Hz)", "bandwidth (Hz)"),
                filters.stream()
                        .map(f -> List.of(
                                Integer.toString(f.channel()),
                                String.format(Locale.ROOT, "%,.0f", f.centreHz()),
                                String.format(Locale.ROOT, "%,.0f", f.bandwidthHz())))
                        .toList());
    }

    private void suspects() {
        page.section("suspects", "Labels that the model doubts");
        page.text("Listen to them: some are mislabelled or cut off, of the others the model has something to learn.");
        page.row();
        for (Suspect s : Suspect.of(report.judgement(), SUSPECTS)) {
            if (s.likeliestPosterior() - s.labelPosterior() < LEAST_SHARE) {
                continue;
            }
            page.sound(
                    String.format(
                            Locale.ROOT,
                            "%s: said to be %s (%.3f), heard as %s (%.3f)",
                            s.clip().path(),
                            s.label(),
                            s.labelPosterior(),
                            s.likeliest(),
                            s.likeliestPosterior()),
                    report.sounds().of(s.clip()));
        }
        page.endRow();
    }

    private static <T> double[] each(List<T> list, ToDoubleFunction<T> figure) {
        return list.stream().mapToDouble(figure).toArray();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    private static String fine(double share) {
        return String.format(Locale.ROOT, "%.2f", 100 * share);
    }

    private static String interval(Interval interval) {
        return percent(interval.low()) + " to " + percent(interval.high());
    }
}
