package dev.onda.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TableTest {

    private static final Case TRAINING = Case.named("m5-training").orElseThrow();

    private static Row.Measured measured(double others) {
        Difference d = new Difference(1e-3, 2e-5);
        Agreement agreement = new Agreement(d, Optional.of(new Agreement.OfStep(d, new Difference(1, 4e-4), d)));
        Result result =
                new Result(agreement, List.of(new Pair(3, 1, 1.9), new Pair(8, 2, 1.1), new Pair(2.5, 0.5, 2)), others);
        return new Row.Measured(TRAINING, Peer.LIBTORCH, 2, result);
    }

    @Test
    void aLineTellsBothTimesTheRatioAndTheDifferences() {
        assertThat(Table.line(measured(0)).trim().split(" {2,}"))
                .containsExactly(
                        "m5-training",
                        "libtorch",
                        "2",
                        "1.90",
                        "3.000",
                        "1.000",
                        "4.00 [3.00..5.00]",
                        "2.0e-05",
                        "4.0e-04");
    }

    @Test
    void aDisturbedLineIsMarked() {
        assertThat(Table.line(measured(0.2))).contains("4.00 [3.00..5.00] !");
        assertThat(Table.footing(List.of(measured(0.2)))).contains("at worst 20 %");
        assertThat(Table.footing(List.of(measured(0)))).doesNotContain("!");
    }

    @Test
    void whatIsMissingHasItsReason() {
        assertThat(Table.line(new Row.Missing(TRAINING, Peer.ONNXRUNTIME, "it does not train")))
                .isEqualToIgnoringNewLines("m5-training       onnxruntime    not measured: it does not train");
    }

    @Test
    void aReasonIsTheInnermostException() {
        List<String> log = List.of(
                "Exception in thread \"main\" java.lang.ExceptionInInitializerError",
                "\tat x.Y.z(Y.java:1)",
                "Caused by: java.lang.IllegalStateException: no memory");
        assertThat(Arena.reason(log, 1)).isEqualTo("no memory");
        assertThat(Arena.reason(List.of("something"), 139)).isEqualTo("its process ended with status 139");
    }
}
