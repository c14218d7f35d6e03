package dev.onda.report;

import dev.onda.corpus.StoredClip;
import dev.onda.evaluate.Confusion;
import dev.onda.evaluate.Evaluation;
import dev.onda.evaluate.Speakers;
import dev.onda.evaluate.Suspect;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What a report says of a model's mistakes: what it takes for what, whom it understands worst, which labels it doubts. */
record MistakeSections(ModelReport report, Page page) {

    private static final int PAIRS = 6;
    private static final int EXAMPLES = 3;
    private static final int SUSPECTS = 24;
    private static final double LEAST_SHARE = 0.01;
    /** A model that is right less often makes more mistakes than a corpus has wrong labels. */
    private static final double WEAK = 0.9;

    void confusion() {
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
            page.heading(String.format(
                    Locale.ROOT, "%s taken for %s: %s", pair.said(), pair.heard(), Counted.of(pair.clips(), "clip")));
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

    void speakers() {
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
                Histogram.of(accuracies, 0, 105, 21, 1)
                        .plot("Accuracy of each speaker", "clips recognised (%), from", "speakers"),
                String.format(
                        Locale.ROOT,
                        "Of %s %d had a clip that was mistaken.%s",
                        Counted.of(speakers.size(), "speaker"),
                        speakers.speakers().stream()
                                .filter(s -> s.right() < s.clips())
                                .count(),
                        speakers.tenthPercentile() == 1
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        " One in ten is understood in at most %.0f %% of the clips, the one in the middle in %.0f %%.",
                                        100 * speakers.tenthPercentile(),
                                        100 * speakers.median())));
        page.table(
                "All of them, the one understood worst first",
                List.of("speaker", "clips", "right", "accuracy (%)", "95 % interval (%)"),
                speakers.speakers().stream()
                        .map(s -> List.of(
                                s.name(),
                                Integer.toString(s.clips()),
                                Integer.toString(s.right()),
                                ReportPage.percent(s.accuracy()),
                                ReportPage.interval(s.interval())))
                        .toList());
    }

    void suspects() {
        page.section("suspects", "Labels that the model doubts");
        List<Suspect> doubted = Suspect.of(report.judgement(), SUSPECTS).stream()
                .filter(s -> s.likeliestPosterior() - s.labelPosterior() > LEAST_SHARE)
                .toList();
        if (doubted.isEmpty()) {
            page.text("None: every clip is heard as what it is said to be.");
            return;
        }
        page.text("Listen to them: some are mislabelled or cut off, of the others the model has something to learn.");
        double accuracy = report.judgement().evaluation().accuracy();
        if (accuracy < WEAK) {
            page.text(String.format(
                    Locale.ROOT,
                    "This model is right on %.1f %% of the clips only, so most of these are its own mistakes, not those of the"
                            + " labels; one that is right on 90 %% or more finds more that are wrong.",
                    100 * accuracy));
        }
        page.row();
        for (Suspect s : doubted) {
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
}
