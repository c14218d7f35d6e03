package dev.onda.nn;

/** Lays a clip out time by time, as Keras flattens (time, channels). */
final class FlattenOperator extends Operator {

    /** Side of the squares that are turned over at once: small enough for the cache. */
    private static final int SQUARE = 16;

    FlattenOperator(Shape in) {
        super(in, new Shape(in.size(), 1));
    }

    @Override
    void forward(float[] x, int xAt, float[] y, int yAt, int clip, int worker) {
        transpose(x, xAt, y, yAt, in().channels(), in().time());
    }

    @Override
    void backward(float[] x, float[] y, float[] dy, int dyAt, float[] dx, int dxAt, int clip) {
        transpose(dy, dyAt, dx, dxAt, in().time(), in().channels());
    }

    /** {@code (rows, columns)} to {@code (columns, rows)}. */
    private static void transpose(float[] from, int fromAt, float[] to, int toAt, int rows, int columns) {
        for (int r0 = 0; r0 < rows; r0 += SQUARE) {
            for (int c0 = 0; c0 < columns; c0 += SQUARE) {
                for (int r = r0; r < Math.min(rows, r0 + SQUARE); r++) {
                    for (int c = c0; c < Math.min(columns, c0 + SQUARE); c++) {
                        to[toAt + c * rows + r] = from[fromAt + r * columns + c];
                    }
                }
            }
        }
    }
}
