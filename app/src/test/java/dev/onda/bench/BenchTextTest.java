package dev.onda.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchTextTest {

    private static final BenchReport REPORT = new BenchReport(
            List.of(new Peak(1, 268.4e9), new Peak(2, 531e9)),
            List.of(
                    new BenchRow("a-long-name", Work.TRAIN, 32, 2, 1_234.5, 0.1234),
                    new BenchRow("m5", Work.RECOGNIZE, 1, 1, 8_000, 1.5)));

    @Test
    void theTableHasALineARow() {
        assertThat(BenchText.table(REPORT, "vector (512 bit)").lines())
                .startsWith(
                        "random clips of one second, 30 words; kernels: vector (512 bit)",
                        "peak: 268 GFLOP/s (threads: 1), 531 GFLOP/s (threads: 2)",
                        "",
                        "network      work       batch  threads    clips/s   ms/clip   of peak",
                        "a-long-name  train         32        2      1,235     0.810    12.3 %",
                        "m5           recognize      1        1      8,000     0.125   150.0 %",
                        "")
                .anyMatch(line -> line.endsWith("so more than 100 % is possible."));
    }

    @Test
    void jsonIsAnArrayOfRows() {
        JsonNode rows = JsonMapper.shared().readTree(BenchText.json(REPORT.rows()));
        assertThat(rows.isArray()).isTrue();
        assertThat(rows.size()).isEqualTo(2);
        assertThat(rows.get(0).propertyNames())
                .containsExactly(
                        "network", "work", "batch", "threads", "clipsPerSecond", "millisecondsPerClip", "shareOfPeak");
        assertThat(rows.get(0).get("work").asString()).isEqualTo("train");
        assertThat(rows.get(1).get("network").asString()).isEqualTo("m5");
        assertThat(rows.get(1).get("work").asString()).isEqualTo("recognize");
        assertThat(rows.get(1).get("batch").asInt()).isEqualTo(1);
        assertThat(rows.get(1).get("threads").asInt()).isEqualTo(1);
        assertThat(rows.get(1).get("clipsPerSecond").asDouble()).isEqualTo(8_000);
        assertThat(rows.get(1).get("millisecondsPerClip").asDouble()).isEqualTo(0.125);
        assertThat(rows.get(1).get("shareOfPeak").asDouble()).isEqualTo(1.5);
    }
}
