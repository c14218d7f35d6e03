package dev.onda.nn;

/**
 * One layer at work in one {@link Pass}: arrays are (batch, channels, time), {@code clips} of them are in use.
 *
 * <p>A pass may hand an operator one array as input and output if it says that it can work in place, and may then not be
 * asked for the input again. What an operator reads in {@link #backward} beside the gradient it says as well.
 */
abstract class Operator {

    /** Which arrays of the forward pass the gradient reads. */
    enum Reads {
        NOTHING,
        INPUT,
        OUTPUT,
        BOTH;

        boolean input() {
            return this == INPUT || this == BOTH;
        }

        boolean output() {
            return this == OUTPUT || this == BOTH;
        }
    }

    /**
     * @param seed of this step's randomness, the layer's own
     */
    abstract void forward(float[] x, float[] y, int clips, long seed);

    /**
     * Overwrites {@code dx} and this layer's parameter gradients.
     *
     * @param dx gradient towards the input; {@code dy} itself where {@link #gradientInPlace}; unused and possibly empty if
     *     {@code toInput} is false
     */
    abstract void backward(float[] x, float[] y, float[] dy, float[] dx, int clips, boolean toInput);

    /** Whether {@code x} and {@code y} may be one array. */
    boolean inPlace() {
        return false;
    }

    /** Whether {@code dy} and {@code dx} are one array. */
    boolean gradientInPlace() {
        return false;
    }

    Reads reads() {
        return Reads.NOTHING;
    }
}
