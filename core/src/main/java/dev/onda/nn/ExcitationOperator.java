package dev.onda.nn;

import dev.onda.nn.kernel.Kernels;
import java.util.List;

/**
 * Squeeze and excitation of one clip, with its gradients: the factors' small network is computed in double precision, for it
 * is next to nothing beside the sums over time. Parameter gradients are summed in the order of the clips.
 */
final class ExcitationOperator extends Operator {

    private final int units;
    private final List<float[]> values;
    private final List<float[]> gradients;
    private final Kernels kernels;

    /** By clip: means and factors of the channels, values of the units. */
    private final double[] means;

    private final double[] factors;
    private final double[] hidden;
    /** By clip: gradients towards the sums that go into units and into factors. */
    private final double[] toHidden;

    private final double[] toFactors;

    /**
     * @param values weights and biases of the squeeze, then of the excitation
     * @param gradients of these
     */
    ExcitationOperator(
            Shape shape, int units, List<float[]> values, List<float[]> gradients, int maxBatch, Kernels kernels) {
        super(shape, shape);
        this.units = units;
        this.values = values;
        this.gradients = gradients;
        this.kernels = kernels;
        this.means = new double[maxBatch * shape.channels()];
        this.factors = new double[maxBatch * shape.channels()];
        this.hidden = new double[maxBatch * units];
        this.toHidden = new double[maxBatch * units];
        this.toFactors = new double[maxBatch * shape.channels()];
    }

    @Override
    void forward(float[] x, int xAt, float[] y, int yAt, int clip, int worker) {
        int channels = in().channels();
        int time = in().time();
        int c0 = clip * channels;
        int u0 = clip * units;
        for (int c = 0; c < channels; c++) {
            means[c0 + c] = kernels.sum(x, xAt + c * time, time) / time;
        }
        float[] w = values.get(0);
        for (int u = 0; u < units; u++) {
            double sum = values.get(1)[u];
            for (int c = 0; c < channels; c++) {
                sum += w[u * channels + c] * means[c0 + c];
            }
            hidden[u0 + u] = Math.max(0, sum);
        }
        w = values.get(2);
        for (int c = 0; c < channels; c++) {
            double sum = values.get(3)[c];
            for (int u = 0; u < units; u++) {
                sum += w[c * units + u] * hidden[u0 + u];
            }
            double factor = 1 / (1 + StrictMath.exp(-sum));
            factors[c0 + c] = factor;
            kernels.scaleShift(x, xAt + c * time, y, yAt + c * time, time, (float) factor, 0);
        }
    }

    @Override
    void backward(float[] x, float[] y, float[] dy, int dyAt, float[] dx, int dxAt, int clip) {
        int channels = in().channels();
        int time = in().time();
        int c0 = clip * channels;
        int u0 = clip * units;
        for (int c = 0; c < channels; c++) {
            double dot = kernels.dotCentered(dy, dyAt + c * time, x, (c0 + c) * time, time, 0);
            double factor = factors[c0 + c];
            toFactors[c0 + c] = dot * factor * (1 - factor);
        }
        float[] w = values.get(2);
        for (int u = 0; u < units; u++) {
            double sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += w[c * units + u] * toFactors[c0 + c];
            }
            toHidden[u0 + u] = hidden[u0 + u] > 0 ? sum : 0;
        }
        w = values.get(0);
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            for (int u = 0; u < units; u++) {
                sum += w[u * channels + c] * toHidden[u0 + u];
            }
            int at = dxAt + c * time;
            kernels.scaleShift(dy, dyAt + c * time, dx, at, time, (float) factors[c0 + c], (float) (sum / time));
        }
    }

    @Override
    void finishGradient(int clips) {
        int channels = in().channels();
        outerSum(toHidden, units, means, channels, clips, gradients.get(0));
        sum(toHidden, units, clips, gradients.get(1));
        outerSum(toFactors, channels, hidden, units, clips, gradients.get(2));
        sum(toFactors, channels, clips, gradients.get(3));
    }

    private static void outerSum(double[] a, int rows, double[] b, int columns, int clips, float[] to) {
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                double sum = 0;
                for (int clip = 0; clip < clips; clip++) {
                    sum += a[clip * rows + r] * b[clip * columns + c];
                }
                to[r * columns + c] = (float) sum;
            }
        }
    }

    private static void sum(double[] a, int n, int clips, float[] to) {
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int clip = 0; clip < clips; clip++) {
                sum += a[clip * n + i];
            }
            to[i] = (float) sum;
        }
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
