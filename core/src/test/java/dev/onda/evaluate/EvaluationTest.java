package dev.onda.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.onda.model.Model;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationTest {

    /** Said yes 8 times, no 5 times, on never. */
    private static final Evaluation EVALUATION =
            new Evaluation(List.of("yes", "no", "on"), new int[][] {{5, 1, 2}, {2, 3, 0}, {0, 0, 0}}, 0.7);

    /** By z = 1.959963984540054 and (2 hits + z^2 -+ z sqrt(z^2 + 4 hits (1 - hits / n))) / (2 n + 2 z^2). */
    @ParameterizedTest
    @CsvSource({
        "0, 10, 0.0, 0.2775327998628892",
        "5, 10, 0.23659309051256397, 0.7634069094874361",
        "10, 10, 0.7224672001371107, 1.0",
        "1, 1, 0.20654931437723742, 1.0",
        "4670, 6835, 0.6721188873530831, 0.6941712240763999"
    })
    void theIntervalIsWilsons(int hits, int trials, double low, double high) {
        Interval interval = Interval.wilson(hits, trials);
        assertThat(interval.low()).isCloseTo(low, within(1e-12));
        assertThat(interval.high()).isCloseTo(high, within(1e-12));
    }

    @Test
    void everyIntervalHoldsItsShareAndStaysWithinBounds() {
        assertThat(Interval.wilson(0, 0)).isEqualTo(new Interval(0, 1));
        for (int trials = 1; trials <= 60; trials++) {
            for (int hits = 0; hits <= trials; hits++) {
                Interval interval = Interval.wilson(hits, trials);
                double share = hits / (double) trials;
                assertThat(interval.low()).as("%d of %d", hits, trials).isBetween(0.0, share);
                assertThat(interval.high()).as("%d of %d", hits, trials).isBetween(share, 1.0);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, 10", "11, 10", "0, -1", "1, 0"})
    void refusesImpossibleCounts(int hits, int trials) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Interval.wilson(hits, trials))
                .withMessage(hits + " hits among " + trials + " trials");
    }

    @Test
    void countsTheMatrixAndScoresWordByWord() {
        assertThat(EVALUATION.clips()).isEqualTo(13);
        assertThat(EVALUATION.correct()).isEqualTo(8);
        assertThat(EVALUATION.accuracy()).isEqualTo(8 / 13.0);
        assertThat(EVALUATION.interval()).isEqualTo(Interval.wilson(8, 13));
        assertThat(EVALUATION.perWord())
                .containsExactly(
                        new Evaluation.WordScore("yes", 8, 5, Interval.wilson(5, 8)),
                        new Evaluation.WordScore("no", 5, 3, Interval.wilson(3, 5)),
                        new Evaluation.WordScore("on", 0, 0, new Interval(0, 1)));
        assertThat(EVALUATION.perWord())
                .extracting(Evaluation.WordScore::accuracy)
                .containsExactly(0.625, 0.6, 0.0);
    }

    @Test
    void scoresTheWordsAloneWithoutWhatIsNone() {
        Evaluation mixed = new Evaluation(
                List.of("yes", "no", Model.UNKNOWN, Model.SILENCE),
                new int[][] {{5, 1, 2, 0}, {2, 3, 0, 0}, {1, 0, 9, 0}, {0, 0, 0, 7}},
                0.7);
        assertThat(mixed.wordsAlone()).isEqualTo(new Evaluation.WordScore("words", 13, 8, Interval.wilson(8, 13)));
        assertThat(mixed.correct()).isEqualTo(24);
    }

    @Test
    void listsMistakesTheMostFrequentFirstThenByWord() {
        assertThat(EVALUATION.mistakes())
                .containsExactly(
                        new Evaluation.Mistake("yes", "on", 2),
                        new Evaluation.Mistake("no", "yes", 2),
                        new Evaluation.Mistake("yes", "no", 1));
    }

    @Test
    void withoutClipsAllIsZero() {
        Evaluation none = new Evaluation(List.of("yes", "no"), new int[2][2], 0);
        assertThat(none.accuracy()).isZero();
        assertThat(none.interval()).isEqualTo(new Interval(0, 1));
        assertThat(none.mistakes()).isEmpty();
    }
}
