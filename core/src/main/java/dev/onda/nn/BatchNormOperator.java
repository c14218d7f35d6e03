package dev.onda.nn;

import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;
import java.util.List;

/**
 * Batch normalisation, a channel a task: {@code y = gamma (x - mean) / sqrt(variance + epsilon) + beta} and its gradients
 * (Ioffe and Szegedy 2015, section 3). Sums run over clips in their order.
 */
final class BatchNormOperator extends Operator {

    private final Layer.BatchNorm layer;
    private final Shape shape;
    private final Pass.Mode mode;
    private final float[] gamma;
    private final float[] beta;
    private final float[] runningMean;
    private final float[] runningVariance;
    private final float[] gammaGradient;
    private final float[] betaGradient;
    private final Kernels kernels;
    private final Workers workers;
    /** Of the last training batch. */
    private final float[] mean;

    private final float[] inverse;

    BatchNormOperator(
            Layer.BatchNorm layer,
            Shape shape,
            Pass.Mode mode,
            List<Parameter> parameters,
            float[] gammaGradient,
            float[] betaGradient,
            Kernels kernels,
            Workers workers) {
        this.layer = layer;
        this.shape = shape;
        this.mode = mode;
        this.gamma = parameters.get(0).values();
        this.beta = parameters.get(1).values();
        this.runningMean = parameters.get(2).values();
        this.runningVariance = parameters.get(3).values();
        this.gammaGradient = gammaGradient;
        this.betaGradient = betaGradient;
        this.kernels = kernels;
        this.workers = workers;
        this.mean = new float[shape.channels()];
        this.inverse = new float[shape.channels()];
    }

    private int at(int clip, int channel) {
        return (clip * shape.channels() + channel) * shape.time();
    }

    @Override
    void forward(float[] x, float[] y, int clips, long seed) {
        workers.run(shape.channels(), (channel, worker) -> {
            if (mode == Pass.Mode.TRAINING) {
                measure(x, clips, channel);
            } else {
                mean[channel] = runningMean[channel];
                inverse[channel] = (float) (1 / Math.sqrt(runningVariance[channel] + layer.epsilon()));
            }
            float scale = gamma[channel] * inverse[channel];
            float shift = beta[channel] - mean[channel] * scale;
            for (int clip = 0; clip < clips; clip++) {
                int at = at(clip, channel);
                kernels.scaleShift(x, at, y, at, shape.time(), scale, shift);
            }
        });
    }

    private void measure(float[] x, int clips, int channel) {
        double n = (double) clips * shape.time();
        double sum = 0;
        for (int clip = 0; clip < clips; clip++) {
            sum += kernels.sum(x, at(clip, channel), shape.time());
        }
        float center = (float) (sum / n);
        double squares = 0;
        for (int clip = 0; clip < clips; clip++) {
            squares += kernels.sumOfSquares(x, at(clip, channel), shape.time(), center);
        }
        double variance = squares / n;
        mean[channel] = center;
        inverse[channel] = (float) (1 / Math.sqrt(variance + layer.epsilon()));
        double unbiased = n > 1 ? squares / (n - 1) : variance;
        double keep = layer.momentum();
        runningMean[channel] = (float) (keep * runningMean[channel] + (1 - keep) * center);
        runningVariance[channel] = (float) (keep * runningVariance[channel] + (1 - keep) * unbiased);
    }

    @Override
    void backward(float[] x, float[] y, float[] dy, float[] dx, int clips, boolean toInput) {
        workers.run(shape.channels(), (channel, worker) -> {
            double n = (double) clips * shape.time();
            double sum = 0;
            double dot = 0;
            for (int clip = 0; clip < clips; clip++) {
                int at = at(clip, channel);
                sum += kernels.sum(dy, at, shape.time());
                dot += kernels.dotCentered(dy, at, x, at, shape.time(), mean[channel]);
            }
            double scale = gamma[channel] * (double) inverse[channel];
            gammaGradient[channel] = (float) (dot * inverse[channel]);
            betaGradient[channel] = (float) sum;
            if (!toInput) {
                return;
            }
            double b = -scale * inverse[channel] * inverse[channel] * dot / n;
            double c = -scale * sum / n - b * mean[channel];
            for (int clip = 0; clip < clips; clip++) {
                kernels.combine(dy, x, dx, at(clip, channel), shape.time(), (float) scale, (float) b, (float) c);
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

    @Override
    Reads reads() {
        return Reads.INPUT;
    }
}
