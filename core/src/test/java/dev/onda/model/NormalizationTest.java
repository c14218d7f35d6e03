package dev.onda.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

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
