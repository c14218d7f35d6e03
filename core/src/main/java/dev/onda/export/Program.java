package dev.onda.export;

import static dev.onda.export.Steps.address;

import dev.onda.export.Arena.Buffer;
import dev.onda.model.Model;
import dev.onda.nn.Affine;
import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Shape;
import dev.onda.nn.kernel.ConvShape;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * A network's layers as C: constants, descriptions of layers, and steps. What is behind a layer overwrites what is before it,
 * where the layer allows that and no {@link Layer.Add} wants it later. Long, as all kinds of layers are here.
 */
final class Program {

    /** What a convolution does with each channel right away: its activation, its pooling; and the first layer behind them. */
    private record Tail(String function, int pool, int end) {}

    private static final String LINEAR = "LINEAR";
    /** A recurrent unit's state, and three numbers each of its input and of its state. */
    private static final int GRU_ROOM = 7;

    private final Network network;
    private final Constants constants;
    private final Steps steps;
    private final StringBuilder layers = new StringBuilder();
    private final int workSize;

    Program(Model model, CSource.Weights form) {
        network = model.network().folded();
        constants = new Constants(form);
        steps = new Steps(network.input().size());
        Buffer window = steps.at();
        steps.add("the window, normalised", taking(model), () -> "take(samples, " + address(window) + ");", window);
        int layer = 0;
        while (layer < network.layers().size()) {
            layer = add(layer);
        }
        workSize = steps.end();
    }

    private static Kernel taking(Model model) {
        return switch (model.input().normalization()) {
            case NONE -> Kernel.NONE;
            case PEAK -> Kernel.PEAK;
            case LEVEL -> Kernel.LEVEL;
        };
    }

    /** Numbers that the work needs room for. */
    int workSize() {
        return workSize;
    }

    Constants constants() {
        return constants;
    }

    /** The layers' descriptions. */
    String layers() {
        return layers.toString();
    }

    Steps steps() {
        return steps;
    }

    /** Adds a layer, and those behind it that it does at once; returns the first layer behind them. */
    private int add(int index) {
        Layer layer = network.layers().get(index);
        Shape in = network.input(index);
        switch (layer) {
            case Layer.Conv1d c -> {
                return convolve(index, c.name(), c.shape(in), weights(c, 0));
            }
            case Layer.Dense d -> {
                if (in.time() > 1) {
                    ConvShape pointwise = new ConvShape(in.channels(), d.units(), 1, 1, 1, 1, in.time(), 0, 0);
                    return convolve(index, d.name(), pointwise, weights(d, 0));
                }
                connect(index, d);
            }
            case Layer.BatchNorm b -> norm(b, in);
            case Layer.Activation a -> {
                String function = a.function().name();
                inPlace(lower(function), Kernel.ACTIVATION, in, "activate(" + function + ", %s, " + in.size() + ");");
            }
            case Layer.MaxPool p ->
                inPlace(
                        "largest of " + p.size(),
                        Kernel.MAX_POOL,
                        in,
                        "max_pool(%s, " + of(in) + ", " + p.size() + ");");
            case Layer.AveragePool p -> average(p.size(), in);
            case Layer.GlobalAveragePool _ -> average(in.time(), in);
            case Layer.Flatten _ -> flatten(index, in);
            case Layer.Fork _ -> steps.fork();
            case Layer.Add _ -> sum(in);
            case Layer.LookAhead l ->
                inPlace(
                        "look ahead of " + l.samples(),
                        Kernel.LOOK_AHEAD,
                        in,
                        "look_ahead(%s, " + of(in) + ", " + l.samples() + ");");
            case Layer.SqueezeExcitation e -> excite(e, in);
            case Layer.Gru g -> recur(g, in);
            case Layer.SincConv1d _, Layer.Dropout _, Layer.SpatialDropout _ ->
                throw new IllegalStateException(layer + " is in a folded network");
        }
        return index + 1;
    }

