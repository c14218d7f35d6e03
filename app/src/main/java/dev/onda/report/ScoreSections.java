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
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** What a report says of a model's scores: whether they may be believed, and what thresholds do. */
record ScoreSections(ModelReport report, Page page) {

    private static final int CURVES = 5;
    /** Percent that a plot shows at least. */
    private static final double LEAST_FALSE_ACCEPTS = 10;

    private static final double LEAST_MISSES = 50;

    /** How much of a curve is shown beyond the point where both errors are equal. */
    private static final double BEYOND = 3;

    private static final String CURVES_TEXT =
            "The hardest words first. Each point is a threshold: a lower one misses less and takes more for the word that is not it."
                    + " Both axes are logarithmic; what lies on an edge, left or below, is no clip at all.";

    void calibration() {
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

    void detection() {
        List<DetectionCurve> curves = DetectionCurve.of(report.judgement());
        page.section("detection", "False accepts against misses");
        List<DetectionCurve> hardest = curves.stream()
                .sorted(Comparator.comparingDouble(DetectionCurve::equalErrorRate)
                        .reversed())
                .toList();
        for (int from = 0; from < hardest.size(); from += CURVES) {
            List<DetectionCurve> some = hardest.subList(from, Math.min(hardest.size(), from + CURVES));
            page.picture(
                    "detection-" + (1 + from / CURVES),
                    detection("Detection curves of words " + (1 + from) + " to " + (from + some.size()), some),
                    from == 0 ? CURVES_TEXT : "The next ones: " + words(some) + ".");
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

    private static String words(List<DetectionCurve> curves) {
        return curves.stream().map(DetectionCurve::word).collect(Collectors.joining(", "));
    }

    private LinePlot detection(String title, List<DetectionCurve> curves) {
        List<LinePlot.Line> lines = new ArrayList<>();
        for (DetectionCurve c : curves) {
            lines.add(new LinePlot.Line(
                    c.word(),
                    each(c.points(), p -> 100 * p.falseAccepts()),
                    each(c.points(), p -> 100 * p.misses()),
                    LinePlot.Style.PLAIN));
        }
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
                title,
                percent(
                        "false accepts (% of all other clips)",
                        each(curves, DetectionCurve::others), Math.max(LEAST_FALSE_ACCEPTS, worst)),
                percent(
                        "misses (% of the word's clips)",
                        each(curves, DetectionCurve::clips), Math.max(LEAST_MISSES, worst)),
                lines);
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
