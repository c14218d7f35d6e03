package dev.onda.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackgroundTest {

    /** Every sample tells its own place, so that a partition that heard another's would show. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9, 10, 11, 99, 1_000, 12_345})
    void eachSampleBelongsToOnePartition(int samples) {
        float[] recording = new float[samples];
        for (int i = 0; i < samples; i++) {
            recording[i] = i;
        }
        Background background = new Background(List.of(recording));
        Set<Float> seen = new HashSet<>();
        int count = 0;
        float before = -1;
        for (Partition partition : List.of(Partition.TRAINING, Partition.VALIDATION, Partition.TESTING)) {
            for (float[] part : background.of(partition)) {
                for (float sample : part) {
                    assertThat(sample).isGreaterThan(before);
                    before = sample;
                    seen.add(sample);
                    count++;
                }
            }
        }
        assertThat(seen).hasSize(samples);
        assertThat(count).isEqualTo(samples);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1_000})
    void trainingHasEightTenths(int samples) {
        Background background = new Background(List.of(new float[samples]));
        assertThat(background.of(Partition.TRAINING).getFirst()).hasSize(samples * 8 / 10);
        assertThat(background.of(Partition.VALIDATION).getFirst()).hasSize(samples / 10);
        assertThat(background.of(Partition.TESTING).getFirst()).hasSize(samples / 10);
    }
}
