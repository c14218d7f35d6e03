package dev.onda.nn;

import dev.onda.nn.kernel.Activation;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.PoolRow;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Batch normalisation, {@code y = gamma (x - mean) / sqrt(variance + epsilon) + beta}, and its gradients (Ioffe and Szegedy
 * 2015, section 3), with an activation and max pooling behind it in one go: the largest sample of a group, or the least
 * where the factor is negative, is found first, and only that is computed further.
 *
 * <p>Each clip's mean and squares are found where the clip is computed, and merged in the order of the clips (Chan, Golub and
 * LeVeque 1983).
 */
final class NormOperator extends Operator {

    /** What comes behind the norm. */
    record Then(Optional<Activation> function, int pool) {}

    private final Layer.BatchNorm layer;
    private final Then then;
    private final boolean trains;
    private final float[] gamma;
    private final float[] beta;
    private final float[] runningMean;
    private final float[] runningVariance;
    private final float[] gammaGradient;
    private final float[] betaGradient;
    private final Kernels kernels;

    private final PoolRow largest;
    private final PoolRow least;
    private final int words;
    /** Which samples a pool took, a bit each. */
    private final long[] first;
    /** What it took, before it was normalised. */
    private final float[] taken;
    /** Of each clip and channel: sum and squares around their mean, then backward the gradient's sum and dot product. */
    private final double[] sums;

    private final double[] squares;

    private final float[] mean;
    private final float[] inverse;
    /** By channel, {@code y = x scale + shift}. */
    private final float[] scale;

    private final float[] shift;
    /** By channel, {@code dx = dy scale + x slope + offset}. */
    private final float[] slope;

    private final float[] offset;

    /**
     * @param gradients of gamma and beta
     * @param clips most clips of a batch that is learned from; 0 where the running statistics are used
     */
    NormOperator(
            Layer.BatchNorm layer,
            Then then,
            Shape in,
            List<Parameter> parameters,
            List<float[]> gradients,
            int clips,
            Kernels kernels) {
        super(in, new Shape(in.channels(), in.time() / then.pool()));
        this.layer = layer;
        this.then = then;
        this.trains = clips > 0;
        this.gamma = parameters.get(0).values();
        this.beta = parameters.get(1).values();
        this.runningMean = parameters.get(2).values();
        this.runningVariance = parameters.get(3).values();
        this.gammaGradient = gradients.get(0);
        this.betaGradient = gradients.get(1);
        this.kernels = kernels;
        this.largest = new PoolRow(out().time(), then.pool(), false);
        this.least = new PoolRow(out().time(), then.pool(), true);
        this.words = PoolRow.words(out().time(), then.pool());
        boolean pools = then.pool() > 1;
        this.first = new long[pools ? clips * in.channels() * words : 0];
        this.taken = new float[pools ? clips * out().size() : 0];
        this.sums = new double[clips * in.channels()];
        this.squares = new double[clips * in.channels()];
        this.mean = new float[in.channels()];
        this.inverse = new float[in.channels()];
        this.scale = new float[in.channels()];
        this.shift = new float[in.channels()];
        this.slope = new float[in.channels()];
        this.offset = new float[in.channels()];
    }

    @Override
    boolean gathers() {
        return trains;
    }

    @Override
    void gather(float[] x, int xAt, int clip) {
        int n = in().time();
        for (int c = 0; c < in().channels(); c++) {
            int at = xAt + c * n;
            double sum = kernels.sum(x, at, n);
            float center = (float) (sum / n);
            sums[clip * in().channels() + c] = sum;
            // Around the rounded mean; what that adds is taken off again.
            double rest = sum / n - center;
            squares[clip * in().channels() + c] = kernels.sumOfSquares(x, at, n, center) - n * rest * rest;
        }
    }

    @Override
    void load() {
        if (!trains) {
            for (int c = 0; c < in().channels(); c++) {
                mean[c] = runningMean[c];
                inverse[c] = (float) (1 / Math.sqrt(runningVariance[c] + layer.epsilon()));
            }
            setScale();
        }
    }

    @Override
    void prepare(int clips, long seed) {
        if (trains) {
            for (int c = 0; c < in().channels(); c++) {
                measure(c, clips);
            }
            setScale();
        }
    }

