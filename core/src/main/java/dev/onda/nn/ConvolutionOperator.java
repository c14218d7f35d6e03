package dev.onda.nn;

import dev.onda.nn.kernel.Convolution;

/** A convolution with its parameters, clip by clip; its gradients are sums over the batch. */
class ConvolutionOperator extends Operator {

    /** A convolution that is only fast on the whole batch: a dense layer over features. */
    static final class OfBatch extends ConvolutionOperator implements Operator.Batched {

        OfBatch(Shape in, Shape out, Convolution convolution, Arrays arrays, DerivedWeights derived) {
            super(in, out, convolution, arrays, derived);
        }

        @Override
        public void forward(float[] x, float[] y, int clips) {
            convolution.forward(x, y, clips);
        }
    }

    /** Weights that are made of other parameters. */
    interface DerivedWeights {

        /** Weights that are parameters themselves. */
        DerivedWeights NONE = new DerivedWeights() {
            @Override
            public void make() {}

            @Override
            public void passBack() {}
        };

        /** Makes the weights anew. */
        void make();

        /** Turns the weights' gradient into that of the parameters. */
        void passBack();
    }

    /** Its parameters and their gradients. */
    record Arrays(float[] weight, float[] bias, float[] weightGradient, float[] biasGradient) {}

    private static final float[] NOT_WANTED = {};

    final Convolution convolution;
    private final Arrays arrays;
    private final DerivedWeights derived;

    private ConvolutionOperator(Shape in, Shape out, Convolution convolution, Arrays arrays, DerivedWeights derived) {
        super(in, out);
        this.derived = derived;
        this.convolution = convolution;
        this.arrays = arrays;
    }

    static Operator of(Shape in, Shape out, Convolution convolution, Arrays arrays) {
        return of(in, out, convolution, arrays, DerivedWeights.NONE);
    }

    static Operator of(Shape in, Shape out, Convolution convolution, Arrays arrays, DerivedWeights derived) {
        return convolution instanceof Convolution.ByClip
                ? new ConvolutionOperator(in, out, convolution, arrays, derived)
                : new OfBatch(in, out, convolution, arrays, derived);
    }

    @Override
    void load() {
        derived.make();
        convolution.load(arrays.weight(), arrays.bias());
    }

    @Override
    void forward(float[] x, int xAt, float[] y, int yAt, int clip, int worker) {
        ((Convolution.ByClip) convolution).forward(x, xAt, y, yAt, worker);
    }

    void backward(float[] x, float[] dy, float[] dx, int clips, boolean toInput) {
        convolution.gradients(x, dy, toInput ? dx : NOT_WANTED, arrays.weightGradient(), arrays.biasGradient(), clips);
        derived.passBack();
    }

    @Override
    Reads reads() {
        return Reads.INPUT;
    }
}
