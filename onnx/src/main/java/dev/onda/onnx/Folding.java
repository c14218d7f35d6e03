package dev.onda.onnx;

import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Padding;
import dev.onda.nn.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * A network in use, said in fewer kinds of layers: dense layers, sinc convolutions and batch norms are convolutions. A norm right
 * behind one of these is folded into its weights; elsewhere it is a convolution of one tap a channel. Dropout is left out.
 */
final class Folding {

    private final Network network;
    private final List<Layer> layers = new ArrayList<>();
    /** For each layer that has parameters, these, in their order. */
    private final List<float[]> parameters = new ArrayList<>();

    private Folding(Network network) {
        this.network = network;
    }

    /** A network that computes the same, with parameters of its own. */
    static Network of(Network network) {
        Folding folding = new Folding(network);
        for (int i = 0; i < network.layers().size(); i++) {
            if (!folding.isFolded(i)) {
                folding.add(i, network.layers().get(i));
            }
        }
        Network folded = new Network(folding.layers, network.input());
        for (int i = 0; i < folding.parameters.size(); i++) {
            float[] values = folding.parameters.get(i);
            System.arraycopy(values, 0, folded.parameters().get(i).values(), 0, values.length);
        }
        return folded;
    }

    private void add(int i, Layer layer) {
        int channels = network.output(i).channels();
        List<float[]> own =
                network.parameters(layer).stream().map(Parameter::values).toList();
        switch (layer) {
            case Layer.Conv1d c -> convolution(i, c, own.get(0), own.get(1));
            case Layer.Dense d ->
                convolution(i, Layer.Conv1d.of(d.name(), channels, 1, Padding.VALID), own.get(0), own.get(1));
            case Layer.SincConv1d c ->
                convolution(
                        i,
                        new Layer.Conv1d(c.name(), channels, c.kernel(), c.stride(), 1, 1, Padding.SAME),
                        network.kernels(c),
                        new float[channels]);
            case Layer.BatchNorm b -> {
                Affine norm = Affine.of(b, network);
                layers.add(new Layer.Conv1d(b.name(), channels, 1, 1, 1, channels, Padding.VALID));
                parameters.addAll(List.of(norm.factor(), norm.summand()));
            }
            case Layer.Dropout _, Layer.SpatialDropout _ -> {}
            case Layer.Activation _,
                    Layer.MaxPool _,
                    Layer.AveragePool _,
                    Layer.GlobalAveragePool _,
                    Layer.Flatten _,
                    Layer.Fork _,
                    Layer.Add _,
                    Layer.SqueezeExcitation _,
                    Layer.LookAhead _,
                    Layer.Gru _ -> {
                layers.add(layer);
                parameters.addAll(own);
            }
        }
    }

    private void convolution(int i, Layer.Conv1d layer, float[] weights, float[] biases) {
        layers.add(layer);
        if (isFolded(i + 1)) {
            Affine norm = Affine.of((Layer.BatchNorm) network.layers().get(i + 1), network);
            parameters.addAll(List.of(norm.weights(weights), norm.biases(biases)));
        } else {
            parameters.addAll(List.of(weights, biases));
        }
    }

    /** Whether a layer is a norm right behind one with weights. */
    private boolean isFolded(int i) {
        if (i == 0 || i == network.layers().size() || !(network.layers().get(i) instanceof Layer.BatchNorm)) {
            return false;
        }
        Layer before = network.layers().get(i - 1);
        return before instanceof Layer.Conv1d || before instanceof Layer.Dense || before instanceof Layer.SincConv1d;
    }
}
