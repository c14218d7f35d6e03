package dev.onda.nn;

import dev.onda.nn.kernel.Kernels;
import java.util.Arrays;
import java.util.List;

/**
 * The recurrent half of a gated recurrent unit (Cho 2014, in the form of cuDNN and PyTorch), clip by clip; its input holds what
 * {@link Layer.Gru}'s input weights make of the signal, reset, update and candidate below each other:
 *
 * <pre>
 * r = logistic(a + U_r h), z = logistic(b + U_z h), n = tanh(c + r (U_n h)), h' = (1 - z) n + z h
 * </pre>
 *
 * Biases are those of U. Gradients run back over the whole clip; each clip's parameter gradients are summed in their order.
 */
final class RecurrentOperator extends Operator {

    private final int units;
    private final float[] weights;
    private final float[] bias;
    private final float[] weightGradient;
    private final float[] biasGradient;
    private final Kernels kernels;
    /** Weights as (unit before, gate), so that a step is a sum of rows. */
    private final float[] turned;

    /** By clip and time: r, z, n, and U_n h. */
    private final float[] gates;
    /** By clip and time: h before the step. */
    private final float[] states;
    /** By clip: gradients of weights (gate, unit before), then biases. */
    private final float[] clipGradients;
    /** By worker: input and its gradient, turned to (time, gate), and a step's sums. */
    private final float[][] scratch;

    /**
     * @param values weights (3 units, units) and biases
     * @param gradients of these
     * @param clips most clips that a gradient is wanted for; 0 for none
     */
    RecurrentOperator(
            Shape in, List<float[]> values, List<float[]> gradients, int clips, int threads, Kernels kernels) {
        super(in, new Shape(in.channels() / 3, in.time()));
        this.units = in.channels() / 3;
        this.weights = values.get(0);
        this.bias = values.get(1);
        this.weightGradient = gradients.get(0);
        this.biasGradient = gradients.get(1);
        this.kernels = kernels;
        this.turned = new float[weights.length];
        this.gates = new float[clips * in.time() * 4 * units];
        this.states = new float[clips * in.time() * units];
        this.clipGradients = new float[clips * (weights.length + bias.length)];
        this.scratch = new float[threads][in.size() + out().size() + 8 * units];
    }

    @Override
    void load() {
        kernels.transpose(weights, 0, turned, 0, 3 * units, units);
    }

    @Override
    void forward(float[] x, int xAt, float[] y, int yAt, int clip, int worker) {
        int time = in().time();
        float[] own = scratch[worker];
        int outAt = in().size();
        int sum = outAt + out().size();
        kernels.transpose(x, xAt, own, 0, 3 * units, time);
        float[] h = new float[units];
        for (int t = 0; t < time; t++) {
            System.arraycopy(bias, 0, own, sum, 3 * units);
            for (int u = 0; u < units; u++) {
                addScaled(turned, u * 3 * units, h[u], own, sum, 3 * units);
            }
            int kept = (clip * time + t) * units;
            if (states.length > 0) {
                System.arraycopy(h, 0, states, kept, units);
            }
            int a = t * 3 * units;
            for (int u = 0; u < units; u++) {
                float r = logistic(own[a + u] + own[sum + u]);
                float z = logistic(own[a + units + u] + own[sum + units + u]);
                float inner = own[sum + 2 * units + u];
                float n = (float) StrictMath.tanh(own[a + 2 * units + u] + r * inner);
                h[u] = (1 - z) * n + z * h[u];
                if (gates.length > 0) {
                    gates[4 * kept + u] = r;
                    gates[4 * kept + units + u] = z;
                    gates[4 * kept + 2 * units + u] = n;
                    gates[4 * kept + 3 * units + u] = inner;
                }
            }
            System.arraycopy(h, 0, own, outAt + t * units, units);
        }
        kernels.transpose(own, outAt, y, yAt, time, units);
    }

    @Override
    void backward(float[] x, float[] y, float[] dy, int dyAt, float[] dx, int dxAt, int clip) {
        int time = in().time();
        float[] dTime = new float[out().size()];
        float[] dInput = new float[in().size()];
        kernels.transpose(dy, dyAt, dTime, 0, units, time);
        float[] dh = new float[units];
        float[] dSums = new float[3 * units];
        int own = clip * (weights.length + bias.length);
        Arrays.fill(clipGradients, own, own + weights.length + bias.length, 0);
        for (int t = time - 1; t >= 0; t--) {
            int kept = (clip * time + t) * units;
            int a = t * 3 * units;
            for (int u = 0; u < units; u++) {
                float r = gates[4 * kept + u];
                float z = gates[4 * kept + units + u];
                float n = gates[4 * kept + 2 * units + u];
                float inner = gates[4 * kept + 3 * units + u];
                float d = dh[u] + dTime[t * units + u];
                float dn = d * (1 - z) * (1 - n * n);
                float dz = d * (states[kept + u] - n) * z * (1 - z);
                float dr = dn * inner * r * (1 - r);
                dInput[a + u] = dr;
                dInput[a + units + u] = dz;
                dInput[a + 2 * units + u] = dn;
                dSums[u] = dr;
                dSums[units + u] = dz;
                dSums[2 * units + u] = dn * r;
                dh[u] = d * z;
            }
            for (int g = 0; g < 3 * units; g++) {
                addScaled(weights, g * units, dSums[g], dh, 0, units);
                addScaled(states, kept, dSums[g], clipGradients, own + g * units, units);
                clipGradients[own + weights.length + g] += dSums[g];
            }
        }
        kernels.transpose(dInput, 0, dx, dxAt, time, 3 * units);
    }

    private static void addScaled(float[] x, int xAt, float factor, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] += factor * x[xAt + i];
        }
    }

    private static float logistic(float x) {
        return (float) (1 / (1 + StrictMath.exp(-x)));
    }

    @Override
    void finishGradient(int clips) {
        Arrays.fill(weightGradient, 0);
        Arrays.fill(biasGradient, 0);
        for (int clip = 0; clip < clips; clip++) {
            int own = clip * (weights.length + bias.length);
            kernels.add(clipGradients, own, weightGradient, 0, weights.length);
            kernels.add(clipGradients, own + weights.length, biasGradient, 0, bias.length);
        }
    }
}
