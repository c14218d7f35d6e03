package dev.onda.nn;

import java.util.ArrayList;
import java.util.List;

/** Makes {@link Network#folded}. */
final class Folding {

    private final List<Layer> layers = new ArrayList<>();
    /** Their parameters, in order. */
    private final List<float[]> values = new ArrayList<>();

    private Folding() {}

    static Network of(Network network) {
        Folding folding = new Folding();
        for (Layer layer : network.layers()) {
            folding.add(layer, network);
        }
        Network folded = new Network(folding.layers, network.input());
        for (int i = 0; i < folding.values.size(); i++) {
            float[] own = folding.values.get(i);
            System.arraycopy(own, 0, folded.parameters().get(i).values(), 0, own.length);
        }
        return folded;
    }

    private void add(Layer layer, Network network) {
        switch (layer) {
            case Layer.Dropout _, Layer.SpatialDropout _ -> {}
            case Layer.BatchNorm norm
            when isBehindWeights() -> Affine.of(norm, network).fold(values.get(values.size() - 2), values.getLast());
            case Layer.SincConv1d sinc -> {
                layers.add(sinc.convolution());
                values.add(network.kernels(sinc));
                values.add(new float[sinc.channels()]);
            }
            case Layer.Conv1d _,
                    Layer.Dense _,
                    Layer.Gru _,
                    Layer.BatchNorm _,
                    Layer.Activation _,
                    Layer.MaxPool _,
                    Layer.AveragePool _,
                    Layer.GlobalAveragePool _,
                    Layer.Flatten _,
                    Layer.Fork _,
                    Layer.Add _,
                    Layer.LookAhead _,
                    Layer.SqueezeExcitation _ -> {
                layers.add(layer);
                network.parameters(layer).forEach(p -> values.add(p.values().clone()));
            }
        }
    }

    private boolean isBehindWeights() {
        return !layers.isEmpty()
                && (layers.getLast() instanceof Layer.Conv1d || layers.getLast() instanceof Layer.Dense);
    }
}
