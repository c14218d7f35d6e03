package dev.onda.evaluate;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Precision, recall and F1 of each class, and their means.
 *
 * @param words in the model's order, its classes that are no words included
 */
public record WordScores(List<Score> words) {

    /**
     * One class's figures. A share of nothing is 0.
     *
     * @param clips how many are of it (its support)
     * @param heard how many were taken for it
     * @param right how many are both
     */
    public record Score(String word, int clips, int heard, int right) {

        /** Share of what was taken for it that was it. */
        public double precision() {
            return share(right, heard);
        }

        /** Share of its clips that were recognised. */
        public double recall() {
            return share(right, clips);
        }

        /** The harmonic mean of precision and recall. */
        public double f1() {
            return share(2.0 * right, clips + heard);
        }

        private static double share(double some, int all) {
            return all == 0 ? 0 : some / all;
        }
    }

    /** Copies the list. */
    public WordScores {
        words = List.copyOf(words);
    }

    /** The scores behind a confusion matrix. */
    public static WordScores of(Evaluation evaluation) {
        int[][] confusion = evaluation.confusion();
        return new WordScores(IntStream.range(0, confusion.length)
                .mapToObj(w -> new Score(
                        evaluation.words().get(w),
                        IntStream.of(confusion[w]).sum(),
                        IntStream.range(0, confusion.length)
                                .map(said -> confusion[said][w])
                                .sum(),
                        confusion[w][w]))
                .toList());
    }

    /** Mean precision of the classes that have clips, each counting the same; 0 if none has. */
    public double macroPrecision() {
        return mean(Score::precision);
    }

    /** Mean recall, likewise. */
    public double macroRecall() {
        return mean(Score::recall);
    }

    /** Mean F1, likewise: the mean of the F1 scores, not the F1 of the means (Opitz and Burst 2019). */
    public double macroF1() {
        return mean(Score::f1);
    }

    private double mean(ToDoubleFunction<Score> figure) {
        return words.stream()
                .filter(score -> score.clips() > 0)
                .mapToDouble(figure)
                .average()
                .orElse(0);
    }
}
