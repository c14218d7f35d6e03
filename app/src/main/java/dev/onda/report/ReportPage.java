package dev.onda.report;

import dev.onda.evaluate.Evaluation;
import dev.onda.evaluate.Interval;
import dev.onda.evaluate.WordScores;
import dev.onda.model.Model;
import dev.onda.model.Provenance;
import dev.onda.nn.Network;
import dev.onda.train.RunFiles;
import dev.onda.train.Teacher;
import dev.onda.train.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
        it.training();
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

    private void training() {
        page.section("training", "Training");
        Map<String, String> figures = report.model().provenance().figures();
        if (figures.containsKey(Trainer.STARTED_FROM)) {
            page.text("It went on from another model, made by " + figures.get(Trainer.STARTED_FROM) + ".");
        }
        String taught = figures.get(Teacher.TAUGHT);
        if (taught != null) {
            page.text("Its body is another model's; it was taught " + taught.replace(",", ", ") + " afterwards.");
        } else if (report.epochs().isEmpty()) {
            page.text(
                    "Not known: " + new RunFiles(Path.of(report.name())).history()
                            + ", which onda train leaves beside a model, does not lie beside this one; put it there to see it here.");
        } else if (report.epochs().size() == 1) {
            TrainingPage.reached(page, report.epochs().getFirst());
            page.text("One epoch makes no curve.");
        } else {
            TrainingPage.curves(page, report.epochs());
        }
    }

    private void summary() {
        Evaluation evaluation = report.judgement().evaluation();
        Network network = report.model().network();
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
        Evaluation.WordScore words = evaluation.wordsAlone();
        if (words.clips() > 0 && words.clips() < evaluation.clips()) {
            page.text(String.format(
                    Locale.ROOT,
                    "On the words alone %,d of %,d are right: %.1f %% (95 %% interval %s %%).",
                    words.correct(),
                    words.clips(),
                    100 * words.accuracy(),
                    interval(words.interval())));
        }
        notJudged(evaluation);
        report.leftOut().filter(l -> l.all() > 0).ifPresent(l -> page.text(l.said() + "."));
        trainedWithout();
        if (report.judgement().words().contains(Model.SILENCE)) {
            page.text("Stretches of background that were made up as silence count among all clips.");
        }
        for (Evaluation.FalseAccepts f :
                evaluation.falseAccepts().stream().filter(f -> f.clips() > 0).toList()) {
            page.text(String.format(
                    Locale.ROOT,
                    "Taken for a word: %,d of %s of %s (95 %% interval %s %%).",
                    f.accepted(),
                    Counted.of(f.clips(), "clip"),
                    f.said(),
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
                        List.of(
                                "multiply-accumulates a clip",
                                String.format(Locale.ROOT, "%,d", network.allMultiplyAccumulates())),
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

    private void notJudged(Evaluation evaluation) {
        List<String> words = evaluation.perWord().stream()
                .filter(score -> score.clips() == 0 && Model.isWord(score.word()))
                .map(Evaluation.WordScore::word)
                .toList();
        if (!words.isEmpty()) {
            page.text("No " + report.partition() + " clips of " + String.join(", ", words) + " in this corpus: "
                    + (words.size() == 1 ? "it is" : "they are") + " not judged.");
        }
    }

    /** Says which clips were kept from the training, where the model file knows of some. */
    private void trainedWithout() {
        Map<String, String> figures = report.model().provenance().figures();
        for (String whose : List.of("", Provenance.BASE)) {
            String clips = figures.get(whose + Provenance.EXCLUDED_CLIPS);
            if (clips != null) {
                page.text((whose.isEmpty() ? "It" : "The model that it was taught from") + " was trained without "
                        + Counted.of(Long.parseLong(clips), "clip")
                        + " of its corpus, as " + figures.getOrDefault(whose + Provenance.EXCLUDED_BY, "a list")
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
