package dev.onda.cli;

import dev.onda.corpus.LeftOut;
import dev.onda.evaluate.Evaluation;
import dev.onda.evaluate.Interval;
import dev.onda.report.Counted;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An {@link Evaluation} for people and for programs. */
final class EvaluationText {

    private static final int MISTAKES_SHOWN = 10;

    private EvaluationText() {}

    /**
     * The figures, then a line a word, then the confusion matrix and the most frequent mistakes. What was said goes down,
     * what was heard goes across; words that nobody said have no line.
     */
    static String table(Evaluation evaluation, String partition, Optional<LeftOut> leftOut) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s: %,d of %,d clips right: accuracy %s%n",
                partition,
                evaluation.correct(),
                evaluation.clips(),
                Figures.accuracy(evaluation.accuracy(), evaluation.interval())));
        Evaluation.WordScore words = evaluation.wordsAlone();
        if (words.clips() > 0 && words.clips() < evaluation.clips()) {
            text.append(String.format(
                    Locale.ROOT,
                    "of the words alone %,d of %,d: accuracy %s%n",
                    words.correct(),
                    words.clips(),
                    Figures.accuracy(words.accuracy(), words.interval())));
        }
        leftOut.filter(l -> l.all() > 0).ifPresent(l -> text.append(l.said()).append(System.lineSeparator()));
        text.append(System.lineSeparator());
        int width = Math.max(
                4, evaluation.words().stream().mapToInt(String::length).max().orElse(0));
        text.append(String.format(Locale.ROOT, "%-" + width + "s  clips  right  accuracy  95 %% interval%n", "word"));
        for (Evaluation.WordScore w : there(evaluation.perWord())) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-" + width + "s  %5d  %5d  %6.1f %%  %5.1f to %5.1f %%%n",
                    w.word(),
                    w.clips(),
                    w.correct(),
                    100 * w.accuracy(),
                    100 * w.interval().low(),
                    100 * w.interval().high()));
        }
        for (Evaluation.FalseAccepts f :
                evaluation.falseAccepts().stream().filter(f -> f.clips() > 0).toList()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%ntaken for a word: %,d of %s of %s (95 %% interval %.1f to %.1f %%)",
                    f.accepted(),
                    Counted.of(f.clips(), "clip"),
                    f.said(),
                    100 * f.interval().low(),
                    100 * f.interval().high()));
        }
        text.append(evaluation.falseAccepts().isEmpty() ? "" : System.lineSeparator());
        confusion(evaluation, width, text);
        List<Evaluation.Mistake> mistakes = evaluation.mistakes();
        if (!mistakes.isEmpty()) {
            text.append(String.format("%nmost frequent mistakes (said, heard, clips):%n"));
            for (Evaluation.Mistake m : mistakes.stream().limit(MISTAKES_SHOWN).toList()) {
                text.append(String.format(Locale.ROOT, "  %s, %s, %d%n", m.said(), m.heard(), m.clips()));
            }
        }
        return text.toString();
    }

    /** The words that were said at all. */
    private static List<Evaluation.WordScore> there(List<Evaluation.WordScore> words) {
        return words.stream().filter(w -> w.clips() > 0).toList();
    }

    private static void confusion(Evaluation evaluation, int width, StringBuilder text) {
        text.append(String.format("%nconfusion (said down, heard across):%n%-" + width + "s ", ""));
        List<String> words = evaluation.words();
        for (String word : words) {
            text.append(String.format(Locale.ROOT, " %5.5s", word));
        }
        text.append(System.lineSeparator());
        for (int said = 0; said < words.size(); said++) {
            if (Arrays.stream(evaluation.confusion()[said]).sum() == 0) {
                continue;
            }
            text.append(String.format(Locale.ROOT, "%-" + width + "s ", words.get(said)));
            for (int clips : evaluation.confusion()[said]) {
                text.append(clips == 0 ? "     ." : String.format(Locale.ROOT, " %5d", clips));
            }
            text.append(System.lineSeparator());
        }
    }

    /** One object: partition, clips, skipped, excluded, correct, accuracy, interval, loss, wordsAlone, perWord, falseAccepts, words, confusion. */
    static String json(Evaluation evaluation, String partition, int skipped, Optional<LeftOut> leftOut) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("partition", partition);
        root.put("clips", evaluation.clips());
        root.put("skipped", skipped);
        root.put("excluded", leftOut.map(LeftOut::all).orElse(0));
        root.put("correct", evaluation.correct());
        root.put("accuracy", evaluation.accuracy());
        interval(root, evaluation.interval());
        root.put("loss", evaluation.loss());
        Evaluation.WordScore alone = evaluation.wordsAlone();
        ObjectNode wordsAlone = root.putObject("wordsAlone")
                .put("clips", alone.clips())
                .put("correct", alone.correct())
                .put("accuracy", alone.accuracy());
        interval(wordsAlone, alone.interval());
        ArrayNode perWord = root.putArray("perWord");
        for (Evaluation.WordScore w : evaluation.perWord()) {
            ObjectNode word = perWord.addObject()
                    .put("word", w.word())
                    .put("clips", w.clips())
                    .put("correct", w.correct())
                    .put("accuracy", w.accuracy());
            interval(word, w.interval());
        }
        ArrayNode falseAccepts = root.putArray("falseAccepts");
        for (Evaluation.FalseAccepts f : evaluation.falseAccepts()) {
            ObjectNode kind = falseAccepts
                    .addObject()
                    .put("said", f.said())
                    .put("clips", f.clips())
                    .put("accepted", f.accepted());
            interval(kind, f.interval());
        }
        ArrayNode words = root.putArray("words");
        evaluation.words().forEach(words::add);
        ArrayNode confusion = root.putArray("confusion");
        for (int[] row : evaluation.confusion()) {
            ArrayNode counts = confusion.addArray();
            for (int count : row) {
                counts.add(count);
            }
        }
        return root.toString();
    }

    private static void interval(ObjectNode node, Interval interval) {
        node.putArray("interval").add(interval.low()).add(interval.high());
    }
}
