package dev.onda.nn;

import java.util.Arrays;

/**
 * A named tensor of a network.
 *
 * @param name layer and role, {@code "c1.weight"}
 * @param shape its dimensions, in C order
 * @param role what it is for
 * @param values its numbers; not copied, training changes them in place
 */
public record Parameter(String name, int[] shape, Role role, float[] values) {

    /** What a tensor is for. */
    public enum Role {
        WEIGHT,
        BIAS,
        /** A batch norm's gamma. */
        SCALE,
        /** A batch norm's beta. */
        SHIFT,
        /** Where a sinc filter's band begins, as a share of the sample rate. */
        LOW_EDGE,
        /** How wide it is. */
        BAND_WIDTH,
        /** Kept by a batch norm, not trained. */
        RUNNING_MEAN,
        /** Kept by a batch norm, not trained. */
        RUNNING_VARIANCE;

        /** Whether gradients change it. */
        public boolean isTrained() {
            return this != RUNNING_MEAN && this != RUNNING_VARIANCE;
        }
    }

    /**
     * @throws IllegalArgumentException if the values are not as many as the shape says
     */
    public Parameter {
        int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (size != values.length) {
            throw new IllegalArgumentException("parameter " + name + ": shape " + Arrays.toString(shape) + " holds "
                    + size + " values, not " + values.length);
        }
    }

    /** A parameter without its numbers: what a file must hold for a layer. */
    public record Spec(String name, Role role, int[] shape) {

        static Spec of(String name, Role role, int... shape) {
            return new Spec(name, role, shape);
        }

        /** A zero-filled parameter. */
        Parameter zeros() {
            return new Parameter(
                    name, shape, role, new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)]);
        }
    }
}
