package dev.onda.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    /** Ten clips without a word, taken for one with posteriors 0.1 to 1.0. */
    private static final double[] OTHERS = {0.3, 0.1, 0.5, 0.9, 0.7, 0.2, 1.0, 0.4, 0.8, 0.6};

    @Test
    void letsThroughTheWantedShare() {
        double[] words = {0.95, 0.75, 0.55, 0.99};
        Calibration third = Calibration.choose(List.of(OTHERS), words, 0.3);
        assertThat(third.threshold()).isCloseTo(0.7, within(1e-9)).isGreaterThan(0.7);
        assertThat(third.falseAccepts()).isEqualTo(0.3);
        assertThat(third.misses()).isEqualTo(0.25);
    }

    @Test
    void aShareBetweenTwoClipsIsRounded() {
        assertThat(Calibration.choose(List.of(OTHERS), new double[] {1}, 0.29).falseAccepts())
                .isEqualTo(0.3);
        assertThat(Calibration.choose(List.of(OTHERS), new double[] {1}, 0.22).falseAccepts())
                .isEqualTo(0.2);
    }

    @Test
    void allMayPassWhereAllAreAllowed() {
        Calibration all = Calibration.choose(List.of(OTHERS), new double[] {0.01}, 1);
        assertThat(all).isEqualTo(new Calibration(0, 1, 0));
    }

    @Test
    void noneMayPassWhereNoneIsAllowed() {
        Calibration none = Calibration.choose(List.of(new double[] {0.2, 0.6}), new double[] {0.5, 0.7}, 0);
        assertThat(none.falseAccepts()).isZero();
        assertThat(none.threshold()).isGreaterThan(0.6).isLessThan(0.61);
        assertThat(none.misses()).isEqualTo(0.5);
    }

    @Test
    void withoutAnyOtherClipEveryWordIsBelieved() {
        assertThat(Calibration.choose(List.of(), new double[] {0.4}, 0.05)).isEqualTo(new Calibration(0, 0, 0));
    }

    @Test
    void easySilenceDoesNotHideWhatUnknownWordsDo() {
        double[] silence = new double[100];
        silence[0] = 0.2;
        Calibration both = Calibration.choose(List.of(OTHERS, silence), new double[] {0.99}, 0.1);
        assertThat(both.threshold()).isCloseTo(0.9, within(1e-9));
        assertThat(both.falseAccepts()).isCloseTo(1 / 110.0, within(1e-12));
    }

    @Test
    void clipsThatWereTakenForNoWordNeedNoThreshold() {
        assertThat(Calibration.choose(List.of(new double[] {0, 0, 0, 0.9}), new double[] {0.4, 0}, 0.25))
                .isEqualTo(new Calibration(0, 0.25, 0.5));
    }
}
