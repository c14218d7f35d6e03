package dev.onda.model;

import dev.onda.nn.Layer;
import dev.onda.nn.Padding;
import dev.onda.nn.kernel.Activation;
import java.util.ArrayList;
import java.util.List;

/**
 * The article's networks (Herrera 2020), and those that it names as future work. Its last one is given in full; of the
 * earlier ones it tells how many layers they have, and they are built here of the same parts.
 */
final class ArticleNetworks {

    private static final double EPSILON = 1e-3;
    private static final double MOMENTUM = 0.99;

    private ArticleNetworks() {}

    /** One convolution, one dense layer. */
    static List<Layer> single(int words) {
        List<Layer> layers = new ArrayList<>(block("1", 8, 100, Activation.TANH));
        layers.addAll(List.of(new Layer.Flatten(), new Layer.Dense("out", words)));
        return layers;
    }

    /** Two convolutions more, with more filters. */
    static List<Layer> multi(int words) {
        List<Layer> layers = threeConvolutions();
        layers.addAll(List.of(new Layer.Flatten(), new Layer.Dense("out", words)));
        return layers;
    }

    /** Two dense layers more. */
    static List<Layer> extra(int words) {
        List<Layer> layers = threeConvolutions();
        layers.addAll(head(words));
        return layers;
    }

    private static List<Layer> threeConvolutions() {
        List<Layer> layers = new ArrayList<>(block("1", 8, 100, Activation.TANH));
        layers.addAll(block("2", 16, 60, Activation.RELU));
        layers.addAll(block("3", 24, 40, Activation.TANH));
        return layers;
    }

    private static List<Layer> block(String number, int channels, int kernel, Activation function) {
        return List.of(
                Layer.Conv1d.of("c" + number, channels, kernel, Padding.SAME),
                new Layer.Activation(function),
                new Layer.MaxPool(2),
                norm("b" + number),
                new Layer.SpatialDropout(0.3));
    }

    /** The network in full: a fourth convolution. */
    static List<Layer> full(int words) {
        List<Layer> layers = fourConvolutions();
        layers.addAll(head(words));
        return layers;
    }

    private static List<Layer> fourConvolutions() {
        List<Layer> layers = new ArrayList<>(block("1", 8, 100, Activation.TANH));
        layers.addAll(block("2", 16, 60, Activation.RELU));
        layers.add(Layer.Conv1d.of("c3", 24, 40, Padding.SAME));
        layers.add(new Layer.Activation(Activation.TANH));
        layers.addAll(List.of(norm("b3"), new Layer.MaxPool(2), new Layer.SpatialDropout(0.3)));
        layers.add(Layer.Conv1d.of("c4", 32, 20, Padding.SAME));
        layers.add(new Layer.Activation(Activation.RELU));
        layers.addAll(List.of(norm("b4"), new Layer.MaxPool(2), new Layer.Dropout(0.3)));
        return layers;
    }

    private static List<Layer> head(int words) {
        return List.of(
                new Layer.Dense("d1", 64),
                new Layer.Activation(Activation.TANH),
                norm("b5"),
                new Layer.Dense("d2", 128),
                new Layer.Activation(Activation.RELU),
                norm("b6"),
                new Layer.Dropout(0.3),
                new Layer.Flatten(),
                new Layer.Dense("out", words));
    }

    /** Each convolution but the first is followed by one that is gone around. */
    static List<Layer> residual(int words) {
        List<Layer> layers = new ArrayList<>(block("1", 8, 100, Activation.TANH));
        layers.addAll(block("2", 16, 60, Activation.RELU));
        layers.addAll(around("2r", 16, 30));
        layers.addAll(block("3", 24, 40, Activation.TANH));
        layers.addAll(around("3r", 24, 20));
        layers.addAll(block("4", 32, 20, Activation.RELU));
        layers.addAll(around("4r", 32, 10));
        layers.addAll(head(words));
        return layers;
    }

    private static List<Layer> around(String number, int channels, int kernel) {
        return List.of(
                new Layer.Fork(),
                Layer.Conv1d.of("c" + number, channels, kernel, Padding.SAME),
                norm("b" + number),
                new Layer.Activation(Activation.RELU),
                new Layer.Add());
    }

    /** The four convolutions, a few time steps taken together, then a recurrent layer over time. */
    static List<Layer> recurrent(int words) {
        List<Layer> layers = fourConvolutions();
        layers.addAll(List.of(
                new Layer.AveragePool(5),
                new Layer.Gru("g1", 64),
                norm("b5"),
                new Layer.GlobalAveragePool(),
                new Layer.Dropout(0.3),
                new Layer.Dense("out", words)));
        return layers;
    }

    /** Convolutions that look back, and a few steps ahead only (Amodei 2016, section 3.5: "lookahead convolution"). */
    static List<Layer> lookAhead(int words) {
        List<Layer> layers = new ArrayList<>();
        layers.addAll(causal("1", 8, 100, 20, Activation.TANH));
        layers.addAll(causal("2", 16, 60, 10, Activation.RELU));
        layers.addAll(causal("3", 24, 40, 5, Activation.TANH));
        layers.addAll(causal("4", 32, 20, 5, Activation.RELU));
        layers.addAll(List.of(
                new Layer.Dense("d1", 64),
                new Layer.Activation(Activation.TANH),
                norm("b5"),
                new Layer.Dense("d2", 128),
                new Layer.Activation(Activation.RELU),
                norm("b6"),
                new Layer.GlobalAveragePool(),
                new Layer.Dropout(0.3),
                new Layer.Dense("out", words)));
        return layers;
    }

    private static List<Layer> causal(String number, int channels, int kernel, int ahead, Activation function) {
        return List.of(
                new Layer.LookAhead(ahead),
                Layer.Conv1d.of("c" + number, channels, kernel, Padding.CAUSAL),
                new Layer.Activation(function),
                new Layer.MaxPool(2),
                norm("b" + number),
                new Layer.SpatialDropout(0.1));
    }

    /** With Keras' defaults. */
    private static Layer norm(String name) {
        return new Layer.BatchNorm(name, EPSILON, MOMENTUM);
    }
}
