package dev.onda.cli;

import dev.onda.corpus.ArticleSplit;
import dev.onda.corpus.ClipStore;
import dev.onda.corpus.Partition;
import dev.onda.corpus.StoredClip;
import dev.onda.evaluate.Interval;
import dev.onda.model.Model;
import dev.onda.model.ModelFile;
import dev.onda.train.Epoch;
import dev.onda.train.History;
import dev.onda.train.RunFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The article's table beside the one measured here, and what its split is worth. */
final class ArticleTable {

    /**
     * One training's outcome.
     *
     * @param accuracy of the last epoch on its validation clips, in [0, 1]: no epoch was chosen by them
     * @param clips that judged
     * @param epochs that were trained
     * @param seconds an epoch, on average
     */
    private record Figure(double accuracy, int clips, int epochs, double seconds) {

        static Figure of(RunFiles files) throws IOException {
            Map<String, String> figures =
                    ModelFile.read(files.model()).provenance().figures();
            List<Epoch> history = History.read(files.history());
            return new Figure(
                    history.getLast().validationAccuracy(),
                    Integer.parseInt(figures.getOrDefault("validationClips", "0")),
                    history.size(),
                    history.stream().mapToDouble(Epoch::seconds).average().orElse(0));
        }

        Interval interval() {
            return Interval.wilson((int) Math.round(accuracy * clips), clips);
        }
    }

    /** How the judging clips of a split are known already. */
    private record Leak(int clips, int knownVoices, int knownCopies) {

        static Leak of(ClipStore split, List<String> words) {
            Set<String> voices = new HashSet<>();
            Set<String> recordings = new HashSet<>();
            for (int clip : split.in(Partition.TRAINING)) {
                if (words.contains(split.clip(clip).word())) {
                    voices.add(split.clip(clip).speaker());
                    recordings.add(original(split.clip(clip)));
                }
            }
            voices.remove("");
            int[] judging = Arrays.stream(split.in(Partition.VALIDATION))
                    .filter(clip -> words.contains(split.clip(clip).word()))
                    .toArray();
            int known = 0;
            int copies = 0;
            for (int clip : judging) {
                known += voices.contains(split.clip(clip).speaker()) ? 1 : 0;
                copies += recordings.contains(original(split.clip(clip))) ? 1 : 0;
            }
            return new Leak(judging.length, known, copies);
        }

        private static String original(StoredClip clip) {
            return clip.path().replace(ArticleSplit.NOISY_SUFFIX, "");
        }
    }

    private record Row(ArticleModel model, Figure own, Figure apart) {}

    private final List<Row> rows = new ArrayList<>();
    private int words;
    private Leak leak = new Leak(0, 0, 0);

    /** Takes in a split as the last row has it. */
    void leaks(ClipStore split, List<String> used) {
        leak = Leak.of(split, used);
    }

    void add(ArticleModel model, RunFiles own, RunFiles apart) throws IOException {
        rows.add(new Row(model, Figure.of(own), Figure.of(apart)));
        words = (int) ModelFile.read(apart.model()).words().stream()
                .filter(Model::isWord)
                .count();
    }

    /** Markdown. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%n| model | the article, 30 words | its split, %d words | speakers apart, %d words | epochs | s an epoch | its GPU |%n"
                        + "|---|---|---|---|---|---|---|%n",
                words,
                words));
        for (Row row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.2f %% | %s | %s | %d | %.1f | %d |%n",
                    row.model().title(),
                    row.model().percent(),
                    percent(row.own()),
                    percent(row.apart()),
                    row.apart().epochs(),
                    row.apart().seconds(),
                    row.model().seconds()));
        }
        Row last = rows.getLast();
        text.append(String.format(
                Locale.ROOT,
                "%nAccuracies are those of the last epoch, so no clip that judges chose it. What the split is worth: the "
                        + "article's last network is right on %.1f %% of the clips that its own split "
                        + "keeps to judge by, and on %.1f %% of the clips of speakers that it has never heard: %.1f points. "
                        + "In its split %.1f %% of the judging clips have a speaker who is also learned from, and of %.1f %% "
                        + "the same recording, with or without noise, is learned from.%n",
                100 * last.own().accuracy(),
                100 * last.apart().accuracy(),
                100 * (last.own().accuracy() - last.apart().accuracy()),
                100.0 * leak.knownVoices() / leak.clips(),
                100.0 * leak.knownCopies() / leak.clips()));
        return text.toString();
    }

    private static String percent(Figure figure) {
        Interval interval = figure.interval();
        return String.format(
                Locale.ROOT,
                "%.2f %% (%.1f to %.1f)",
                100 * figure.accuracy(),
                100 * interval.low(),
                100 * interval.high());
    }
}
