package dev.onda.nn;

import dev.onda.nn.kernel.DropoutRate;
import dev.onda.nn.kernel.Hash;
import dev.onda.nn.kernel.Kernels;

/**
 * Dropout of runs of {@code run} numbers: single ones, or whole channels. What is kept is a hash of the step's seed and the
 * place, so nothing need be remembered for the gradient.
 */
final class DropoutOperator extends Operator {

    private final int layer;
    private final double rate;
    private final DropoutRate threshold;
    private final int runs;
    private final int run;
    private final Kernels kernels;
    private int seed;

    /**
     * @param layer its number, so that two layers of a network drop unrelated ones
     * @param run numbers that are dropped together
     */
    DropoutOperator(int layer, Shape shape, double rate, int run, Kernels kernels) {
        super(shape, shape);
        this.layer = layer;
        this.rate = rate;
        this.threshold = DropoutRate.of(rate);
        this.runs = shape.size() / run;
        this.run = run;
        this.kernels = kernels;
    }

    @Override
    void prepare(int clips, long stepSeed) {
        seed = (int) (Hash.child(stepSeed, layer) >>> 32);
    }

    @Override
    void forward(float[] x, int xAt, float[] y, int yAt, int clip, int worker) {
        if (x != y) {
            System.arraycopy(x, xAt, y, yAt, runs * run);
        }
        drop(y, yAt, clip);
    }

    @Override
    void backward(float[] x, float[] y, float[] dy, int dyAt, float[] dx, int dxAt, int clip) {
        drop(dy, dyAt, clip);
    }

    private void drop(float[] x, int at, int clip) {
        if (rate == 0) {
            return;
        }
        int first = clip * runs;
        if (run == 1) {
            kernels.dropout(x, at, runs, seed + first, threshold);
            return;
        }
        for (int r = 0; r < runs; r++) {
            boolean keep = (Hash.mix(seed + first + r) >>> 1) < threshold.keepBelow();
            kernels.scaleShift(x, at + r * run, x, at + r * run, run, keep ? threshold.scale() : 0, 0);
        }
    }

    @Override
    boolean inPlace() {
        return true;
    }

    @Override
    boolean gradientInPlace() {
        return true;
    }
}
