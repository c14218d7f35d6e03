package dev.onda.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors against the plain loops: not one bit may differ. */
class PolyphaseLanesTest {

    @ParameterizedTest
    @CsvSource({"16000, 8000", "8000, 16000", "48000, 16000", "12000, 8000", "8000, 12000", "22050, 16000", "1001, 1000"
    })
    void matchesThePlainLoops(int fromHz, int toHz) {
        PolyphaseFilter filter = new PolyphaseFilter(fromHz, toHz);
        for (int extra : new int[] {0, 1, 127, 128, 129, 1021, 9000}) {
            long origin = extra % 7;
            float[] lanes = new float[Math.min(filter.up * 130 + extra, 200_000)];
            float[] plain = new float[lanes.length];
            long first = filter.firstInput(origin);
            long last = filter.firstInput(origin + lanes.length) + filter.taps();
            Span inputs = new Span(noise((int) (last - first)), first);

            int done = new PolyphaseLanes(filter, 1_000).apply(inputs, new Span(lanes, origin));
            PolyphaseDots.apply(filter, inputs, new Span(lanes, origin), done);
            PolyphaseDots.apply(filter, inputs, new Span(plain, origin), 0);

            assertThat(lanes).as("extra %d", extra).isEqualTo(plain);
        }
    }

    @Test
    void leavesShortSoundsToThePlainLoops() {
        PolyphaseFilter filter = new PolyphaseFilter(16000, 8000);

        assertThat(new PolyphaseLanes(filter, 1).apply(new Span(noise(300), 0), new Span(new float[3], 200)))
                .isZero();
    }

    private static float[] noise(int length) {
        Random random = new Random(length);
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = 2 * random.nextFloat() - 1;
        }
        return samples;
    }
}
