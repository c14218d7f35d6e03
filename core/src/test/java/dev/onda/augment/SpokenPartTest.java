package dev.onda.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpokenPartTest {

    private static final int RATE_HZ = 16_000;
    private static final int FRAME = 160;

    /** A second of noise with louder noise in stretches, each from, to (seconds) and amplitude. */
    private static float[] clip(double noise, double... stretches) {
        SplittableRandom random = new SplittableRandom(3);
        float[] x = new float[RATE_HZ];
        for (int t = 0; t < x.length; t++) {
            double amplitude = noise;
            for (int i = 0; i < stretches.length; i += 3) {
                if (t >= stretches[i] * RATE_HZ && t < stretches[i + 1] * RATE_HZ) {
                    amplitude = stretches[i + 2];
                }
            }
            x[t] = (float) (amplitude * random.nextGaussian());
        }
        return x;
    }

    private static void assertPart(float[] clip, double from, double to) {
        SpokenPart part = SpokenPart.of(clip, RATE_HZ);
        assertThat(part.from() / (double) FRAME).isCloseTo(100 * from, within(1.0));
        assertThat(part.to() / (double) FRAME).isCloseTo(100 * to, within(1.0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-5, 1e-3, 1e-2})
    void isWhatIsLouderThanTheBackground(double noise) {
        assertPart(clip(noise, 0.3, 0.62, 0.3), 0.3, 0.62);
    }

    @Test
    void takesInGapsAndWhatIsUpTo25DecibelsSofter() {
        assertPart(clip(1e-4, 0.2, 0.3, 0.3, 0.5, 0.6, 0.3), 0.2, 0.6);
        assertPart(clip(1e-4, 0.2, 0.3, 0.3, 0.3, 0.6, 0.03), 0.2, 0.6);
        assertPart(clip(1e-4, 0.2, 0.3, 0.3, 0.3, 0.6, 0.005), 0.2, 0.3);
    }

    @Test
    void findsSomethingInAnySound() {
        assertThat(SpokenPart.of(clip(0.1), RATE_HZ)).isEqualTo(new SpokenPart(0, RATE_HZ));
        assertThat(SpokenPart.of(new float[RATE_HZ], RATE_HZ)).isEqualTo(new SpokenPart(0, RATE_HZ));
        assertThat(SpokenPart.of(new float[] {0, 1, 0}, RATE_HZ)).isEqualTo(new SpokenPart(0, 3));
    }
}
