package dev.onda.onnx;

import static dev.onda.onnx.Graph.integer;

import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import java.util.List;

/**
 * Weights and signals in eight bits: each is rounded and at once restored (QuantizeLinear, DequantizeLinear), by which runtimes see what
 * they may compute in whole numbers.
 */
final class Bytes implements Numbers {

    private final EightBits bits;
    private final Network network;
    private final Graph graph;

    Bytes(EightBits bits, Network network, Graph graph) {
        this.bits = bits;
        this.network = network;
        this.graph = graph;
    }

    @Override
    public List<String> convolution(int layer, Layer.Conv1d convolution) {
        EightBits.Rounded rounded = bits.rounded(layer);
        String weights = weights(convolution, rounded);
        return Folding.isUnbiased(network.parameters(convolution).get(1))
                ? List.of(weights)
                : List.of(weights, biases(layer, convolution.name(), rounded));
    }

    private String weights(Layer.Conv1d convolution, EightBits.Rounded rounded) {
        int[] shape = network.parameters(convolution).getFirst().shape();
        String name = convolution.name();
        String weights = graph.bytes(name + ".weight", rounded.weights(), shape[0], shape[1], 1, shape[2]);
        String scales = graph.floats(name + ".scale", rounded.scales(), shape[0]);
        // ONNX has them optional, but ONNX Runtime told to be precise (session.x64quantprecision) fails without.
        String zeros = graph.once("zeros_" + shape[0], n -> graph.bytes(n, new byte[shape[0]], shape[0]));
        return graph.named("DequantizeLinear", List.of(weights, scales, zeros), name + ".w", integer("axis", 0));
    }

    private String biases(int layer, String name, EightBits.Rounded rounded) {
        float in = bits.behind(layer - 1).orElseThrow().scale();
        float[] units = rounded.scales().clone();
        for (int c = 0; c < units.length; c++) {
            units[c] *= in;
        }
        String biases = graph.ints32(name + ".bias", rounded.biases());
        String scales = graph.floats(name + ".unit", units, units.length);
        return graph.named("DequantizeLinear", List.of(biases, scales), name + ".b", integer("axis", 0));
    }

    @Override
    public String behind(int layer, String signal) {
        boolean isFork = layer >= 0 && network.layers().get(layer) instanceof Layer.Fork;
        if (isFork || bits.behind(layer).isEmpty()) {
            return signal;
        }
        Grid grid = bits.behind(layer).get();
        String scale = graph.once("scale_" + grid.scale(), n -> graph.floats(n, new float[] {grid.scale()}));
        String zero = graph.once("zero_" + grid.zero(), n -> graph.unsigned(n, grid.zero()));
        int number = graph.size();
        String rounded = graph.named("QuantizeLinear", List.of(signal, scale, zero), "q" + number);
        return graph.named("DequantizeLinear", List.of(rounded, scale, zero), "d" + number);
    }
}
