package dev.onda.recognize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class LoudnessTrackTest {

    private static final int RATE_HZ = 8_000;

    private final LoudnessTrack track = new LoudnessTrack(RATE_HZ);
    private final SplittableRandom random = new SplittableRandom(1);

    private void noise(double seconds, double rms) {
        float[] x = new float[(int) (seconds * RATE_HZ)];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (rms * random.nextGaussian());
        }
        track.push(x, 0, x.length);
    }

    @Test
    void hearsNothingInSteadyNoise() {
        for (double rms : new double[] {0, 1e-5, 0.01, 0.3}) {
            noise(5, rms);
        }
        LoudnessTrack steady = new LoudnessTrack(RATE_HZ);
        for (int i = 0; i < 60; i++) {
            float[] x = new float[RATE_HZ];
            for (int j = 0; j < x.length; j++) {
                x[j] = (float) (0.1 * random.nextGaussian());
            }
            steady.push(x, 0, x.length);
            assertThat(steady.hasSound(1)).as("second " + i).isFalse();
        }
    }

    @Test
    void findsWhereASoundBeginsAndEnds() {
        noise(3, 0.01);
        noise(0.4, 0.1);
        noise(0.3, 0.01);
        assertThat(track.hasSound(0.5)).isTrue();
        assertThat(track.hasSound(0.2)).isFalse();
        assertThat(track.lastStart()).isCloseTo(3, within(0.05));
        assertThat(track.lastEnd()).isCloseTo(3.4, within(0.06));
    }

    @Test
    void takesAShortGapForPartOfTheSound() {
        noise(3, 0.01);
        noise(0.2, 0.1);
        noise(0.08, 0.01);
        noise(0.2, 0.1);
        assertThat(track.lastStart()).isCloseTo(3, within(0.05));
    }

    @Test
    void getsUsedToALouderBackground() {
        noise(3, 0.01);
        noise(1, 0.1);
        assertThat(track.hasSound(0.5)).isTrue();
        noise(4, 0.1);
        assertThat(track.hasSound(0.5)).isFalse();
    }

    @Test
    void theSofterTheQuieterStillIsSilence() {
        noise(3, 1e-7);
        noise(1, 5e-5);
        assertThat(track.hasSound(1)).isFalse();
    }
}
