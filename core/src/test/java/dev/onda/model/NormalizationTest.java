package dev.onda.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NormalizationTest {

    private static float[] wave() {
        float[] x = new float[102];
        for (int i = 1; i <= 100; i++) {
            x[i] = 0.1f + (i % 2 == 0 ? 0.05f : -0.05f);
        }
        return x;
    }

    @Test
    void peakMakesTheLargestMagnitudeOne() {
        float[] x = wave();
        Normalization.PEAK.apply(x, 1, 100);
        assertThat(x[2]).isCloseTo(1, within(1e-6f));
        assertThat(x[1]).isCloseTo(1 / 3f, within(1e-6f));
        assertThat(x[0]).isZero();
        assertThat(x[101]).isZero();
    }

    @Test
    void levelMakesMeanZeroAndDeviationOne() {
        float[] x = wave();
        Normalization.LEVEL.apply(x, 1, 100);
        assertThat(x[1]).isCloseTo(-1, within(1e-5f));
        assertThat(x[2]).isCloseTo(1, within(1e-5f));
        assertThat(x[101]).isZero();
    }

    /** The slow, obvious twin: one sum, one element at a time. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 127, 128, 129, 255, 257, 1021, 8_000})
    void levelIsThatOfPlainSums(int n) {
        int at = 5;
        SplittableRandom random = new SplittableRandom(n);
        float[] x = new float[at + n + 3];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (0.2 + 0.1 * random.nextGaussian());
        }
        double mean = 0;
        double squares = 0;
        for (int i = at; i < at + n; i++) {
            mean += x[i] / (double) n;
        }
        for (int i = at; i < at + n; i++) {
            squares += (x[i] - mean) * (x[i] - mean);
        }
        double size = Math.max(1e-3, Math.sqrt(squares / n));
        float[] y = x.clone();
        Normalization.LEVEL.apply(y, at, n);
        for (int i = 0; i < x.length; i++) {
            boolean inside = i >= at && i < at + n;
            assertThat(y[i])
                    .as("sample %d", i)
                    .isCloseTo((float) (inside ? (x[i] - mean) / size : x[i]), within(2e-5f));
        }
    }

    /** Interpreted at first, then compiled: fixed lanes give one order of additions. */
    @Test
    void givesTheSameBitsBeforeAndAfterItIsCompiled() {
        SplittableRandom random = new SplittableRandom(1);
        float[] clip = new float[8_000];
        for (int i = 0; i < clip.length; i++) {
            clip[i] = (float) (0.1 * random.nextGaussian());
        }
        float[] first = clip.clone();
        Normalization.LEVEL.apply(first, 0, first.length);
        float[] again = clip;
        for (int round = 0; round < 2_000; round++) {
            again = clip.clone();
            Normalization.LEVEL.apply(again, 0, again.length);
        }
        assertThat(again).isEqualTo(first);
    }

    @Test
    void theGainOfAClipDoesNotMatter() {
        for (Normalization normalization : new Normalization[] {Normalization.PEAK, Normalization.LEVEL}) {
            float[] loud = wave();
            float[] soft = wave();
            for (int i = 0; i < soft.length; i++) {
                soft[i] *= 0.25f;
            }
            normalization.apply(loud, 0, loud.length);
            normalization.apply(soft, 0, soft.length);
            assertThat(soft).containsExactly(loud);
        }
    }

    @Test
    void silenceStaysSilence() {
        for (Normalization normalization : Normalization.values()) {
            float[] x = {1e-6f, -1e-6f, 1e-6f, -1e-6f};
            normalization.apply(x, 0, x.length);
            assertThat(x[0]).isCloseTo(0, within(2e-3f));
        }
    }

    @Test
    void everyOneIsFoundByItsLabel() {
        for (Normalization normalization : Normalization.values()) {
            assertThat(Normalization.labelled(normalization.label())).contains(normalization);
        }
        assertThat(Normalization.labelled("loud")).isEmpty();
    }
}
