package dev.onda.report;

import dev.onda.evaluate.Evaluation;
import dev.onda.evaluate.Interval;
import dev.onda.evaluate.WordScores;
import dev.onda.model.Model;
import dev.onda.model.Provenance;
import dev.onda.nn.Network;
import dev.onda.train.Epoch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A trained model as a page: how it was trained, what it gets right and wrong, whom it understands, how sure it may be
 * believed, what noise does to it, what its first layer hears, and which labels it doubts.
 */
public final class ReportPage {

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
        MistakeSections mistakes = new MistakeSections(report, it.page);
        mistakes.confusion();
        mistakes.speakers();
        ScoreSections scores = new ScoreSections(report, it.page);
        scores.calibration();
        scores.detection();
        SoundSections sounds = new SoundSections(report, it.page);
        sounds.robustness();
        sounds.filters();
        mistakes.suspects();
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
        report.leftOut()
                .ifPresent(l ->
                        page.text(String.format(Locale.ROOT, "%,d more are left out, as %s says.", l.all(), l.list())));
        trainedWithout();
        if (report.judgement().words().contains(Model.SILENCE)) {
            page.text("Stretches of background that were made up as silence are among them.");
        }
        for (Evaluation.FalseAccepts f :
                evaluation.falseAccepts().stream().filter(f -> f.clips() > 0).toList()) {
            page.text(String.format(
                    Locale.ROOT,
                    "Of %,d clips of %s, %d are taken for a word (95 %% interval %s %%).",
                    f.clips(),
                    f.said(),
                    f.accepted(),
                    interval(f.interval())));
        }
        if (report.partition().equals("validation")) {
            page.text(
                    "The epoch, and the threshold if there is one, were chosen on validation clips: if these are the ones, the"
                            + " figures are a little flattering.");
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
                        List.of(
                                "a word is believed from a score of",
                                model.threshold() == 0
                                        ? "any: no threshold"
                                        : String.format(Locale.ROOT, "%.3f", model.threshold()))));
    }

    /** Says which clips were kept from the training, where the model file knows of some. */
    private void trainedWithout() {
        Map<String, String> figures = report.model().provenance().figures();
        for (String whose : List.of("", Provenance.BASE)) {
            String clips = figures.get(whose + Provenance.EXCLUDED_CLIPS);
            if (clips != null) {
                page.text((whose.isEmpty() ? "It" : "The model that it was taught from") + " was trained without "
                        + clips
                        + " clips of its corpus, as " + figures.getOrDefault(whose + Provenance.EXCLUDED_BY, "a list")
                        + " said.");
            }
        }
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

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    static String fine(double share) {
        return String.format(Locale.ROOT, "%.2f", 100 * share);
    }

    static String interval(Interval interval) {
        return percent(interval.low()) + " to " + percent(interval.high());
    }
}
