package dev.onda.nn;

import dev.onda.nn.kernel.Workers;

/** The largest of every few samples; the gradient goes to the first that is as large, or not a number. */
final class MaxPoolOperator extends Operator {

    private final Shape in;
    private final int size;
    private final int out;
    private final Workers workers;

    MaxPoolOperator(Shape in, int size, Workers workers) {
        this.in = in;
        this.size = size;
        this.out = in.time() / size;
        this.workers = workers;
    }

    @Override
    void forward(float[] x, float[] y, int clips, long seed) {
        workers.run(clips, (clip, worker) -> {
            for (int c = clip * in.channels(); c < (clip + 1) * in.channels(); c++) {
                pool(x, c * in.time(), y, c * out);
            }
        });
    }

    private void pool(float[] x, int from, float[] y, int to) {
        for (int t = 0; t < out; t++) {
            int at = from + t * size;
            float largest = x[at];
            for (int i = 1; i < size; i++) {
                largest = Math.max(largest, x[at + i]);
            }
            y[to + t] = largest;
        }
    }

    @Override
    void backward(float[] x, float[] y, float[] dy, float[] dx, int clips, boolean toInput) {
        workers.run(clips, (clip, worker) -> {
            for (int c = clip * in.channels(); c < (clip + 1) * in.channels(); c++) {
                int from = c * in.time();
                for (int t = 0; t < out; t++) {
                    int at = from + t * size;
                    float largest = y[c * out + t];
                    float gradient = dy[c * out + t];
                    for (int i = 0; i < size; i++) {
                        boolean first = !(x[at + i] < largest);
                        dx[at + i] = first ? gradient : 0;
                        gradient = first ? 0 : gradient;
                    }
                }
                for (int t = out * size; t < in.time(); t++) {
                    dx[from + t] = 0;
                }
            }
        });
    }

    @Override
    Reads reads() {
        return Reads.BOTH;
    }
}
