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
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * A network's layers as nodes of a graph, {@code (batch, channels, time)} throughout. A batch norm right behind a layer with weights is
 * folded into these; elsewhere it is a factor and a summand a channel.
 */
final class NetworkNodes {

    private final Network network;
    private final Graph graph;
    private final Deque<String> forks = new ArrayDeque<>();
    private String at;
    /** Whether the norm that comes next is folded into the weights already. */
    private boolean isFolded;

    /**
     * @param input name of what goes into the first layer
     */
    NetworkNodes(Network network, Graph graph, String input) {
        this.network = network;
        this.graph = graph;
        this.at = input;
    }

    /** Adds all layers; returns the name of the last one's output. */
    String add() {
        for (int i = 0; i < network.layers().size(); i++) {
            add(i, network.layers().get(i), network.input(i));
        }
        return at;
    }

    private void add(int i, Layer layer, Shape in) {
        switch (layer) {
            case Layer.Conv1d c -> {
                List<Parameter> own = network.parameters(c);
                Affine norm = behind(i, c.channels());
                convolve(
                        c,
                        in,
                        c.name(),
                        norm.weights(own.get(0).values()),
                        norm.biases(own.get(1).values()));
            }
            case Layer.SincConv1d c -> {
                Affine norm = behind(i, c.channels());
                Layer.Conv1d same =
                        new Layer.Conv1d(c.name(), c.channels(), c.kernel(), c.stride(), 1, 1, Padding.SAME);
                convolve(same, in, c.name(), norm.weights(network.kernels(c)), norm.biases(new float[c.channels()]));
            }
            case Layer.Dense d -> {
                List<Parameter> own = network.parameters(d);
                Affine norm = behind(i, d.units());
                convolve(
                        Layer.Conv1d.of(d.name(), d.units(), 1, Padding.VALID),
                        in,
                        d.name(),
                        norm.weights(own.get(0).values()),
                        norm.biases(own.get(1).values()));
            }
            case Layer.BatchNorm b -> {
                if (!isFolded) {
                    Affine norm = Affine.of(b, network);
                    String factor = graph.floats(b.name() + ".factor", norm.factor(), in.channels(), 1);
                    String summand = graph.floats(b.name() + ".summand", norm.summand(), in.channels(), 1);
                    next("Mul", factor);
                    next("Add", summand);
                }
                isFolded = false;
            }
            case Layer.Activation a ->
                at = graph.node(
                        switch (a.function()) {
                            case RELU -> "Relu";
                            case TANH -> "Tanh";
                        },
                        List.of(at));
            case Layer.MaxPool p -> pool("MaxPool", p.size());
            case Layer.AveragePool p -> pool("AveragePool", p.size());
            case Layer.GlobalAveragePool _ -> next("GlobalAveragePool");
            case Layer.Flatten _ -> {
                at = graph.node("Transpose", List.of(at), ints("perm", 0, 2, 1));
                String shape = graph.longs("flat_" + graph.size(), 0, -1, 1);
                next("Reshape", shape);
            }
            case Layer.Fork _ -> forks.push(at);
            case Layer.Add _ -> next("Add", forks.pop());
            case Layer.SqueezeExcitation e -> excite(e, in);
            case Layer.Gru g -> recur(g, in);
            case Layer.LookAhead l -> lookAhead(l);
            case Layer.Dropout _, Layer.SpatialDropout _ -> {}
        }
    }

    /** The norm right behind a layer, which is then done with. */
    private Affine behind(int i, int channels) {
        if (i + 1 < network.layers().size() && network.layers().get(i + 1) instanceof Layer.BatchNorm b) {
            isFolded = true;
            return Affine.of(b, network);
        }
        return Affine.identity(channels);
    }

    private void convolve(Layer.Conv1d c, Shape in, String name, float[] weights, float[] biases) {
        String w = graph.floats(name + ".weight", weights, c.channels(), in.channels() / c.groups(), c.kernel());
        String b = graph.floats(name + ".bias", biases, c.channels());
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
        at = graph.node(
                "Conv",
                List.of(at, w, b),
                ints("kernel_shape", c.kernel()),
                ints("strides", c.stride()),
                ints("dilations", c.dilation()),
                ints("pads", left, zeros - left),
                integer("group", c.groups()));
    }

    private void pool(String operator, int size) {
        at = graph.node(operator, List.of(at), ints("kernel_shape", size), ints("strides", size));
    }

    private void excite(Layer.SqueezeExcitation e, Shape in) {
        List<Parameter> own = network.parameters(e);
        String input = at;
        next("GlobalAveragePool");
        convolve(
                Layer.Conv1d.of(e.name(), e.units(), 1, Padding.VALID),
                new Shape(in.channels(), 1),
                e.name() + ".squeeze",
                own.get(0).values(),
                own.get(1).values());
        next("Relu");
        convolve(
                Layer.Conv1d.of(e.name(), in.channels(), 1, Padding.VALID),
                new Shape(e.units(), 1),
                e.name() + ".excite",
                own.get(2).values(),
                own.get(3).values());
        next("Sigmoid");
        next("Mul", input);
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
        at = graph.node("Transpose", List.of(at), ints("perm", 2, 0, 1));
        at = graph.node("GRU", List.of(at, w, r, b), integer("hidden_size", units), integer("linear_before_reset", 1));
        next("Squeeze", graph.longs(g.name() + ".directions", 1));
        at = graph.node("Transpose", List.of(at), ints("perm", 1, 2, 0));
    }

    private static float[] turned(float[] gates) {
        int gate = gates.length / 3;
        float[] turned = gates.clone();
        System.arraycopy(gates, gate, turned, 0, gate);
        System.arraycopy(gates, 0, turned, gate, gate);
        return turned;
    }

    private void lookAhead(Layer.LookAhead l) {
        String name = "ahead_" + graph.size();
        String pads = graph.longs(name + ".pads", 0, 0, 0, 0, 0, l.samples());
        next("Pad", pads);
        at = graph.node(
                "Slice",
                List.of(
                        at,
                        graph.longs(name + ".starts", l.samples()),
                        graph.longs(name + ".ends", Long.MAX_VALUE),
                        graph.longs(name + ".axes", 2)));
    }

    private void next(String operator, String... more) {
        String[] inputs = new String[more.length + 1];
        inputs[0] = at;
        System.arraycopy(more, 0, inputs, 1, more.length);
        at = graph.node(operator, List.of(inputs), new AttributeProto[0]);
    }
}
