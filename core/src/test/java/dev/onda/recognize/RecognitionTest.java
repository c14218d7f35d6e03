package dev.onda.recognize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.onda.recognize.Recognition.Guess;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecognitionTest {

    private static final List<Guess> RANKING = List.of(new Guess("yes", 0.7), new Guess("_silence_", 0.3));

    @Test
    void aWordIsBelievedFromTheThresholdOn() {
        assertThat(Recognition.of(RANKING, 0.7)).isEqualTo(new Recognition("yes", 0.7, RANKING));
        assertThat(Recognition.of(RANKING, 0.71)).isEqualTo(new Recognition("_unknown_", 0.7, RANKING));
    }

    @Test
    void silenceNeedsNoThreshold() {
        List<Guess> quiet = List.of(new Guess("_silence_", 0.4), new Guess("yes", 0.35));
        assertThat(Recognition.of(quiet, 0.9).word()).isEqualTo("_silence_");
    }

    @Test
    void refusesAnEmptyRanking() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Recognition("yes", 1, List.of()))
                .withMessage("a ranking has at least one word");
    }
}
