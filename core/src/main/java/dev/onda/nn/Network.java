package dev.onda.nn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Layers, the shape they start from, and their parameters. Any number of {@link Pass}es may read one network at a time; one
 * that trains must be alone.
 */
public final class Network {

    /** A layer's parameters, and where among all of them the first is. */
    private record Own(int first, List<Parameter> parameters) {}

    /** Numbers of a clip behind one layer, 64 MiB: more is a mistake, or a file that lies. */
    private static final int LARGEST_OUTPUT = 1 << 24;

    private final List<Layer> layers;
    private final Shape input;
    private final List<Shape> outputs;
    /** By name of the layer. */
    private final Map<String, Own> own = new HashMap<>();

    private final List<Parameter> parameters;

    /**
     * A network with all parameters zero.
     *
     * @param input shape of one clip
     * @throws IllegalArgumentException if a layer does not fit behind the one before, or two have one name
     */
    public Network(List<Layer> layers, Shape input) {
        this.layers = List.copyOf(layers);
        this.input = input;
        List<Shape> shapes = new ArrayList<>();
        List<Parameter> all = new ArrayList<>();
        Walk walk = new Walk(input);
        for (Layer layer : layers) {
            if (layer instanceof Layer.Parametric parametric) {
                create(parametric, walk.at, all);
            }
            shapes.add(walk.through(layer));
        }
        walk.end();
        this.outputs = List.copyOf(shapes);
        this.parameters = List.copyOf(all);
    }

    private void create(Layer.Parametric layer, Shape in, List<Parameter> all) {
        List<Parameter> created =
                layer.parameters(in).stream().map(Parameter.Spec::zeros).toList();
        if (own.put(layer.name(), new Own(all.size(), created)) != null) {
            throw new IllegalArgumentException("two layers are named " + layer.name());
        }
        for (Parameter p : created) {
            if (all.stream().anyMatch(q -> q.name().equals(p.name()))) {
                throw new IllegalArgumentException("two parameters are named " + p.name());
            }
            all.add(p);
        }
    }

    /**
     * The parameters that such a network has, in their order; nothing is allocated for their numbers.
     *
     * @throws IllegalArgumentException if a layer does not fit behind the one before, or its output is absurdly large
     */
    public static List<Parameter.Spec> specs(List<Layer> layers, Shape input) {
        List<Parameter.Spec> all = new ArrayList<>();
        Walk walk = new Walk(input);
        for (Layer layer : layers) {
            if (layer instanceof Layer.Parametric parametric) {
                all.addAll(parametric.parameters(walk.at));
            }
            Shape at = walk.through(layer);
            if ((long) at.channels() * at.time() > LARGEST_OUTPUT) {
                throw new IllegalArgumentException(
                        "behind layer " + layer + " a clip is " + at + ", more than " + LARGEST_OUTPUT + " numbers");
            }
        }
        walk.end();
        return all;
    }

    /** The shape from layer to layer, with the forks on the way that are not closed yet. */
    private static final class Walk {

        private final Deque<Shape> forks = new ArrayDeque<>();
        private Shape at;

        Walk(Shape input) {
            this.at = input;
        }

        Shape through(Layer layer) {
            at = layer.output(at);
            if (layer instanceof Layer.Fork) {
                forks.push(at);
            }
            if (layer instanceof Layer.Add) {
                Shape fork = forks.poll();
                if (fork == null) {
                    throw new IllegalArgumentException("an add has no fork before it");
                }
                // Field by field, as a record's equals is a class that Java makes at the start.
                if (fork.channels() != at.channels() || fork.time() != at.time()) {
                    throw new IllegalArgumentException("an add gets " + at + ", but its fork saw " + fork
                            + "; a residual block must keep channels and time");
                }
            }
            return at;
        }

        void end() {
            if (!forks.isEmpty()) {
                throw new IllegalArgumentException("a fork has no add behind it");
            }
        }
    }

    /** Draws new parameters, in their order. */
    public Network initialize(Initialization initialization, RandomGenerator random) {
        int fanIn = 1;
        for (Parameter p : parameters) {
            if (p.role() == Parameter.Role.WEIGHT) {
                fanIn = p.values().length / p.shape()[0];
            }
            initialization.fill(p, fanIn, random);
        }
        return this;
    }

    /**
     * Takes over the parameters of another network.
     *
     * @param other with the same layers and input
     */
    public Network copy(Network other) {
        for (int i = 0; i < parameters.size(); i++) {
            float[] values = other.parameters.get(i).values();
            System.arraycopy(values, 0, parameters.get(i).values(), 0, values.length);
        }
        return this;
    }