    private int convolve(int index, String layer, ConvShape shape, float[] weights) {
        String name = constants.name(layer);
        Tail tail = tail(index + 1);
        describe(
                "convolution",
                name,
                ".rows = " + constants.matrix(name + "_weights", weights, shape.outChannels()),
                ".biases = "
                        + constants.floats(
                                name + "_biases", weights(network.layers().get(index), 1)),
                ".inputs = " + shape.inChannels() + ", .input_time = " + shape.length(),
                ".channels = " + shape.outChannels() + ", .time = " + shape.outLength(),
                ".groups = " + shape.groups() + ", .taps = " + shape.kernel() + ", .stride = " + shape.stride()
                        + ", .dilation = " + shape.dilation() + ", .left = " + shape.padLeft(),
                ".pool = " + tail.pool() + ", .function = " + tail.function());
        Buffer x = steps.at();
        boolean isInPlace = shape.groupInputs() == 1 && shape.groupOutputs() == 1 && !steps.isForked();
        Buffer y = isInPlace ? x : steps.take(shape.outChannels() * (shape.outLength() / tail.pool()));
        Buffer sums = steps.take(shape.outLength());
        step(index, layer, tail, Kernel.CONVOLUTION, call("convolve", name, x, sums, y), x, sums, y);
        return tail.end();
    }

    /** An activation and a max pooling, in any order: the largest stays the largest. */
    private Tail tail(int from) {
        String function = LINEAR;
        int pool = 1;
        int end = from;
        for (; end < network.layers().size(); end++) {
            Layer layer = network.layers().get(end);
            if (layer instanceof Layer.Activation a && function.equals(LINEAR)) {
                function = a.function().name();
            } else if (layer instanceof Layer.MaxPool p && pool == 1) {
                pool = p.size();
            } else {
                break;
            }
        }
        return new Tail(function, pool, end);
    }

    private void connect(int index, Layer.Dense d) {
        boolean isFlattened = index > 0 && network.layers().get(index - 1) instanceof Layer.Flatten;
        float[] weights = isFlattened ? byChannel(weights(d, 0), network.input(index - 1)) : weights(d, 0);
        String name = constants.name(d.name());
        describe(
                "dense",
                name,
                ".rows = " + constants.matrix(name + "_weights", weights, d.units()),
                ".biases = " + constants.floats(name + "_biases", weights(d, 1)),
                ".units = " + d.units());
        Buffer x = steps.at();
        Buffer y = steps.take(d.units());
        step(index, d.name(), new Tail(LINEAR, 1, index + 1), Kernel.DENSE, call("connect", name, x, y), x, y);
    }

    /** Weights of features that lie (time, channels), for such that lie (channels, time): nothing need be moved then. */
    private static float[] byChannel(float[] weights, Shape before) {
        float[] turned = new float[weights.length];
        for (int row = 0; row < weights.length; row += before.size()) {
            for (int c = 0; c < before.channels(); c++) {
                for (int t = 0; t < before.time(); t++) {
                    turned[row + c * before.time() + t] = weights[row + t * before.channels() + c];
                }
            }
        }
        return turned;
    }

    private void flatten(int index, Shape in) {
        boolean isTurned =
                index + 1 < network.layers().size() && network.layers().get(index + 1) instanceof Layer.Dense;
        if (isTurned || in.time() == 1 || in.channels() == 1) {
            return;
        }
        Buffer x = steps.at();
        Buffer y = steps.take(in.size());
        steps.add(
                "flatten",
                Kernel.FLATTEN,
                () -> "flatten(" + address(x) + ", " + of(in) + ", " + address(y) + ");",
                x,
                y);
    }

    private void norm(Layer.BatchNorm b, Shape in) {
        Affine affine = Affine.of(b, network);
        String name = constants.name(b.name());
        String factors = constants.floats(name + "_factors", affine.factor());
        String summands = constants.floats(name + "_summands", affine.summand());
        inPlace(
                b.name() + ": batch norm",
                Kernel.NORM,
                in,
                "scale_and_shift(%s, " + of(in) + ", " + factors + ", " + summands + ");");
    }

