package dev.onda.onnx;

import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Parameter;
import java.util.List;

/**
 * What a batch norm in use is: {@code y = factor x + summand}, by channel.
 *
 * @param factor not copied
 * @param summand not copied
 */
record Affine(float[] factor, float[] summand) {

    static Affine of(Layer.BatchNorm norm, Network network) {
        List<Parameter> own = network.parameters(norm);
        float[] gamma = own.get(0).values();
        float[] beta = own.get(1).values();
        float[] mean = own.get(2).values();
        float[] variance = own.get(3).values();
        float[] factor = new float[gamma.length];
        float[] summand = new float[gamma.length];
        for (int c = 0; c < gamma.length; c++) {
            double scale = gamma[c] / Math.sqrt(variance[c] + norm.epsilon());
            factor[c] = (float) scale;
            summand[c] = (float) (beta[c] - mean[c] * scale);
        }
        return new Affine(factor, summand);
    }

    /** Weights, one output channel after the other, that do this, too. */
    float[] weights(float[] weights) {
        int each = weights.length / factor.length;
        float[] folded = new float[weights.length];
        for (int i = 0; i < folded.length; i++) {
            folded[i] = weights[i] * factor[i / each];
        }
        return folded;
    }

    /** The biases that go with them. */
    float[] biases(float[] biases) {
        float[] folded = new float[biases.length];
        for (int c = 0; c < folded.length; c++) {
            folded[c] = biases[c] * factor[c] + summand[c];
        }
        return folded;
    }
}
