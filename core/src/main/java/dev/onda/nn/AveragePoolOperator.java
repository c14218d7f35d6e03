package dev.onda.nn;

/** The mean of every few samples. */
final class AveragePoolOperator extends Operator {

    private final int size;

    AveragePoolOperator(Shape in, int size) {
        super(in, new Shape(in.channels(), in.time() / size));
        this.size = size;
    }

    @Override
    void forward(float[] x, int xAt, float[] y, int yAt, int clip, int worker) {
        int outputs = out().time();
        for (int c = 0; c < in().channels(); c++) {
            for (int t = 0; t < outputs; t++) {
                double sum = 0;
                int from = xAt + c * in().time() + t * size;
                for (int i = from; i < from + size; i++) {
                    sum += x[i];
                }
                y[yAt + c * outputs + t] = (float) (sum / size);
            }
        }
    }

    @Override
    void backward(float[] x, float[] y, float[] dy, int dyAt, float[] dx, int dxAt, int clip) {
        int time = in().time();
        int outputs = out().time();
        for (int c = 0; c < in().channels(); c++) {
            for (int t = 0; t < time; t++) {
                dx[dxAt + c * time + t] = t / size < outputs ? dy[dyAt + c * outputs + t / size] / size : 0;
            }
        }
    }
}
