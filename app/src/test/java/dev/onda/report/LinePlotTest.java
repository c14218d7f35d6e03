package dev.onda.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinePlotTest {

    @ParameterizedTest
    @CsvSource({
        "0.005, 0.001, 0.001",
        "0.005, 0, 0",
        "0.0001, 0.00002, 0.00002",
        "3, 0.5, 0.5",
        "16000, 2000, '2,000'",
        "0, 0, 0"
    })
    void writesNumbersAsPeopleDo(double largest, double number, String written) {
        DecimalFormat format =
                new DecimalFormat(LinePlot.pattern(largest), DecimalFormatSymbols.getInstance(Locale.ROOT));
        assertThat(format.format(number)).isEqualTo(written);
    }

    @Test
    void thereIsNoHalfAnEpoch() {
        assertThat(plot(1, 2, 3, 4).xPattern()).isEqualTo("#,##0");
        assertThat(plot(1, 2.5, 4).xPattern()).isEqualTo("#,##0.###");
    }

    private static LinePlot plot(double... x) {
        return new LinePlot(
                "title",
                Axis.of("x"),
                Axis.of("y"),
                List.of(new LinePlot.Line("line", x, new double[x.length], LinePlot.Style.PLAIN)));
    }
}
