package dev.onda.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class DifferenceTest {

    @Test
    void isRelativeToTheSecond() {
        Difference d = Difference.of(new float[] {3, 4.5f}, new float[] {3, 4});
        assertThat(d.absolute()).isEqualTo(0.5);
        assertThat(d.relative()).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void noNumberIsNeverClose() {
        assertThat(Difference.of(new float[] {Float.NaN, 1}, new float[] {1, 1}).isWithin(1e9))
                .isFalse();
        assertThat(Difference.of(new float[] {1}, new float[] {0}).isWithin(1e9))
                .isFalse();
    }

    @Test
    void equalArraysAreClose() {
        assertThat(Difference.of(new float[2], new float[2]).isWithin(0)).isTrue();
    }

    @Test
    void refusesOtherLengths() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Difference.of(new float[2], new float[3]))
                .withMessage("2 numbers cannot be compared with 3");
    }
}
