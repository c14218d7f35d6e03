package dev.onda.nn;

import dev.onda.nn.kernel.Activation;
import dev.onda.nn.kernel.ConvShape;
import dev.onda.nn.kernel.Convolution;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Turns a network's layers into operators: a norm, an activation and a max pooling behind each other become one. In use a norm
 * behind a convolution or a dense layer is in its weights.
 */
final class Operators {

    private static final float[] NOT_WANTED = {};

    private final Network network;
    private final List<float[]> gradients;
    private final boolean trains;
    private final int maxBatch;
    private final Kernels kernels;
    private final Workers workers;
    private final Deque<ForkOperator> forks = new ArrayDeque<>();

    /**
     * @param gradients one of each parameter's length, or empty
     * @param trains whether gradients are wanted, and batch norms and dropout do as in training
     */
    Operators(
            Network network, List<float[]> gradients, boolean trains, int maxBatch, Kernels kernels, Workers workers) {
        this.network = network;
        this.gradients = gradients;
        this.trains = trains;
        this.maxBatch = maxBatch;
        this.kernels = kernels;
        this.workers = workers;
    }

    List<Operator> plan() {
        List<Operator> all = new ArrayList<>();
        int layer = 0;
        while (layer < network.layers().size()) {
            layer = add(all, layer);
        }
        return all;
    }

    /** Adds the operator that starts with a layer; returns the first layer behind it. */
    private int add(List<Operator> all, int index) {
        Shape in = network.input(index);
        Layer layer = network.layers().get(index);
        switch (layer) {
            case Layer.Conv1d c -> {
                all.add(convolution(index, c.shape(in)));
                return index + (foldsNorm(index) ? 2 : 1);
            }
            case Layer.Dense d -> {
                all.add(convolution(index, new ConvShape(in.channels(), d.units(), 1, 1, 1, 1, in.time(), 0, 0)));
                return index + (foldsNorm(index) ? 2 : 1);
            }
            case Layer.BatchNorm norm -> {
                Optional<Activation> function = activation(index + 1);
                int behind = index + (function.isPresent() ? 2 : 1);
                int pool = maxPool(behind);
                all.add(new NormOperator(
                        norm,
                        new NormOperator.Then(function, pool),
                        in,
                        network.parameters(norm),
                        List.of(gradient(norm, 0), gradient(norm, 1)),
                        trains ? maxBatch : 0,
                        kernels));
                return behind + (pool > 1 ? 1 : 0);
            }
            case Layer.Activation a -> {
                int pool = maxPool(index + 1);
                all.add(pool(in, Optional.of(a.function()), pool));
                return index + (pool > 1 ? 2 : 1);
            }
            case Layer.MaxPool p -> {
                Optional<Activation> function = activation(index + 1);
                all.add(pool(in, function, p.size()));
                return index + (function.isPresent() ? 2 : 1);
            }
            case Layer.AveragePool p -> all.add(new AveragePoolOperator(in, p.size()));
            case Layer.GlobalAveragePool _ -> all.add(new AveragePoolOperator(in, in.time()));
            case Layer.SincConv1d c -> all.add(sinc(c, in));
            case Layer.Gru g -> {
                List<Parameter> own = network.parameters(g);
                ConvolutionOperator.Arrays arrays = new ConvolutionOperator.Arrays(
                        own.get(0).values(), own.get(1).values(), gradient(g, 0), gradient(g, 1));
                Shape gates = new Shape(3 * g.units(), in.time());
                ConvShape shape = new ConvShape(in.channels(), gates.channels(), 1, 1, 1, 1, in.time(), 0, 0);
                Convolution toGates = Convolution.plan(shape, maxBatch, kernels, workers);
                all.add(ConvolutionOperator.of(in, gates, toGates, arrays));
                all.add(new RecurrentOperator(
                        gates,
                        values(g).subList(2, 4),
                        gradients(g).subList(2, 4),
                        trains ? maxBatch : 0,
                        workers.threads(),
                        kernels));
            }
            case Layer.LookAhead l -> all.add(new LookAheadOperator(in, l.samples()));
            case Layer.Fork _ -> {
                ForkOperator fork = new ForkOperator(in, trains ? maxBatch : 0, kernels);
                forks.push(fork);
                all.add(fork);
            }
            case Layer.Add _ -> all.add(new ForkOperator.Sum(in, forks.pop(), kernels));
            case Layer.SqueezeExcitation e ->
                all.add(new ExcitationOperator(in, e.units(), values(e), gradients(e), maxBatch, kernels));
            case Layer.Flatten _ -> all.add(new FlattenOperator(in, kernels));
            case Layer.Dropout d -> all.add(new DropoutOperator(index, in, trains ? d.rate() : 0, 1, kernels));
            case Layer.SpatialDropout d ->
                all.add(new DropoutOperator(index, in, trains ? d.rate() : 0, in.time(), kernels));
        }
        return index + 1;
    }

