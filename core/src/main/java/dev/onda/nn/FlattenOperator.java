package dev.onda.nn;

import dev.onda.nn.kernel.Workers;

/** Lays a clip out time by time, as Keras flattens (time, channels). */
final class FlattenOperator extends Operator {

    private final Shape in;
    private final Workers workers;

    FlattenOperator(Shape in, Workers workers) {
        this.in = in;
        this.workers = workers;
    }

    @Override
    void forward(float[] x, float[] y, int clips, long seed) {
        workers.run(clips, (clip, worker) -> transpose(x, y, clip * in.size(), in.channels(), in.time()));
    }

    @Override
    void backward(float[] x, float[] y, float[] dy, float[] dx, int clips, boolean toInput) {
        workers.run(clips, (clip, worker) -> transpose(dy, dx, clip * in.size(), in.time(), in.channels()));
    }

    /** {@code (rows, columns)} to {@code (columns, rows)}, in squares that fit the cache. */
    private static void transpose(float[] from, float[] to, int at, int rows, int columns) {
        int square = 16;
        for (int r0 = 0; r0 < rows; r0 += square) {
            for (int c0 = 0; c0 < columns; c0 += square) {
                for (int r = r0; r < Math.min(rows, r0 + square); r++) {
                    for (int c = c0; c < Math.min(columns, c0 + square); c++) {
                        to[at + c * rows + r] = from[at + r * columns + c];
                    }
                }
            }
        }
    }
}
