package dev.onda.nn;

import dev.onda.nn.kernel.Activation;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;

/** An element-wise function, a clip a task. */
final class ActivationOperator extends Operator {

    private final Activation function;
    private final int size;
    private final Kernels kernels;
    private final Workers workers;

    ActivationOperator(Activation function, Shape shape, Kernels kernels, Workers workers) {
        this.function = function;
        this.size = shape.size();
        this.kernels = kernels;
        this.workers = workers;
    }

    @Override
    void forward(float[] x, float[] y, int clips, long seed) {
        workers.run(clips, (clip, worker) -> {
            if (x != y) {
                System.arraycopy(x, clip * size, y, clip * size, size);
            }
            kernels.activate(function, y, clip * size, size);
        });
    }

    @Override
    void backward(float[] x, float[] y, float[] dy, float[] dx, int clips, boolean toInput) {
        workers.run(clips, (clip, worker) -> kernels.activateGradient(function, y, dy, clip * size, size));
    }

    @Override
    boolean inPlace() {
        return true;
    }

    @Override
    boolean gradientInPlace() {
        return true;
    }

    @Override
    Reads reads() {
        return Reads.OUTPUT;
    }
}
