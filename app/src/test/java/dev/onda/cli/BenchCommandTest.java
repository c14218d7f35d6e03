package dev.onda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code onda bench}, as a user types it; how fast anything is does not matter here. */
class BenchCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int bench(String... more) {
        String[] args = new String[1 + more.length];
        args[0] = "bench";
        System.arraycopy(more, 0, args, 1, more.length);
        return new Main(new PrintWriter(out), new PrintWriter(err)).execute(args);
    }

    @Test
    void aTableForPeople() {
        assertThat(bench("--network", "m5", "--batch", "3", "--threads", "2", "--seconds", "0.01"))
                .as("%s", err)
                .isZero();
        assertThat(err.toString())
                .startsWith("onda: measuring m5, threads: 2; at most about ")
                .endsWith(" s\n");
        assertThat(out.toString())
                .contains("(threads: 1), ", "(threads: 2)\n", "more than 100 % is possible")
                .containsPattern("m5       train          3        2 ")
                .containsPattern("m5       recognize      1        1 ")
                .containsPattern("m5       recognize      3        2 ");
    }

    @Test
    void nothingButJsonForPrograms() {
        assertThat(bench("--json", "--network", "m5", "--network", "m5", "--batch=2", "--threads=1", "--seconds=0.01"))
                .as("%s", err)
                .isZero();
        JsonNode rows = JsonMapper.shared().readTree(out.toString());
        assertThat(rows.size()).isEqualTo(3);
        for (JsonNode row : rows) {
            assertThat(row.get("network").asString()).isEqualTo("m5");
            assertThat(row.get("work").asString()).isIn("train", "recognize");
            assertThat(row.get("threads").asInt()).isEqualTo(1);
            assertThat(row.get("batch").asInt()).isBetween(1, 2);
            assertThat(row.get("clipsPerSecond").asDouble()).isPositive();
            assertThat(row.get("millisecondsPerClip").asDouble()).isPositive();
            assertThat(row.get("shareOfPeak").asDouble()).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--network|m6|--network m6: no such network; there are article-single, ",
                "--batch|0|a batch holds 1 to 1,024 clips here, not 0",
                "--batch|1025|a batch holds 1 to 1,024 clips here, not 1025",
                "--threads|0|1 to 256 threads can be measured, not 0",
                "--threads|257|1 to 256 threads can be measured, not 257",
                "--seconds|0|a measurement lasts more than 0 and at most 60 seconds, not 0.0",
                "--seconds|NaN|a measurement lasts more than 0 and at most 60 seconds, not NaN",
                "--seconds|61|a measurement lasts more than 0 and at most 60 seconds, not 61.0",
                "--seconds|soon|--seconds"
            })
    void refusesWhatCannotBeMeasured(String option, String value, String reason) {
        assertThat(bench(option, value)).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("onda: ")
                .contains(reason);
    }
}
