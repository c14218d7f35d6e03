package dev.onda.nn;

import dev.onda.nn.kernel.Workers;

/** The mean of every few samples. */
final class AveragePoolOperator extends Operator {

    private final Shape in;
    private final int size;
    private final int out;
    private final Workers workers;

    AveragePoolOperator(Shape in, int size, Workers workers) {
        this.in = in;
        this.size = size;
        this.out = in.time() / size;
        this.workers = workers;
    }

    @Override
    void forward(float[] x, float[] y, int clips, long seed) {
        workers.run(clips, (clip, worker) -> {
            for (int c = clip * in.channels(); c < (clip + 1) * in.channels(); c++) {
                for (int t = 0; t < out; t++) {
                    double sum = 0;
                    for (int i = 0; i < size; i++) {
                        sum += x[c * in.time() + t * size + i];
                    }
                    y[c * out + t] = (float) (sum / size);
                }
            }
        });
    }

    @Override
    void backward(float[] x, float[] y, float[] dy, float[] dx, int clips, boolean toInput) {
        workers.run(clips, (clip, worker) -> {
            for (int c = clip * in.channels(); c < (clip + 1) * in.channels(); c++) {
                for (int t = 0; t < in.time(); t++) {
                    dx[c * in.time() + t] = t / size < out ? dy[c * out + t / size] / size : 0;
                }
            }
        });
    }
}
