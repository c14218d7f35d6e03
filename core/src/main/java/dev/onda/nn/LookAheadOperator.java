package dev.onda.nn;

import java.util.Arrays;

/** Brings every sample forward by a few places; silence comes in at the end. */
final class LookAheadOperator extends Operator {

    private final int samples;

    LookAheadOperator(Shape shape, int samples) {
        super(shape, shape);
        this.samples = Math.min(samples, shape.time());
    }

    @Override
    void forward(float[] x, int xAt, float[] y, int yAt, int clip, int worker) {
        int time = in().time();
        for (int c = 0; c < in().channels(); c++) {
            int to = yAt + c * time;
            System.arraycopy(x, xAt + c * time + samples, y, to, time - samples);
            Arrays.fill(y, to + time - samples, to + time, 0);
        }
    }

    @Override
    void backward(float[] x, float[] y, float[] dy, int dyAt, float[] dx, int dxAt, int clip) {
        int time = in().time();
        for (int c = 0; c < in().channels(); c++) {
            int to = dxAt + c * time;
            System.arraycopy(dy, dyAt + c * time, dx, to + samples, time - samples);
            Arrays.fill(dx, to, to + samples, 0);
        }
    }
}
