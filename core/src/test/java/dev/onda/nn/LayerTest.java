package dev.onda.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.onda.nn.kernel.Activation;
import dev.onda.nn.kernel.ConvShape;
import dev.onda.nn.kernel.Kernels;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class LayerTest {

    private static Layer.Conv1d conv(int kernel, int stride, int dilation, Padding padding) {
        return new Layer.Conv1d("c", 4, kernel, stride, dilation, 1, padding);
    }

    private static void assertRefused(String message, ThrowingCallable making) {
        assertThatIllegalArgumentException().isThrownBy(making).withMessage(message);
    }

    @Test
    void validPaddingCountsWholeWindows() {
        assertThat(conv(3, 1, 1, Padding.VALID).output(new Shape(2, 10))).isEqualTo(new Shape(4, 8));
        assertThat(conv(3, 2, 1, Padding.VALID).output(new Shape(2, 10))).isEqualTo(new Shape(4, 4));
        assertThat(conv(3, 2, 4, Padding.VALID).output(new Shape(2, 10))).isEqualTo(new Shape(4, 1));
        assertThat(conv(10, 7, 1, Padding.VALID).output(new Shape(2, 10))).isEqualTo(new Shape(4, 1));
    }

    @Test
    void samePaddingKeepsTheLengthOverTheStride() {
        for (int time = 1; time <= 40; time++) {
            for (int kernel = 1; kernel <= 12; kernel++) {
                for (int stride = 1; stride <= 5; stride++) {
                    for (int dilation = 1; dilation <= 3; dilation++) {
                        ConvShape shape =
                                conv(kernel, stride, dilation, Padding.SAME).shape(new Shape(2, time));
                        assertThat(shape.outLength()).as(shape.toString()).isEqualTo((time + stride - 1) / stride);
                        assertThat(shape.padRight() - shape.padLeft())
                                .as(shape.toString())
                                .isBetween(0, 1);
                    }
                }
            }
        }
    }

    @Test
    void aConvolutionRefusesWhatItCannotBe() {
        assertRefused(
                "convolution c: channels, kernel, stride, dilation and groups are at least 1, not 4, 0, 1, 1, 1",
                () -> conv(0, 1, 1, Padding.SAME));
        assertRefused(
                "convolution c: channels, kernel, stride, dilation and groups are at least 1, not 4, 3, 0, 1, 1",
                () -> conv(3, 0, 1, Padding.SAME));
        assertRefused(
                "convolution c: channels, kernel, stride, dilation and groups are at least 1, not 4, 3, 1, -2, 1",
                () -> conv(3, 1, -2, Padding.SAME));
        assertRefused(
                "convolution c: 4 channels cannot be cut into 3 groups",
                () -> new Layer.Conv1d("c", 4, 3, 1, 1, 3, Padding.SAME));
    }

    @Test
    void aConvolutionRefusesInputsThatDoNotFit() {
        assertRefused(
                "convolution c: 3 input channels cannot be cut into 2 groups",
                () -> new Layer.Conv1d("c", 4, 3, 1, 1, 2, Padding.SAME).output(new Shape(3, 10)));
        assertRefused(
                "convolution c: a kernel that reaches over 9 samples does not fit into 8;"
                        + " use a longer window or a higher sample rate",
                () -> conv(5, 1, 2, Padding.VALID).output(new Shape(1, 8)));
        assertThat(conv(5, 1, 2, Padding.VALID).output(new Shape(1, 9)).time()).isEqualTo(1);
    }

    @Test
    void poolsDropTheRest() {
        Shape in = new Shape(3, 17);
        assertThat(new Layer.MaxPool(2).output(in)).isEqualTo(new Shape(3, 8));
        assertThat(new Layer.AveragePool(5).output(in)).isEqualTo(new Shape(3, 3));
        assertThat(new Layer.MaxPool(17).output(in)).isEqualTo(new Shape(3, 1));
        assertThat(new Layer.GlobalAveragePool().output(in)).isEqualTo(new Shape(3, 1));
    }

    @Test
    void poolsRefuseInputsThatDoNotFit() {
        Shape in = new Shape(3, 17);
        assertRefused("max pool of 18 samples does not fit into 17 samples", () -> new Layer.MaxPool(18).output(in));
        assertRefused("max pool of 0 samples does not fit into 17 samples", () -> new Layer.MaxPool(0).output(in));
        assertRefused(
                "average pool of 18 samples does not fit into 17 samples", () -> new Layer.AveragePool(18).output(in));
    }

    @Test
    void otherLayersKeepOrFlattenTheShape() {
        Shape in = new Shape(3, 17);
        assertThat(new Layer.Dense("d", 5).output(in)).isEqualTo(new Shape(5, 17));
        assertThat(new Layer.Flatten().output(in)).isEqualTo(new Shape(51, 1));
        assertThat(new Layer.BatchNorm("n", 1e-3, 0.99).output(in)).isEqualTo(in);
        assertThat(new Layer.Activation(Activation.TANH).output(in)).isEqualTo(in);
        assertThat(new Layer.Dropout(0.5).output(in)).isEqualTo(in);
        assertThat(new Layer.SpatialDropout(0).output(in)).isEqualTo(in);
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertRefused("dense layer d: at least 1 unit is needed, not 0", () -> new Layer.Dense("d", 0));
        assertRefused(
                "batch norm n: epsilon is positive and momentum in [0, 1), not 0.0 and 0.9",
                () -> new Layer.BatchNorm("n", 0, 0.9));
        assertRefused(
                "batch norm n: epsilon is positive and momentum in [0, 1), not 0.001 and 1.0",
                () -> new Layer.BatchNorm("n", 1e-3, 1));
        assertRefused(
                "batch norm n: epsilon is positive and momentum in [0, 1), not NaN and 0.9",
                () -> new Layer.BatchNorm("n", Double.NaN, 0.9));
        assertRefused("a dropout rate is in [0, 1), not 1.0", () -> new Layer.Dropout(1));
        assertRefused("a dropout rate is in [0, 1), not -0.1", () -> new Layer.SpatialDropout(-0.1));
        assertRefused("a dropout rate is in [0, 1), not NaN", () -> new Layer.Dropout(Double.NaN));
    }

    @Test
    void aShapeRefusesToBeEmpty() {
        assertRefused("a shape has at least 1 channel and 1 sample, not 0 x 3", () -> new Shape(0, 3));
        assertRefused("a shape has at least 1 channel and 1 sample, not 2 x -1", () -> new Shape(2, -1));
        assertThat(new Shape(2, 3)).hasToString("(2, 3)");
    }

    @Test
    void maxPoolKeepsWhatIsNotANumberAndItsGradient() {
        float[] x = {1, Float.NaN, 2, 1, 5, 5, 9};
        float[] y = new float[3];
        float[] dx = new float[7];
        Operator pool = new PoolOperator(new Shape(1, 7), Optional.empty(), 2, 1, Kernels.best());
        pool.forward(x, 0, y, 0, 0, 0);
        assertThat(y).containsExactly(Float.NaN, 2, 5);
        pool.backward(x, y, new float[] {Float.NaN, 7, 8}, 0, dx, 0, 0);
        assertThat(dx).as("the first of equals gets it").containsExactly(Float.NaN, 0, 7, 0, 8, 0, 0);
    }
}
