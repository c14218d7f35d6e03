package dev.onda.nn;

import dev.onda.nn.kernel.DropoutRate;
import dev.onda.nn.kernel.Hash;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;

/**
 * Dropout of runs of {@code run} numbers: single ones, or whole channels. What is kept is a hash of the step's seed and the
 * place, so nothing need be remembered for the gradient.
 */
final class DropoutOperator extends Operator {

    private final double rate;
    private final DropoutRate threshold;
    private final int runs;
    private final int run;
    private final Kernels kernels;
    private final Workers workers;
    private int seed;

    /**
     * @param runs how many runs a clip has
     * @param run numbers that are dropped together
     */
    DropoutOperator(double rate, int runs, int run, Kernels kernels, Workers workers) {
        this.rate = rate;
        this.threshold = DropoutRate.of(rate);
        this.runs = runs;
        this.run = run;
        this.kernels = kernels;
        this.workers = workers;
    }

    @Override
    void forward(float[] x, float[] y, int clips, long stepSeed) {
        seed = (int) (stepSeed >>> 32);
        if (x != y) {
            System.arraycopy(x, 0, y, 0, clips * runs * run);
        }
        drop(y, clips);
    }

    @Override
    void backward(float[] x, float[] y, float[] dy, float[] dx, int clips, boolean toInput) {
        drop(dy, clips);
    }

    private void drop(float[] x, int clips) {
        if (rate == 0) {
            return;
        }
        workers.run(clips, (clip, worker) -> {
            int first = clip * runs;
            if (run == 1) {
                kernels.dropout(x, first, runs, seed + first, threshold);
                return;
            }
            for (int r = first; r < first + runs; r++) {
                boolean keep = (Hash.mix(seed + r) >>> 1) < threshold.keepBelow();
                kernels.scaleShift(x, r * run, x, r * run, run, keep ? threshold.scale() : 0, 0);
            }
        });
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
