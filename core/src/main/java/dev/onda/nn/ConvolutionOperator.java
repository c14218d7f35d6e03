package dev.onda.nn;

import dev.onda.nn.kernel.Convolution;

/** A convolution, or a dense layer, with its parameters. */
final class ConvolutionOperator extends Operator {

    private final Convolution convolution;
    private final float[] weight;
    private final float[] bias;
    private final float[] weightGradient;
    private final float[] biasGradient;

    ConvolutionOperator(
            Convolution convolution, float[] weight, float[] bias, float[] weightGradient, float[] biasGradient) {
        this.convolution = convolution;
        this.weight = weight;
        this.bias = bias;
        this.weightGradient = weightGradient;
        this.biasGradient = biasGradient;
    }

    @Override
    void forward(float[] x, float[] y, int clips, long seed) {
        convolution.load(weight, bias);
        convolution.forward(x, y, clips);
    }

    @Override
    void backward(float[] x, float[] y, float[] dy, float[] dx, int clips, boolean toInput) {
        convolution.gradients(x, dy, toInput ? dx : new float[0], weightGradient, biasGradient, clips);
    }

    @Override
    Reads reads() {
        return Reads.INPUT;
    }
}
