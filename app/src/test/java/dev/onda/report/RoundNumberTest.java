package dev.onda.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundNumberTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "0.3, 0.2, 0.5",
        "0.02, 0.02, 0.02",
        "7, 5, 10",
        "999, 500, 1000",
        "0.00049, 0.0002, 0.0005",
        "10, 10, 10"
    })
    void liesOnBothSidesOfAnyNumber(double number, double below, double above) {
        assertThat(RoundNumber.atMost(number)).isCloseTo(below, withinATrillionth(below));
        assertThat(RoundNumber.atLeast(number)).isCloseTo(above, withinATrillionth(above));
    }

    private static Offset<Double> withinATrillionth(double number) {
        return Offset.offset(1e-12 * number);
    }

    @Test
    void labelsNothingElse() {
        assertThat(RoundNumber.label(5e-3)).isEqualTo("0.005");
        assertThat(RoundNumber.label(Math.pow(10, -2) * 2)).isEqualTo("0.02");
        assertThat(RoundNumber.label(200)).isEqualTo("200");
        assertThat(RoundNumber.label(3)).isBlank();
        assertThat(RoundNumber.label(0.07)).isBlank();
    }
}
