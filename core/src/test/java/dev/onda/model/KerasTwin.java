package dev.onda.model;

import dev.onda.nn.Layer;
import dev.onda.nn.Padding;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A network as Keras computes it, slowly: signals are {@code [time][channels]}, and weights lie in C order on Keras' axes,
 * {@code kernel (taps, in, filters)}, {@code kernel (in, units)}, {@code gamma}, {@code beta}, {@code moving_mean}, {@code
 * moving_variance}. In float64.
 *
 * @param weights by layer and Keras' name, {@code "c1/kernel"}
 */
record KerasTwin(List<Layer> layers, Map<String, float[]> weights) {

    double[] predict(double[] samples) {
        double[][] x = new double[samples.length][1];
        for (int t = 0; t < samples.length; t++) {
            x[t][0] = samples[t];
        }
        for (Layer layer : layers) {
            x = switch (layer) {
                case Layer.Conv1d c -> convolve(c, x);
                case Layer.Dense d -> dense(d, x);
                case Layer.BatchNorm b -> normalize(b, x);
                case Layer.Activation a -> activate(a, x);
                case Layer.MaxPool p -> largest(p.size(), x);
                case Layer.GlobalAveragePool _ -> mean(x);
                case Layer.Flatten _ -> new double[][] {flat(x)};
                case Layer.Dropout _, Layer.SpatialDropout _ -> x;
                case Layer.SincConv1d _,
                        Layer.Gru _,
                        Layer.AveragePool _,
                        Layer.Fork _,
                        Layer.Add _,
                        Layer.LookAhead _,
                        Layer.SqueezeExcitation _ ->
                    throw new IllegalArgumentException(layer + " is in none of these networks");
            };
        }
        return x[0];
    }

    private float[] weight(String name) {
        return Objects.requireNonNull(weights.get(name), name);
    }

    private double[][] convolve(Layer.Conv1d c, double[][] x) {
        float[] kernel = weight(c.name() + "/kernel");
        float[] bias = weight(c.name() + "/bias");
        boolean isSame = c.padding() == Padding.SAME;
        int out = isSame ? (x.length + c.stride() - 1) / c.stride() : (x.length - c.kernel()) / c.stride() + 1;
        int left = isSame ? Math.max(0, (out - 1) * c.stride() + c.kernel() - x.length) / 2 : 0;
        double[][] y = new double[out][c.channels()];
        for (int t = 0; t < out; t++) {
            for (int f = 0; f < c.channels(); f++) {
                double sum = bias[f];
                for (int k = 0; k < c.kernel(); k++) {
                    int at = t * c.stride() + k - left;
                    for (int i = 0; at >= 0 && at < x.length && i < x[at].length; i++) {
                        sum += x[at][i] * kernel[(k * x[at].length + i) * c.channels() + f];
                    }
                }
                y[t][f] = sum;
            }
        }
        return y;
    }

    private double[][] dense(Layer.Dense d, double[][] x) {
        float[] kernel = weight(d.name() + "/kernel");
        float[] bias = weight(d.name() + "/bias");
        double[][] y = new double[x.length][d.units()];
        for (int t = 0; t < x.length; t++) {
            for (int u = 0; u < d.units(); u++) {
                double sum = bias[u];
                for (int i = 0; i < x[t].length; i++) {
                    sum += x[t][i] * kernel[i * d.units() + u];
                }
                y[t][u] = sum;
            }
        }
        return y;
    }

    private double[][] normalize(Layer.BatchNorm b, double[][] x) {
        float[] gamma = weight(b.name() + "/gamma");
        float[] beta = weight(b.name() + "/beta");
        float[] mean = weight(b.name() + "/moving_mean");
        float[] variance = weight(b.name() + "/moving_variance");
        double[][] y = new double[x.length][gamma.length];
        for (int t = 0; t < x.length; t++) {
            for (int c = 0; c < gamma.length; c++) {
                y[t][c] = gamma[c] * (x[t][c] - mean[c]) / Math.sqrt(variance[c] + b.epsilon()) + beta[c];
            }
        }
        return y;
    }

    private static double[][] activate(Layer.Activation a, double[][] x) {
        double[][] y = new double[x.length][x[0].length];
        for (int t = 0; t < x.length; t++) {
            for (int c = 0; c < y[t].length; c++) {
                y[t][c] = switch (a.function()) {
                    case RELU -> Math.max(0, x[t][c]);
                    case TANH -> Math.tanh(x[t][c]);
                };
            }
        }
        return y;
    }

    private static double[][] largest(int size, double[][] x) {
        double[][] y = new double[x.length / size][x[0].length];
        for (int t = 0; t < y.length; t++) {
            for (int c = 0; c < y[t].length; c++) {
                y[t][c] = Double.NEGATIVE_INFINITY;
                for (int i = 0; i < size; i++) {
                    y[t][c] = Math.max(y[t][c], x[t * size + i][c]);
                }
            }
        }
        return y;
    }

    private static double[][] mean(double[][] x) {
        double[][] y = new double[1][x[0].length];
        for (double[] at : x) {
            for (int c = 0; c < at.length; c++) {
                y[0][c] += at[c] / x.length;
            }
        }
        return y;
    }

    private static double[] flat(double[][] x) {
        double[] y = new double[x.length * x[0].length];
        for (int t = 0; t < x.length; t++) {
            System.arraycopy(x[t], 0, y, t * x[t].length, x[t].length);
        }
        return y;
    }
}
