package dev.onda.onnx;

import static dev.onda.onnx.Graph.integer;
import static dev.onda.onnx.Graph.ints;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Padding;
import dev.onda.nn.Parameter;
import dev.onda.nn.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * A network's layers as nodes of a graph, {@code (batch, channels, 1, time)} throughout: as pictures of height 1, since other runtimes
 * have faster forms of their operators for pictures.
 */
final class NetworkNodes {

    private static final int HEIGHT = 2;
    private static final int TIME = 3;

    private final Network network;
    private final Graph graph;
    private final Numbers numbers;
    private final Deque<String> forks = new ArrayDeque<>();
    private String at;

    /**
     * @param network folded, as {@link Folding} does
     */
    NetworkNodes(Network network, Graph graph, Numbers numbers) {
        this.network = network;
        this.graph = graph;
        this.numbers = numbers;
        this.at = "";
    }

    /**
     * Adds all layers.
     *
     * @param input name of what goes into the first one, {@code (batch, channels, time)}
     * @return name of the last one's output
     */
    String add(String input) {
        at = numbers.behind(-1, graph.node("Unsqueeze", List.of(input, graph.longs("height", HEIGHT))));
        for (int i = 0; i < network.layers().size(); i++) {
            add(i, network.layers().get(i), network.input(i));
            at = numbers.behind(i, at);
        }
        return at;
    }

    private void add(int i, Layer layer, Shape in) {
        switch (layer) {
            case Layer.Conv1d c -> convolve(c, in, numbers.convolution(i, c));
            case Layer.Activation a ->
                next(
                        switch (a.function()) {
                            case RELU -> "Relu";
                            case TANH -> "Tanh";
                        });
            case Layer.MaxPool p -> pool("MaxPool", p.size());
            case Layer.AveragePool p -> pool("AveragePool", p.size());
            case Layer.GlobalAveragePool _ -> next("GlobalAveragePool");
            case Layer.Flatten _ -> {
                transpose(0, TIME, 1, HEIGHT);
                next("Reshape", graph.longs(fresh("flat"), 0, -1, 1, 1));
            }
            case Layer.Fork _ -> forks.push(at);
            case Layer.Add _ -> next("Add", forks.pop());
            case Layer.SqueezeExcitation e -> excite(e, in);
            case Layer.Gru g -> recur(g, in);
            case Layer.LookAhead l -> lookAhead(l);
            case Layer.Dense _, Layer.SincConv1d _, Layer.BatchNorm _, Layer.Dropout _, Layer.SpatialDropout _ ->
                throw new IllegalArgumentException("not folded: " + layer);
        }
    }

    private void convolve(Layer.Conv1d c, Shape in, List<String> own) {
        int reach = c.dilation() * (c.kernel() - 1);
        int zeros = switch (c.padding()) {
            case SAME -> {
                int out = (in.time() + c.stride() - 1) / c.stride();
                yield Math.max(0, (out - 1) * c.stride() + reach + 1 - in.time());
            }
            case CAUSAL -> reach;
            case VALID -> 0;
        };
        int left = c.padding() == Padding.CAUSAL ? zeros : zeros / 2;
        List<String> inputs = new ArrayList<>(own);
        inputs.addFirst(at);
        at = graph.node(
                "Conv",
                inputs,
                ints("kernel_shape", 1, c.kernel()),
                ints("strides", 1, c.stride()),
                ints("dilations", 1, c.dilation()),
                ints("pads", 0, left, 0, zeros - left),
                integer("group", c.groups()));
    }

    private void pool(String operator, int size) {
        at = graph.node(operator, List.of(at), ints("kernel_shape", 1, size), ints("strides", 1, size));
    }

    private void excite(Layer.SqueezeExcitation e, Shape in) {
        List<Parameter> own = network.parameters(e);
        String input = at;
        next("GlobalAveragePool");
        dense(e.name() + ".squeeze", new Shape(in.channels(), 1), own.get(0), own.get(1));
        next("Relu");
        dense(e.name() + ".excite", new Shape(e.units(), 1), own.get(2), own.get(3));
        next("Sigmoid");
        next("Mul", input);
    }

    private void dense(String name, Shape in, Parameter weights, Parameter biases) {
        int units = biases.values().length;
        convolve(
                Layer.Conv1d.of(name, units, 1, Padding.VALID),
                in,
                List.of(
                        graph.floats(weights.name(), weights.values(), units, in.channels(), 1, 1),
                        graph.floats(biases.name(), biases.values(), units)));
    }

    /** ONNX has the gates as update, reset, candidate; PyTorch and we as reset, update, candidate. */
    private void recur(Layer.Gru g, Shape in) {
        List<Parameter> own = network.parameters(g);
        int units = g.units();
        String w = graph.floats(g.name() + ".w", turned(own.get(0).values()), 1, 3L * units, in.channels());
        String r = graph.floats(g.name() + ".r", turned(own.get(2).values()), 1, 3L * units, units);
        float[] biases = Arrays.copyOf(turned(own.get(1).values()), 6 * units);
        System.arraycopy(turned(own.get(3).values()), 0, biases, 3 * units, 3 * units);
        String b = graph.floats(g.name() + ".b", biases, 1, biases.length);
        String height = graph.longs(g.name() + ".height", HEIGHT);
        next("Squeeze", height);
        transpose(2, 0, 1);
        at = graph.node("GRU", List.of(at, w, r, b), integer("hidden_size", units), integer("linear_before_reset", 1));
        // (time, directions, batch, units): the one direction becomes the height.
        transpose(2, 3, 1, 0);
    }

    private static float[] turned(float[] gates) {
        int gate = gates.length / 3;
        float[] turned = gates.clone();
        System.arraycopy(gates, gate, turned, 0, gate);
        System.arraycopy(gates, 0, turned, gate, gate);
        return turned;
    }

    private void lookAhead(Layer.LookAhead l) {
        String name = fresh("ahead");
        next("Pad", graph.longs(name + ".pads", 0, 0, 0, 0, 0, 0, 0, l.samples()));
        next(
                "Slice",
                graph.longs(name + ".starts", l.samples()),
                graph.longs(name + ".ends", Long.MAX_VALUE),
                graph.longs(name + ".axes", TIME));
    }

    private void transpose(long... axes) {
        at = graph.node("Transpose", List.of(at), ints("perm", axes));
    }

    private String fresh(String name) {
        return name + "_" + graph.size();
    }

    private void next(String operator, String... more) {
        String[] inputs = new String[more.length + 1];
        inputs[0] = at;
        System.arraycopy(more, 0, inputs, 1, more.length);
        at = graph.node(operator, List.of(inputs), new AttributeProto[0]);
    }
}
