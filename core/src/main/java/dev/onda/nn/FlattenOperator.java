package dev.onda.nn;

import dev.onda.nn.kernel.Kernels;

/** Lays a clip out time by time, as Keras flattens (time, channels). */
final class FlattenOperator extends Operator {

    private final Kernels kernels;

    FlattenOperator(Shape in, Kernels kernels) {
        super(in, new Shape(in.size(), 1));
        this.kernels = kernels;
    }

    @Override
    void forward(float[] x, int xAt, float[] y, int yAt, int clip, int worker) {
        kernels.transpose(x, xAt, y, yAt, in().channels(), in().time());
    }

    @Override
    void backward(float[] x, float[] y, float[] dy, int dyAt, float[] dx, int dxAt, int clip) {
        kernels.transpose(dy, dyAt, dx, dxAt, in().time(), in().channels());
    }
}