    private void setScale() {
        for (int c = 0; c < in().channels(); c++) {
            scale[c] = gamma[c] * inverse[c];
            shift[c] = beta[c] - mean[c] * scale[c];
        }
    }

    private void measure(int channel, int clips) {
        int time = in().time();
        double n = (double) clips * time;
        double sum = 0;
        for (int clip = 0; clip < clips; clip++) {
            sum += sums[clip * in().channels() + channel];
        }
        double center = sum / n;
        double total = 0;
        for (int clip = 0; clip < clips; clip++) {
            double off = sums[clip * in().channels() + channel] / time - center;
            total += squares[clip * in().channels() + channel] + time * off * off;
        }
        double variance = total / n;
        mean[channel] = (float) center;
        inverse[channel] = (float) (1 / Math.sqrt(variance + layer.epsilon()));
        double unbiased = n > 1 ? total / (n - 1) : variance;
        double keep = layer.momentum();
        runningMean[channel] = (float) (keep * runningMean[channel] + (1 - keep) * center);
        runningVariance[channel] = (float) (keep * runningVariance[channel] + (1 - keep) * unbiased);
    }

    @Override
    void forward(float[] x, int xAt, float[] y, int yAt, int clip, int worker) {
        int n = in().time();
        int outputs = out().time();
        for (int c = 0; c < in().channels(); c++) {
            int from = xAt + c * n;
            int to = yAt + c * outputs;
            if (then.pool() == 1) {
                kernels.scaleShift(x, from, y, to, n, scale[c], shift[c]);
                continue;
            }
            PoolRow row = scale[c] < 0 ? least : largest;
            if (trains) {
                int channel = clip * in().channels() + c;
                kernels.pool(x, from, taken, channel * outputs, row, first, channel * words);
                kernels.scaleShift(taken, channel * outputs, y, to, outputs, scale[c], shift[c]);
            } else {
                kernels.pool(x, from, y, to, row, first, 0);
                kernels.scaleShift(y, to, y, to, outputs, scale[c], shift[c]);
            }
        }
        if (then.function().isPresent()) {
            kernels.activate(then.function().get(), y, yAt, out().size());
        }
    }

    @Override
    void gatherGradient(float[] x, float[] y, float[] dy, int clip) {
        int n = out().time();
        if (then.function().isPresent()) {
            int at = clip * out().size();
            kernels.activateGradient(then.function().get(), y, at, dy, at, out().size());
        }
        float[] met = then.pool() > 1 ? taken : x;
        for (int c = 0; c < in().channels(); c++) {
            int channel = clip * in().channels() + c;
            sums[channel] = kernels.sum(dy, channel * n, n);
            squares[channel] = kernels.dotCentered(dy, channel * n, met, channel * n, n, mean[c]);
        }
    }

    @Override
    void prepareGradient(int clips) {
        double n = (double) clips * in().time();
        for (int c = 0; c < in().channels(); c++) {
            double sum = 0;
            double dot = 0;
            for (int clip = 0; clip < clips; clip++) {
                sum += sums[clip * in().channels() + c];
                dot += squares[clip * in().channels() + c];
            }
            double factor = gamma[c] * (double) inverse[c];
            gammaGradient[c] = (float) (dot * inverse[c]);
            betaGradient[c] = (float) sum;
            double b = -factor * inverse[c] * inverse[c] * dot / n;
            slope[c] = (float) b;
            offset[c] = (float) (-factor * sum / n - b * mean[c]);
        }
    }

    @Override
    void backward(float[] x, float[] y, float[] dy, int dyAt, float[] dx, int dxAt, int clip) {
        int n = in().time();
        for (int c = 0; c < in().channels(); c++) {
            int channel = clip * in().channels() + c;
            int to = dxAt + c * n;
            if (then.pool() > 1) {
                kernels.unpool(dy, dyAt + c * out().time(), largest, first, channel * words, dx, to);
                Arrays.fill(dx, to + out().time() * then.pool(), to + n, 0);
            }
            kernels.combine(dx, to, x, channel * n, n, scale[c], slope[c], offset[c]);
        }
    }

    @Override
    boolean inPlace() {
        return then.pool() == 1;
    }

    @Override
    boolean gradientInPlace() {
        return then.pool() == 1;
    }

    @Override
    Reads reads() {
        return then.function().isPresent() ? Reads.BOTH : Reads.INPUT;
    }
}
