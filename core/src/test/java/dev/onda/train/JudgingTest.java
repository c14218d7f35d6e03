package dev.onda.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onda.corpus.CorpusException;
import org.junit.jupiter.api.Test;

class JudgingTest {

    @Test
    void warnsOfAnAccuracyThatSaysNextToNothing() {
        assertThat(Judging.caution(2))
                .contains("only 2 clips judge this training, so its accuracy says next to nothing "
                        + "(50 % could as well be 9 or 91 %); add clips of more speakers, or teach the words to a model "
                        + "that there is, from 5 to 20 clips of each");
        assertThat(Judging.caution(1).orElseThrow())
                .startsWith("only 1 clip judges this training, ")
                .contains("(0 % could as well be 0 or 79 %)");
        assertThat(Judging.caution(49)).isPresent();
        assertThat(Judging.caution(50)).isEmpty();
    }

    @Test
    void refusesWhereNothingJudges() throws CorpusException {
        Judging.refuseWithoutClips(1);
        assertThatThrownBy(() -> Judging.refuseWithoutClips(0))
                .isInstanceOf(CorpusException.class)
                .hasMessageStartingWith(
                        "no clip in the validation partition, so nothing could choose the best epoch; add");
    }
}