    /** A number that networks with other parameters most likely do not have. */
    public long fingerprint() {
        long sum = 0;
        for (Parameter p : parameters) {
            sum = 31 * sum + Arrays.hashCode(p.values());
        }
        return sum;
    }

    /**
     * The first layers of this network as one of their own, with copies of their parameters.
     *
     * @param count how many layers
     */
    public Network first(int count) {
        return part(0, count, input);
    }

    /**
     * Layers {@code [from, to)} as a network of their own, with copies of their parameters.
     *
     * @param shape of its input; channels as this network has them there, the time may differ
     * @throws IllegalArgumentException if the layers do not fit behind such an input, or cut a fork from its add
     */
    public Network part(int from, int to, Shape shape) {
        Network part = new Network(layers.subList(from, to), shape);
        for (Parameter copy : part.parameters) {
            float[] values = parameters.stream()
                    .filter(p -> p.name().equals(copy.name()))
                    .findFirst()
                    .orElseThrow()
                    .values();
            System.arraycopy(values, 0, copy.values(), 0, values.length);
        }
        return part;
    }

    /**
     * A network that computes the same in use, with less to do: batch norms right behind a convolution or a dense layer are in
     * its weights, sinc filters are plain convolutions, dropout is gone. It holds parameters of its own.
     */
    public Network folded() {
        return Folding.of(this);
    }

    /** Its layers, first to last. */
    public List<Layer> layers() {
        return layers;
    }

    /** Shape of one clip. */
    public Shape input() {
        return input;
    }

    /** Shape behind the last layer. */
    public Shape output() {
        return outputs.isEmpty() ? input : outputs.getLast();
    }

    /** Shape behind layer {@code index}. */
    public Shape output(int index) {
        return outputs.get(index);
    }

    /** Shape in front of layer {@code index}. */
    public Shape input(int index) {
        return index == 0 ? input : outputs.get(index - 1);
    }

    /** All parameters, in the order of the layers, those not trained included. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** The parameters of a layer of this network; empty for layers without. */
    public List<Parameter> parameters(Layer layer) {
        return layer instanceof Layer.Parametric p ? own(p).parameters() : List.of();
    }

    /** Where among all parameters the first one of a layer of this network is, which has some. */
    int firstParameter(Layer layer) {
        return own((Layer.Parametric) layer).first();
    }

    private Own own(Layer.Parametric layer) {
        Own found = own.get(layer.name());
        if (found == null) {
            throw new IllegalArgumentException("not a layer of this network: " + layer);
        }
        return found;
    }

    /**
     * The kernels that a layer of this network makes of its edges.
     *
     * @return (channels, 1, kernel), always a new array
     */
    public float[] kernels(Layer.SincConv1d layer) {
        List<Parameter> edges = parameters(layer);
        SincFilters filters = new SincFilters(
                layer.kernel(), edges.get(0).values(), edges.get(1).values(), new float[0], new float[0]);
        filters.make();
        return filters.weights();
    }

    /** How many numbers its parameters hold, those not trained included. */
    public long size() {
        return parameters.stream().mapToLong(p -> p.values().length).sum();
    }

    /** Multiply-accumulates of all layers for one clip. */
    public long allMultiplyAccumulates() {
        return IntStream.range(0, layers.size())
                .mapToLong(this::multiplyAccumulates)
                .sum();
    }

    /** Multiply-accumulates of layer {@code index} for one clip; those of convolutions and dense layers count. */
    public long multiplyAccumulates(int index) {
        return switch (layers.get(index)) {
            case Layer.Conv1d c -> c.shape(input(index)).multiplyAccumulates();
            case Layer.Dense d -> (long) d.units() * input(index).size();
            case Layer.SincConv1d c -> c.shape(input(index)).multiplyAccumulates();
            case Layer.Gru g ->
                3L
                        * g.units()
                        * (input(index).channels() + g.units())
                        * input(index).time();
            case Layer.SqueezeExcitation e -> 2L * e.units() * input(index).channels();
            case Layer.BatchNorm _,
                    Layer.Activation _,
                    Layer.MaxPool _,
                    Layer.AveragePool _,
                    Layer.GlobalAveragePool _,
                    Layer.Flatten _,
                    Layer.Fork _,
                    Layer.Add _,
                    Layer.LookAhead _,
                    Layer.Dropout _,
                    Layer.SpatialDropout _ -> 0;
        };
    }
}
