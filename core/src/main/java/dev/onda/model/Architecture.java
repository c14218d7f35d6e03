package dev.onda.model;

import dev.onda.nn.Initialization;
import dev.onda.nn.Layer;
import dev.onda.nn.Padding;
import dev.onda.nn.kernel.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * A network by name, for any number of words.
 *
 * @param name what users call it
 * @param source where it was published
 * @param sampleRateHz the rate it was made for; a window is one second
 * @param initialization how its parameters are first drawn
 * @param layers its layers, given the number of words
 */
public record Architecture(
        String name, String source, int sampleRateHz, Initialization initialization, IntFunction<List<Layer>> layers) {

    private static final List<Architecture> ALL = List.of(
            new Architecture(
                    "article",
                    "Herrera 2020, Extra Conv1D Augmented V3: four convolutions, two dense layers a time step",
                    8_000,
                    Initialization.GLOROT_UNIFORM,
                    Architecture::article),
            new Architecture(
                    "m5",
                    "Dai 2016 (arXiv 1610.00087), with 32 channels, first stride 4: five layers, fully convolutional",
                    8_000,
                    Initialization.FAN_IN_UNIFORM,
                    Architecture::m5));

    /** All of them. */
    public static List<Architecture> all() {
        return ALL;
    }

    /** The one of this name. */
    public static Optional<Architecture> named(String name) {
        return ALL.stream().filter(a -> a.name.equals(name)).findFirst();
    }

    /** Their names, for messages: {@code "article, m5"}. */
    public static String names() {
        return ALL.stream().map(Architecture::name).collect(Collectors.joining(", "));
    }

    private static List<Layer> article(int words) {
        List<Layer> layers = new ArrayList<>();
        layers.add(Layer.Conv1d.of("c1", 8, 100, Padding.SAME));
        layers.add(new Layer.Activation(Activation.TANH));
        layers.addAll(List.of(new Layer.MaxPool(2), kerasNorm("b1"), new Layer.SpatialDropout(0.3)));
        layers.add(Layer.Conv1d.of("c2", 16, 60, Padding.SAME));
        layers.add(new Layer.Activation(Activation.RELU));
        layers.addAll(List.of(new Layer.MaxPool(2), kerasNorm("b2"), new Layer.SpatialDropout(0.3)));
        layers.add(Layer.Conv1d.of("c3", 24, 40, Padding.SAME));
        layers.add(new Layer.Activation(Activation.TANH));
        layers.addAll(List.of(kerasNorm("b3"), new Layer.MaxPool(2), new Layer.SpatialDropout(0.3)));
        layers.add(Layer.Conv1d.of("c4", 32, 20, Padding.SAME));
        layers.add(new Layer.Activation(Activation.RELU));
        layers.addAll(List.of(kerasNorm("b4"), new Layer.MaxPool(2), new Layer.Dropout(0.3)));
        layers.add(new Layer.Dense("d1", 64));
        layers.addAll(List.of(new Layer.Activation(Activation.TANH), kerasNorm("b5")));
        layers.add(new Layer.Dense("d2", 128));
        layers.addAll(List.of(new Layer.Activation(Activation.RELU), kerasNorm("b6"), new Layer.Dropout(0.3)));
        layers.addAll(List.of(new Layer.Flatten(), new Layer.Dense("out", words)));
        return layers;
    }

    /** With Keras' defaults. */
    private static Layer kerasNorm(String name) {
        return new Layer.BatchNorm(name, 1e-3, 0.99);
    }

    private static List<Layer> m5(int words) {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer.Conv1d("c1", 32, 80, 4, 1, 1, Padding.VALID));
        layers.addAll(List.of(torchNorm("b1"), new Layer.Activation(Activation.RELU), new Layer.MaxPool(4)));
        layers.add(Layer.Conv1d.of("c2", 32, 3, Padding.VALID));
        layers.addAll(List.of(torchNorm("b2"), new Layer.Activation(Activation.RELU), new Layer.MaxPool(4)));
        layers.add(Layer.Conv1d.of("c3", 64, 3, Padding.VALID));
        layers.addAll(List.of(torchNorm("b3"), new Layer.Activation(Activation.RELU), new Layer.MaxPool(4)));
        layers.add(Layer.Conv1d.of("c4", 64, 3, Padding.VALID));
        layers.addAll(List.of(torchNorm("b4"), new Layer.Activation(Activation.RELU), new Layer.MaxPool(4)));
        layers.addAll(List.of(new Layer.GlobalAveragePool(), new Layer.Dense("out", words)));
        return layers;
    }

    /** With PyTorch's defaults, momentum counted as Keras counts it. */
    private static Layer torchNorm(String name) {
        return new Layer.BatchNorm(name, 1e-5, 0.9);
    }
}
