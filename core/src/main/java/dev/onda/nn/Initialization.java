package dev.onda.nn;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** How a new network's weights and biases are drawn. */
public enum Initialization {
    /** Weights uniform within {@code sqrt(6 / (fanIn + fanOut))}, biases 0 (Glorot and Bengio 2010): Keras' default. */
    GLOROT_UNIFORM,
    /** Weights and biases uniform within {@code 1 / sqrt(fanIn)}: PyTorch's default. */
    FAN_IN_UNIFORM;

    /** Fills a trained parameter; scales become 1, shifts 0. */
    void fill(Parameter p, int fanIn, RandomGenerator random) {
        switch (p.role()) {
            case WEIGHT -> uniform(p.values(), weightBound(p, fanIn), random);
            case BIAS -> uniform(p.values(), this == GLOROT_UNIFORM ? 0 : 1 / Math.sqrt(fanIn), random);
            case SCALE, RUNNING_VARIANCE -> Arrays.fill(p.values(), 1);
            case LOW_EDGE -> SincFilters.initialize(p.values(), new float[p.values().length]);
            case BAND_WIDTH -> SincFilters.initialize(new float[p.values().length], p.values());
            case SHIFT, RUNNING_MEAN -> Arrays.fill(p.values(), 0);
        }
    }

    private double weightBound(Parameter p, int fanIn) {
        int kernel = p.shape().length > 2 ? p.shape()[2] : 1;
        int fanOut = p.shape()[0] * kernel;
        return this == GLOROT_UNIFORM ? Math.sqrt(6.0 / (fanIn + fanOut)) : 1 / Math.sqrt(fanIn);
    }

    private static void uniform(float[] values, double bound, RandomGenerator random) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
    }
}