    private Operator pool(Shape in, Optional<Activation> function, int size) {
        return new PoolOperator(in, function, size, trains ? maxBatch : 0, kernels);
    }

    private Optional<Activation> activation(int index) {
        boolean there = index < network.layers().size() && network.layers().get(index) instanceof Layer.Activation;
        return there ? Optional.of(((Layer.Activation) network.layers().get(index)).function()) : Optional.empty();
    }

    /** Size of the max pooling that is layer {@code index}; 1 if it is another layer, or keeps what it gets. */
    private int maxPool(int index) {
        return index < network.layers().size() && network.layers().get(index) instanceof Layer.MaxPool p ? p.size() : 1;
    }

    private Operator convolution(int index, ConvShape shape) {
        Layer layer = network.layers().get(index);
        Convolution convolution = Convolution.plan(shape, maxBatch, kernels, workers);
        Shape in = network.input(index);
        Shape out = network.output(index);
        if (foldsNorm(index)) {
            FoldedNorm folded = FoldedNorm.of(
                    network, layer, (Layer.BatchNorm) network.layers().get(index + 1));
            return ConvolutionOperator.of(in, out, convolution, folded.arrays(), folded);
        }
        // A bias in front of a batch norm does nothing, so its gradient is 0. Summed up it would be rounding
        // noise, which Adam blows up to steps of full size.
        float[] biasGradient = isNorm(index + 1) ? NOT_WANTED : gradient(layer, 1);
        List<float[]> own = values(layer);
        return ConvolutionOperator.of(
                in,
                out,
                convolution,
                new ConvolutionOperator.Arrays(own.get(0), own.get(1), gradient(layer, 0), biasGradient));
    }

    /** Whether the norm behind a convolution is done by its weights. */
    private boolean foldsNorm(int index) {
        return !trains && isNorm(index + 1);
    }

    private boolean isNorm(int index) {
        return index < network.layers().size() && network.layers().get(index) instanceof Layer.BatchNorm;
    }

    private Operator sinc(Layer.SincConv1d layer, Shape in) {
        List<float[]> own = values(layer);
        SincFilters filters =
                new SincFilters(layer.kernel(), own.get(0), own.get(1), gradient(layer, 0), gradient(layer, 1));
        ConvShape shape = layer.shape(in);
        return ConvolutionOperator.of(
                in,
                layer.output(in),
                Convolution.plan(shape, maxBatch, kernels, workers),
                new ConvolutionOperator.Arrays(filters.weights(), NOT_WANTED, filters.gradient(), NOT_WANTED),
                filters);
    }

    private List<float[]> values(Layer layer) {
        return network.parameters(layer).stream().map(Parameter::values).toList();
    }

    private List<float[]> gradients(Layer layer) {
        return IntStream.range(0, network.parameters(layer).size())
                .mapToObj(i -> gradient(layer, i))
                .toList();
    }

    private float[] gradient(Layer layer, int index) {
        return gradients.get(network.firstParameter(layer) + index);
    }
}
