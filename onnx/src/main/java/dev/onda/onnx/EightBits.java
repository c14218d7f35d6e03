package dev.onda.onnx;

import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Parameter;
import dev.onda.nn.kernel.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a network is said in eight bits (Jacob 2018, arXiv 1712.05877, section 2): on which grid each signal lies, and what whole numbers
 * the weights of its convolutions are, with a scale for each output channel. All else keeps its 32 bits.
 *
 * <p>We use only 129 of a weight's 256 values: processors of x86 without VNNI add products of bytes in pairs, in 16 bits, which two
 * large weights overflow. Then files would compute one thing on one machine and another on the next.
 */
final class EightBits {

    private static final int LARGEST_WEIGHT = 64;
    /** Room for the products beside the bias. */
    private static final int LARGEST_BIAS = 1 << 30;

    private final Network network;
    /** Behind each layer, and first that of the network's input; none where a signal is not rounded. */
    private final List<Optional<Grid>> grids = new ArrayList<>();

    /**
     * A convolution's numbers.
     *
     * @param weights {@code (channels, in, kernel)}
     * @param scales of the weights, one a channel
     * @param biases one a channel, in units of the weights' scale times that of the input
     */
    record Rounded(byte[] weights, float[] scales, int[] biases) {}

    /**
     * @param network folded, as {@link Folding} does; not copied
     * @param tallies what its signals were on some clips, the input's first
     */
    EightBits(Network network, List<Tally> tallies) {
        this.network = network;
        grids.add(Optional.of(tallies.getFirst().grid()));
        for (int i = 0; i < network.layers().size(); i++) {
            grids.add(isRounded(i) ? Optional.of(grid(i, tallies)) : Optional.empty());
        }
    }

    /** The last layer's output is not, and in front of a ReLU it is enough to round behind it. */
    private boolean isRounded(int i) {
        boolean isLast = i + 1 == network.layers().size();
        return !isLast
                && !(network.layers().get(i + 1) instanceof Layer.Activation a && a.function() == Activation.RELU);
    }

    private Grid grid(int i, List<Tally> tallies) {
        boolean isOnGrid = switch (network.layers().get(i)) {
            case Layer.MaxPool _, Layer.Flatten _, Layer.LookAhead _, Layer.Fork _ -> true;
            case Layer.Conv1d _,
                    Layer.Dense _,
                    Layer.SincConv1d _,
                    Layer.BatchNorm _,
                    Layer.Activation _,
                    Layer.AveragePool _,
                    Layer.GlobalAveragePool _,
                    Layer.Add _,
                    Layer.SqueezeExcitation _,
                    Layer.Gru _,
                    Layer.Dropout _,
                    Layer.SpatialDropout _ -> false;
        };
        return isOnGrid ? behind(i - 1).orElseThrow() : tallies.get(i + 1).grid();
    }

    /** The grid of the signal behind a layer, -1 for the network's input; none where it is not rounded. */
    Optional<Grid> behind(int layer) {
        return grids.get(layer + 1);
    }

    /** The numbers of the convolution that is layer {@code i}. */
    Rounded rounded(int i) {
        List<Parameter> own = network.parameters(network.layers().get(i));
        float[] weights = own.get(0).values();
        float[] biases = own.get(1).values();
        float in = behind(i - 1).orElseThrow().scale();
        int each = weights.length / biases.length;
        Rounded rounded = new Rounded(new byte[weights.length], new float[biases.length], new int[biases.length]);
        for (int c = 0; c < biases.length; c++) {
            float scale = scale(weights, c * each, each, Math.abs(biases[c]) / in);
            rounded.scales[c] = scale;
            rounded.biases[c] = (int) Math.rint(biases[c] / (in * scale));
            for (int k = c * each; k < (c + 1) * each; k++) {
                rounded.weights[k] = (byte) Math.rint(weights[k] / scale);
            }
        }
        return rounded;
    }

    /** So that neither the largest weight nor the bias overflows. */
    private static float scale(float[] weights, int from, int count, float bias) {
        float largest = 0;
        for (int k = from; k < from + count; k++) {
            largest = Math.max(largest, Math.abs(weights[k]));
        }
        float scale = Math.max(largest / LARGEST_WEIGHT, bias / LARGEST_BIAS);
        return scale > 0 ? scale : 1;
    }

    /** The network with the numbers that are left of its weights. */
    Network restored() {
        Network rounded = new Network(network.layers(), network.input()).copy(network);
        for (int i = 0; i < network.layers().size(); i++) {
            if (network.layers().get(i) instanceof Layer.Conv1d c) {
                restore(rounded(i), behind(i - 1).orElseThrow().scale(), rounded.parameters(c));
            }
        }
        return rounded;
    }

    private static void restore(Rounded rounded, float in, List<Parameter> to) {
        float[] weights = to.get(0).values();
        float[] biases = to.get(1).values();
        int each = weights.length / biases.length;
        for (int k = 0; k < weights.length; k++) {
            weights[k] = rounded.weights[k] * rounded.scales[k / each];
        }
        for (int c = 0; c < biases.length; c++) {
            biases[c] = rounded.biases[c] * (in * rounded.scales[c]);
        }
    }
}
