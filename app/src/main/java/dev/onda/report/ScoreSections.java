package dev.onda.report;

import dev.onda.evaluate.DetectionCurve;
import dev.onda.evaluate.Reliability;
import dev.onda.evaluate.Temperature;
import dev.onda.evaluate.WordScores;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** What a report says of a model's scores: whether they may be believed, and what thresholds do. */
record ScoreSections(ModelReport report, Page page) {

    private static final int CURVES = 5;
    /** Percent that a plot shows at least. */
    private static final double LEAST_FALSE_ACCEPTS = 10;

    private static final double LEAST_MISSES = 50;

    /** How much of a curve is shown beyond the point where both errors are equal. */
    private static final double BEYOND = 3;

    private static final String OTHERS_TEXT = "The " + CURVES + " hardest words have a colour, the others are grey.";

    private static final String CURVES_TEXT =
            " Each point is a threshold: a lower one misses less and takes more for the word that is not it. The nearer to the"
                    + " corner below on the left, the better. Both axes are logarithmic; what lies on an edge, left or below, is no"
                    + " clip at all.";

    void calibration() {
        Reliability reliability = Reliability.of(report.judgement());
        List<Reliability.Bin> bins =
                reliability.bins().stream().filter(b -> b.clips() > 0).toList();
        page.section("calibration", "May its scores be believed?");
        page.picture(
                "calibration",
                calibration(bins),
                String.format(
                        Locale.ROOT,
                        "Above the dashes the model is right more often than its scores claim, below less often. The bars are"
                                + " 95 %% intervals: a long one stands for few clips. Expected calibration error: %.3f.",
                        reliability.expectedCalibrationError()));
        page.table(
                "Scores and how many of them are right",
                List.of("score, mean", "clips", "right (%)", "95 % interval (%)"),
                bins.stream()
                        .map(b -> List.of(
                                String.format(Locale.ROOT, "%.2f", b.confidence()),
                                Integer.toString(b.clips()),
                                ReportPage.percent(b.accuracy()),
                                ReportPage.interval(b.interval())))
                        .toList());
        Temperature.of(report.judgement())
                .ifPresent(t -> page.text(String.format(
                        Locale.ROOT,
                        "Scores from logits that are divided by %.2f (the temperature, chosen by the %,d clips of one half of the"
                                + " speakers) would have an error of %.3f on the other half, instead of %.3f.",
                        t.value(),
                        t.fittedClips(),
                        t.after().expectedCalibrationError(),
                        t.before().expectedCalibrationError())));
    }

    private static LinePlot calibration(List<Reliability.Bin> bins) {
        List<LinePlot.Line> lines = new ArrayList<>();
        lines.add(new LinePlot.Line("honest", new double[] {0, 1}, new double[] {0, 1}, LinePlot.Style.DASHED));
        lines.add(new LinePlot.Line(
                "this model, with 95 % intervals",
                each(bins, Reliability.Bin::confidence), each(bins, Reliability.Bin::accuracy), LinePlot.Style.MARKED));
        for (Reliability.Bin bin : bins) {
            lines.add(new LinePlot.Line(
                    "interval",
                    new double[] {bin.confidence(), bin.confidence()},
                    new double[] {bin.interval().low(), bin.interval().high()},
                    LinePlot.Style.WHISKER));
        }
        return new LinePlot(
                "Score against truth",
                Axis.of("score (posterior probability)", 0, 1),
                Axis.of("share of clips that are right", 0, 1),
                lines);
    }

    void detection() {
        List<DetectionCurve> curves = DetectionCurve.of(report.judgement());
        page.section("detection", "False accepts against misses");
        List<DetectionCurve> hardest = curves.stream()
                .sorted(Comparator.comparingDouble(DetectionCurve::equalErrorRate)
                        .reversed())
                .toList();
        if (!hardest.isEmpty()) {
            page.picture("detection", detection(hardest), (hardest.size() > CURVES ? OTHERS_TEXT : "") + CURVES_TEXT);
        }
        WordScores scores = WordScores.of(report.judgement().evaluation());
        page.table(
                "Each word as the model decides"
                        + (report.model().threshold() == 0
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        " with its threshold of %.3f",
                                        report.model().threshold()))
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
                                    ReportPage.fine((score.heard() - score.right()) / (double) c.others()),
                                    ReportPage.fine(1 - score.recall()),
                                    ReportPage.fine(c.equalErrorRate()));
                        })
                        .toList());
    }

    /** The hardest words by name on top of the others, which are grey. */
    private LinePlot detection(List<DetectionCurve> curves) {
        List<LinePlot.Line> lines = new ArrayList<>();
        for (int i = curves.size() - 1; i >= CURVES; i--) {
            lines.add(line("others", curves.get(i), LinePlot.Style.FAINT));
        }
        curves.stream().limit(CURVES).forEach(c -> lines.add(line(c.word(), c, LinePlot.Style.PLAIN)));
        if (report.model().threshold() > 0) {
            lines.add(new LinePlot.Line(
                    "at the model's threshold",
                    each(curves, c -> 100 * c.atThreshold().falseAccepts()),
                    each(curves, c -> 100 * c.atThreshold().misses()),
                    LinePlot.Style.POINTS));
        }
        double worst = 100
                * BEYOND
                * DoubleStream.of(each(curves, DetectionCurve::equalErrorRate))
                        .max()
                        .orElse(0);
        return new LinePlot(
                "Detection curves",
                percent(
                        "false accepts (% of all other clips)",
                        each(curves, DetectionCurve::others), Math.max(LEAST_FALSE_ACCEPTS, worst)),
                percent(
                        "misses (% of the word's clips)",
                        each(curves, DetectionCurve::clips), Math.max(LEAST_MISSES, worst)),
                lines);
    }

    private static LinePlot.Line line(String name, DetectionCurve curve, LinePlot.Style style) {
        return new LinePlot.Line(
                name,
                each(curve.points(), p -> 100 * p.falseAccepts()),
                each(curve.points(), p -> 100 * p.misses()),
                style);
    }

    /** From half a clip of the most to so many percent. */
    private static Axis percent(String title, double[] clips, double most) {
        double all = DoubleStream.of(clips).max().orElse(1);
        return Axis.logarithmic(title, 50 / all, Math.min(100, most));
    }

    private static <T> double[] each(List<T> list, ToDoubleFunction<T> figure) {
        return list.stream().mapToDouble(figure).toArray();
    }
}
