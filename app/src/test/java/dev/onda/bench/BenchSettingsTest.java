package dev.onda.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.onda.model.Architecture;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchSettingsTest {

    private static final Architecture M5 = Architecture.named("m5").orElseThrow();

    /** So many networks of different names. */
    private static List<Architecture> networks(int count) {
        List<Architecture> networks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            networks.add(new Architecture("n" + i, "a test", "default", 8_000, M5.initialization(), M5.layers()));
        }
        return networks;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 10})
    void theUsualTimeIsUnderHalfAMinuteHoweverManyNetworksThereAre(int count) {
        BenchSettings settings = BenchSettings.of(networks(count), 32, 2);
        assertThat(settings.secondsAtMost()).isLessThan(30);
        assertThat(settings.seconds()).isBetween(0.05, 0.5);
        assertThat(settings.measurements()).isEqualTo(2 + 3 * count);
    }

    @Test
    void measuresTrainingThenOneClipThenMany() {
        BenchSettings settings = new BenchSettings(List.of(M5, M5), 32, 4, 1);
        assertThat(settings.jobs())
                .containsExactly(
                        new BenchSettings.Job(M5, Work.TRAIN, 32, 4),
                        new BenchSettings.Job(M5, Work.RECOGNIZE, 1, 1),
                        new BenchSettings.Job(M5, Work.RECOGNIZE, 32, 4));
        assertThat(settings.peaks()).containsExactly(1, 4);
    }

    @Test
    void measuresNothingTwice() {
        BenchSettings settings = new BenchSettings(List.of(M5), 1, 1, 1);
        assertThat(settings.jobs())
                .containsExactly(
                        new BenchSettings.Job(M5, Work.TRAIN, 1, 1), new BenchSettings.Job(M5, Work.RECOGNIZE, 1, 1));
        assertThat(settings.peaks()).containsExactly(1);
    }

    @Test
    void refusesToMeasureNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BenchSettings(List.of(), 1, 1, 1))
                .withMessage("at least 1 network is measured, not 0");
    }
}
