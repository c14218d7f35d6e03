package dev.onda.nn;

import java.util.List;

/**
 * What a batch norm in use is: {@code y = factor x + summand}, by channel.
 *
 * @param factor not copied
 * @param summand not copied
 */
public record Affine(float[] factor, float[] summand) {

    /** That of a norm of this network. */
    public static Affine of(Layer.BatchNorm norm, Network network) {
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

    /** Makes weights, one output channel after the other, and biases do this, too. */
    void fold(float[] weights, float[] biases) {
        int each = weights.length / factor.length;
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= factor[i / each];
        }
        for (int c = 0; c < biases.length; c++) {
            biases[c] = biases[c] * factor[c] + summand[c];
        }
    }
}
