package dev.onda.nn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Layers, the shape they start from, and their parameters. Any number of {@link Pass}es may read one network at a time; one
 * that trains must be alone.
 */
public final class Network {

    /** Numbers of a clip behind one layer, 64 MiB: more is a mistake, or a file that lies. */
    private static final int LARGEST_OUTPUT = 1 << 24;

    private final List<Layer> layers;
    private final Shape input;
    private final List<Shape> outputs;
    private final Map<Layer, List<Parameter>> own = new HashMap<>();
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
        Shape at = input;
        for (Layer layer : layers) {
            List<Parameter> created =
                    specs(layer, at).stream().map(Parameter.Spec::zeros).toList();
            for (Parameter p : created) {
                if (all.stream().anyMatch(q -> q.name().equals(p.name()))) {
                    throw new IllegalArgumentException(
                            "two layers are named " + p.name().split("\\.", 2)[0]);
                }
                all.add(p);
            }
            if (!created.isEmpty()) {
                own.put(layer, created);
            }
            at = layer.output(at);
            shapes.add(at);
        }
        this.outputs = List.copyOf(shapes);
        this.parameters = List.copyOf(all);
    }

    private static List<Parameter.Spec> specs(Layer layer, Shape in) {
        return switch (layer) {
            case Layer.Conv1d c ->
                List.of(
                        Parameter.Spec.of(
                                c.name() + ".weight",
                                Parameter.Role.WEIGHT,
                                c.channels(),
                                in.channels() / c.groups(),
                                c.kernel()),
                        Parameter.Spec.of(c.name() + ".bias", Parameter.Role.BIAS, c.channels()));
            case Layer.Dense d ->
                List.of(
                        Parameter.Spec.of(d.name() + ".weight", Parameter.Role.WEIGHT, d.units(), in.channels()),
                        Parameter.Spec.of(d.name() + ".bias", Parameter.Role.BIAS, d.units()));
            case Layer.BatchNorm b ->
                List.of(
                        Parameter.Spec.of(b.name() + ".weight", Parameter.Role.SCALE, in.channels()),
                        Parameter.Spec.of(b.name() + ".bias", Parameter.Role.SHIFT, in.channels()),
                        Parameter.Spec.of(b.name() + ".running_mean", Parameter.Role.RUNNING_MEAN, in.channels()),
                        Parameter.Spec.of(b.name() + ".running_var", Parameter.Role.RUNNING_VARIANCE, in.channels()));
            case Layer.Activation _,
                    Layer.MaxPool _,
                    Layer.AveragePool _,
                    Layer.GlobalAveragePool _,
                    Layer.Flatten _,
                    Layer.Dropout _,
                    Layer.SpatialDropout _ -> List.of();
        };
    }

    /**
     * The parameters that such a network has, in their order; nothing is allocated for their numbers.
     *
     * @throws IllegalArgumentException if a layer does not fit behind the one before, or its output is absurdly large
     */
    public static List<Parameter.Spec> specs(List<Layer> layers, Shape input) {
        List<Parameter.Spec> all = new ArrayList<>();
        Shape at = input;
        for (Layer layer : layers) {
            all.addAll(specs(layer, at));
            at = layer.output(at);
            if ((long) at.channels() * at.time() > LARGEST_OUTPUT) {
                throw new IllegalArgumentException(
                        "behind layer " + layer + " a clip is " + at + ", more than " + LARGEST_OUTPUT + " numbers");
            }
        }
        return all;
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
        return own.getOrDefault(layer, List.of());
    }

    /** How many numbers its parameters hold, those not trained included. */
    public long size() {
        return parameters.stream().mapToLong(p -> p.values().length).sum();
    }

    /** Multiply-accumulates of layer {@code index} for one clip; those of convolutions and dense layers count. */
    public long multiplyAccumulates(int index) {
        return switch (layers.get(index)) {
            case Layer.Conv1d c -> c.shape(input(index)).multiplyAccumulates();
            case Layer.Dense d -> (long) d.units() * input(index).size();
            case Layer.BatchNorm _,
                    Layer.Activation _,
                    Layer.MaxPool _,
                    Layer.AveragePool _,
                    Layer.GlobalAveragePool _,
                    Layer.Flatten _,
                    Layer.Dropout _,
                    Layer.SpatialDropout _ -> 0;
        };
    }
}
