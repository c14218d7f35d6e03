package dev.onda.onnx;

import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Parameter;
import java.util.List;

/** All numbers as they are: 32 bits each. */
final class Floats implements Numbers {

    private final Network network;
    private final Graph graph;

    Floats(Network network, Graph graph) {
        this.network = network;
        this.graph = graph;
    }

    @Override
    public List<String> convolution(int layer, Layer.Conv1d convolution) {
        Parameter weights = network.parameters(convolution).get(0);
        Parameter biases = network.parameters(convolution).get(1);
        int[] shape = weights.shape();
        String name = graph.floats(weights.name(), weights.values(), shape[0], shape[1], 1, shape[2]);
        return Folding.isUnbiased(biases)
                ? List.of(name)
                : List.of(name, graph.floats(biases.name(), biases.values(), shape[0]));
    }

    @Override
    public String behind(int layer, String signal) {
        return signal;
    }
}
