package dev.onda.nn;

import java.util.List;

/** Weights and biases of a convolution or a dense layer in use, which do what the batch norm behind it does, too. */
record FoldedNorm(Network network, Layer.BatchNorm norm, List<Parameter> parameters, ConvolutionOperator.Arrays arrays)
        implements ConvolutionOperator.DerivedWeights {

    private static final float[] NOT_WANTED = {};

    static FoldedNorm of(Network network, Layer layer, Layer.BatchNorm norm) {
        List<Parameter> parameters = network.parameters(layer);
        float[] weight = new float[parameters.get(0).values().length];
        float[] bias = new float[parameters.get(1).values().length];
        return new FoldedNorm(
                network, norm, parameters, new ConvolutionOperator.Arrays(weight, bias, NOT_WANTED, NOT_WANTED));
    }

    @Override
    public void make() {
        copy(parameters.get(0), arrays.weight());
        copy(parameters.get(1), arrays.bias());
        Affine.of(norm, network).fold(arrays.weight(), arrays.bias());
    }

    private static void copy(Parameter from, float[] to) {
        System.arraycopy(from.values(), 0, to, 0, to.length);
    }

    @Override
    public void passBack() {
        throw new IllegalStateException("a norm in a convolution's weights is in use, not in training");
    }
}