    private void average(int size, Shape in) {
        inPlace("mean of " + size, Kernel.AVERAGE_POOL, in, "average_pool(%s, " + of(in) + ", " + size + ");");
    }

    private void sum(Shape in) {
        Buffer fork = steps.join();
        Buffer x = steps.own(in.size());
        steps.add(
                "add what was there before",
                Kernel.ADD,
                () -> "add(" + address(x) + ", " + address(fork) + ", " + in.size() + ");",
                fork,
                x);
    }

    private void excite(Layer.SqueezeExcitation e, Shape in) {
        String name = constants.name(e.name());
        describe(
                "excitation",
                name,
                ".squeeze = " + constants.matrix(name + "_squeeze_weights", weights(e, 0), e.units()),
                ".excite = " + constants.matrix(name + "_excite_weights", weights(e, 2), in.channels()),
                ".squeeze_biases = " + constants.floats(name + "_squeeze_biases", weights(e, 1)),
                ".excite_biases = " + constants.floats(name + "_excite_biases", weights(e, 3)),
                ".channels = " + in.channels() + ", .time = " + in.time() + ", .units = " + e.units());
        Buffer x = steps.own(in.size());
        Buffer own = steps.take(in.channels() + e.units());
        steps.add(e.name() + ": squeeze and excitation", Kernel.EXCITATION, call("excite", name, x, own), own, x);
    }

    private void recur(Layer.Gru g, Shape in) {
        String name = constants.name(g.name());
        describe(
                "gru",
                name,
                ".input = " + constants.matrix(name + "_input_weights", weights(g, 0), 3 * g.units()),
                ".state = " + constants.matrix(name + "_state_weights", weights(g, 2), 3 * g.units()),
                ".input_biases = " + constants.floats(name + "_input_biases", weights(g, 1)),
                ".state_biases = " + constants.floats(name + "_state_biases", weights(g, 3)),
                ".units = " + g.units() + ", .time = " + in.time());
        Buffer x = steps.at();
        Buffer own = steps.take(GRU_ROOM * g.units());
        Buffer y = steps.take(g.units() * in.time());
        steps.add(g.name() + ": gated recurrent unit", Kernel.GRU, call("recur", name, x, own, y), x, own, y);
    }

    /**
     * A step that changes the numbers at hand.
     *
     * @param call with {@code %s} where their address is to stand
     */
    private void inPlace(String comment, Kernel kernel, Shape in, String call) {
        Buffer x = steps.own(in.size());
        steps.add(comment, kernel, () -> call.formatted(address(x)), x);
    }

    private void step(int index, String layer, Tail tail, Kernel kernel, Supplier<String> call, Buffer... needed) {
        String function = tail.function().equals(LINEAR) ? "" : ", " + lower(tail.function());
        String pool = tail.pool() == 1 ? "" : ", largest of " + tail.pool();
        String shapes = network.input(index) + " to " + network.output(tail.end() - 1);
        steps.add(layer + function + pool + ": " + shapes, kernel, call, needed);
    }

    private static Supplier<String> call(String function, String layer, Buffer... buffers) {
        return () -> {
            StringBuilder call = new StringBuilder(function + "(&" + layer + "_layer");
            for (Buffer buffer : buffers) {
                call.append(", ").append(address(buffer));
            }
            return call.append(");").toString();
        };
    }

    private void describe(String type, String name, String... fields) {
        layers.append(
                "static const " + type + " " + name + "_layer = {\n    " + String.join(",\n    ", fields) + "};\n\n");
    }

    private float[] weights(Layer layer, int parameter) {
        return network.parameters(layer).get(parameter).values();
    }

    private static String of(Shape shape) {
        return shape.channels() + ", " + shape.time();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
