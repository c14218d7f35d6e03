package dev.onda.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class SoftmaxCrossEntropyTest {

    private static final SoftmaxCrossEntropy PLAIN = new SoftmaxCrossEntropy(0);

    @Test
    void equalLogitsLoseTheLogarithmOfTheClasses() {
        for (float logit : new float[] {0, 1, -1e30f, 1e30f, Float.MAX_VALUE}) {
            float[] gradient = new float[4];
            double loss = PLAIN.loss(new float[] {logit, logit, logit, logit}, new int[] {2}, 1, 4, gradient);
            assertThat(loss).as("logits " + logit).isCloseTo(Math.log(4), within(1e-6 * Math.max(1, Math.abs(logit))));
            assertThat(gradient).containsExactly(0.25f, 0.25f, -0.75f, 0.25f);
        }
    }

    @Test
    void extremeLogitsStayFinite() {
        float[] logits = {1e30f, -1e30f, 0};
        float[] gradient = new float[3];
        assertThat(PLAIN.loss(logits, new int[] {0}, 1, 3, gradient)).isZero();
        assertThat(gradient).containsOnly(0f);
        assertThat(PLAIN.loss(logits, new int[] {1}, 1, 3, gradient)).isCloseTo(2e30, within(1e24));
        assertThat(gradient).containsExactly(1, -1, 0);
        assertThat(new SoftmaxCrossEntropy(0.3).loss(logits, new int[] {0}, 1, 3, gradient))
                .isCloseTo(3e29, within(1e24));
        assertThat(gradient[0]).isCloseTo(0.2f, within(1e-6f));
        assertThat(gradient[1]).isCloseTo(-0.1f, within(1e-6f));
    }

    @Test
    void notANumberIsNotHidden() {
        float[] gradient = new float[3];
        assertThat(PLAIN.loss(new float[] {0, Float.NaN, 1}, new int[] {0}, 1, 3, gradient))
                .isNaN();
        assertThat(gradient).containsOnly(Float.NaN);
    }

    @Test
    void gradientsOfAClipSumToZeroAndOthersStay() {
        float[] gradient = {9, 9, 9, 9, 9, 9, 9};
        new SoftmaxCrossEntropy(0.1).loss(new float[] {1, 2, 3, -1, 0, 7}, new int[] {1, 2, 9}, 2, 3, gradient);
        assertThat(gradient[0] + gradient[1] + gradient[2]).isCloseTo(0, within(1e-7f));
        assertThat(gradient[3] + gradient[4] + gradient[5]).isCloseTo(0, within(1e-7f));
        assertThat(gradient[6]).isEqualTo(9);
    }

    @Test
    void softmaxGivesProbabilitiesFromAnyPlace() {
        double[] p = new double[2];
        double logSum = SoftmaxCrossEntropy.softmax(new float[] {50, 0, (float) Math.log(3)}, 1, p);
        assertThat(p[0]).isCloseTo(0.25, within(1e-7));
        assertThat(p[1]).isCloseTo(0.75, within(1e-7));
        assertThat(logSum).isCloseTo(Math.log(4), within(1e-7));
    }

    @Test
    void refusesATargetThatIsNoClass() {
        for (int target : new int[] {-1, 3}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PLAIN.loss(new float[6], new int[] {0, target}, 2, 3, new float[6]))
                    .withMessage("the target of clip 1 is " + target + ", not one of 3 classes");
        }
    }

    @Test
    void refusesASmoothingOutOfRange() {
        for (double smoothing : new double[] {-0.1, 1, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SoftmaxCrossEntropy(smoothing))
                    .withMessage("label smoothing is in [0, 1), not " + smoothing);
        }
    }
}
