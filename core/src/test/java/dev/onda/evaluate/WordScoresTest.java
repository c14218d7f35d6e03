package dev.onda.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.onda.evaluate.WordScores.Score;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordScoresTest {

    /** Said yes 8 times, no 5 times, on never; heard yes 7 times, no 4 times, on 2 times. */
    private final WordScores scores = WordScores.of(new Evaluation(
            List.of("yes", "no", "on"), new int[][] {{5, 1, 2}, {2, 3, 0}, {0, 0, 0}}, 0.7));

    @Test
    void countsRowsAndColumns() {
        assertThat(scores.words())
                .containsExactly(new Score("yes", 8, 7, 5), new Score("no", 5, 4, 3), new Score("on", 0, 2, 0));
    }

    @Test
    void dividesAsTheDefinitionsSay() {
        assertThat(scores.words()).extracting(Score::precision).containsExactly(5 / 7.0, 3 / 4.0, 0.0);
        assertThat(scores.words()).extracting(Score::recall).containsExactly(5 / 8.0, 3 / 5.0, 0.0);
        assertThat(scores.words()).extracting(Score::f1).containsExactly(10 / 15.0, 6 / 9.0, 0.0);
        for (Score score : scores.words().subList(0, 2)) {
            double harmonic = 2 / (1 / score.precision() + 1 / score.recall());
            assertThat(score.f1()).isCloseTo(harmonic, within(1e-12));
        }
    }

    @Test
    void meansLeaveOutWhatNobodySaid() {
        assertThat(scores.macroPrecision()).isCloseTo((5 / 7.0 + 3 / 4.0) / 2, within(1e-12));
        assertThat(scores.macroRecall()).isCloseTo((5 / 8.0 + 3 / 5.0) / 2, within(1e-12));
        assertThat(scores.macroF1()).isCloseTo(2 / 3.0, within(1e-12));
    }

    @Test
    void withoutClipsAllIsZero() {
        WordScores none = WordScores.of(new Evaluation(List.of("yes"), new int[1][1], 0));
        assertThat(none.words()).containsExactly(new Score("yes", 0, 0, 0));
        assertThat(none.macroF1()).isZero();
    }
}
