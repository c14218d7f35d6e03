package dev.onda.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onda.model.Architecture;
import dev.onda.nn.Network;
import dev.onda.nn.Shape;
import dev.onda.nn.kernel.Workers;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WorkloadTest {

    private static double operations(Architecture architecture, Work work) {
        try (Workers workers = new Workers(1)) {
            return new Workload(architecture, work, 1, workers).operationsPerClip();
        }
    }

    @Test
    void countsWhatDescribeCounts() {
        for (Architecture architecture : Architecture.all()) {
            Network network =
                    new Network(architecture.layers().apply(Workload.WORDS), new Shape(1, architecture.sampleRateHz()));
            long[] layers = IntStream.range(0, network.layers().size())
                    .mapToLong(network::multiplyAccumulates)
                    .toArray();
            double all = LongStream.of(layers).sum();
            long first =
                    LongStream.of(layers).filter(layer -> layer > 0).findFirst().orElseThrow();
            assertThat(operations(architecture, Work.RECOGNIZE))
                    .as(architecture.name())
                    .isEqualTo(2 * all);
            assertThat(operations(architecture, Work.TRAIN))
                    .as("%s: its first convolution has no gradient towards the clip", architecture.name())
                    .isEqualTo(6 * all - 2 * first);
        }
    }
}
