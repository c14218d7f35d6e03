package dev.onda.nn;

import dev.onda.nn.kernel.ConvShape;
import dev.onda.nn.kernel.Convolution;
import dev.onda.nn.kernel.Hash;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * A network at work: forward and, if made for training, backward. All memory is taken when a pass is made; for one thread at
 * a time, which shares the work out over its {@link Workers}.
 */
public final class Pass {

    /** What a pass is for. */
    public enum Mode {
        /** Batch norms use and update batch statistics, dropout drops, {@link Pass#backward} works. */
        TRAINING,
        /** Batch norms use their running statistics, dropout does nothing. */
        USE
    }

    private final Network network;
    private final Mode mode;
    private final int maxBatch;
    private final Kernels kernels;
    private final Workers workers;
    private final List<Operator> operators = new ArrayList<>();
    private final List<float[]> outputs = new ArrayList<>();
    private final List<float[]> gradients = new ArrayList<>();
    private final float[][] flow;
    private final int firstTrained;
    private float[] input = {};
    private int clips;

    /**
     * @param maxBatch most clips at once, at least 1
     * @throws IllegalArgumentException if maxBatch is below 1
     */
    public Pass(Network network, Mode mode, int maxBatch, Kernels kernels, Workers workers) {
        if (maxBatch < 1) {
            throw new IllegalArgumentException("a batch holds at least 1 clip, not " + maxBatch);
        }
        this.network = network;
        this.mode = mode;
        this.maxBatch = maxBatch;
        this.kernels = kernels;
        this.workers = workers;
        for (Parameter p : network.parameters()) {
            boolean wanted = mode == Mode.TRAINING && p.role().isTrained();
            gradients.add(new float[wanted ? p.values().length : 0]);
        }
        int first = network.layers().size();
        for (int i = network.layers().size() - 1; i >= 0; i--) {
            if (!network.parameters(network.layers().get(i)).isEmpty()) {
                first = i;
            }
        }
        firstTrained = first;
        for (int i = 0; i < network.layers().size(); i++) {
            operators.add(operator(i, network.layers().get(i), network.input(i)));
        }
        planOutputs();
        int largest = network.output().size();
        for (int i = firstTrained; i < network.layers().size(); i++) {
            largest = Math.max(largest, network.output(i).size());
        }
        flow = mode == Mode.TRAINING ? new float[2][Math.multiplyExact(maxBatch, largest)] : new float[0][];
    }

    /** In use, two arrays take turns; in training each layer keeps its output for the gradient, unless it works in place. */
    private void planOutputs() {
        int largest = 0;
        for (int i = 0; i < operators.size(); i++) {
            largest = Math.max(largest, network.output(i).size());
        }
        float[][] turns = mode == Mode.USE ? new float[2][Math.multiplyExact(maxBatch, largest)] : new float[0][];
        int turn = 0;
        for (int i = 0; i < operators.size(); i++) {
            if (i > 0 && worksInPlace(i)) {
                outputs.add(outputs.get(i - 1));
            } else if (mode == Mode.USE) {
                outputs.add(turns[turn]);
                turn = 1 - turn;
            } else {
                outputs.add(
                        new float[Math.multiplyExact(maxBatch, network.output(i).size())]);
            }
        }
    }

    private boolean worksInPlace(int i) {
        Operator own = operators.get(i);
        if (!own.inPlace()) {
            return false;
        }
        return mode == Mode.USE
                || (!own.reads().input() && !operators.get(i - 1).reads().output());
    }

    private Operator operator(int index, Layer layer, Shape in) {
        return switch (layer) {
            case Layer.Conv1d c -> convolution(index, c, c.shape(in));
            case Layer.Dense d ->
                convolution(index, d, new ConvShape(in.channels(), d.units(), 1, 1, 1, 1, in.time(), 0, 0));
            case Layer.BatchNorm b ->
                new BatchNormOperator(
                        b, in, mode, network.parameters(b), gradient(b, 0), gradient(b, 1), kernels, workers);
            case Layer.Activation a -> new ActivationOperator(a.function(), in, kernels, workers);
            case Layer.MaxPool p -> new MaxPoolOperator(in, p.size(), workers);
            case Layer.AveragePool p -> new AveragePoolOperator(in, p.size(), workers);
            case Layer.GlobalAveragePool _ -> new AveragePoolOperator(in, in.time(), workers);
            case Layer.Flatten _ -> new FlattenOperator(in, workers);
            case Layer.Dropout d -> new DropoutOperator(rate(d.rate()), in.size(), 1, kernels, workers);
            case Layer.SpatialDropout d ->
                new DropoutOperator(rate(d.rate()), in.channels(), in.time(), kernels, workers);
        };
    }

    private double rate(double rate) {
        return mode == Mode.TRAINING ? rate : 0;
    }

    /**
     * A bias in front of a batch norm does nothing, so its gradient is 0. Summed up it would be rounding noise, which Adam
     * blows up to steps of full size.
     */
    private Operator convolution(int index, Layer layer, ConvShape shape) {
        List<Parameter> own = network.parameters(layer);
        boolean last = index + 1 == network.layers().size();
        boolean normed = !last && network.layers().get(index + 1) instanceof Layer.BatchNorm;
        return new ConvolutionOperator(
                Convolution.plan(shape, maxBatch, kernels, workers),
                own.get(0).values(),
                own.get(1).values(),
                gradient(layer, 0),
                normed ? new float[0] : gradient(layer, 1));
    }

    private float[] gradient(Layer layer, int index) {
        return gradients.get(
                network.parameters().indexOf(network.parameters(layer).get(index)));
    }

    /**
     * Runs clips through the network.
     *
     * @param x {@code (clips, channels, time)}, not changed; in training not to be changed before {@link #backward}
     * @param count clips in use, 1 to the largest batch
     * @param seed of this step's dropout; the same seed drops the same
     * @return the last layer's output, {@code (clips, channels, time)}; valid until the next call
     * @throws IllegalArgumentException if there are too many clips, or x holds too few numbers
     */
    public float[] forward(float[] x, int count, long seed) {
        if (count < 1 || count > maxBatch) {
            throw new IllegalArgumentException("this pass takes 1 to " + maxBatch + " clips, not " + count);
        }
        if (x.length < count * network.input().size()) {
            throw new IllegalArgumentException(count + " clips of shape " + network.input() + " are "
                    + count * network.input().size() + " numbers, not " + x.length);
        }
        input = x;
        clips = count;
        float[] at = x;
        for (int i = 0; i < operators.size(); i++) {
            float[] to = outputs.get(i);
            operators.get(i).forward(at, to, count, Hash.child(seed, i));
            at = to;
        }
        return at;
    }

    /**
     * Computes all gradients for the clips last given to {@link #forward}.
     *
     * @param dy gradient of the loss towards the output; not changed
     * @throws IllegalStateException if the pass is not for training, or has not gone forward
     * @throws IllegalArgumentException if dy holds too few numbers
     */
    public void backward(float[] dy) {
        if (mode != Mode.TRAINING) {
            throw new IllegalStateException("this pass was made for use, not for training");
        }
        if (clips == 0) {
            throw new IllegalStateException("there is no forward pass to go back over");
        }
        int wanted = clips * network.output().size();
        if (dy.length < wanted) {
            throw new IllegalArgumentException("the gradient of " + clips + " clips of shape " + network.output()
                    + " is " + wanted + " numbers, not " + dy.length);
        }
        int turn = 0;
        float[] at = flow[turn];
        System.arraycopy(dy, 0, at, 0, wanted);
        for (int i = operators.size() - 1; i >= firstTrained; i--) {
            Operator op = operators.get(i);
            float[] x = i == 0 ? input : outputs.get(i - 1);
            float[] to = op.gradientInPlace() ? at : flow[1 - turn];
            op.backward(x, outputs.get(i), at, to, clips, i > firstTrained);
            if (to != at) {
                turn = 1 - turn;
                at = to;
            }
        }
    }

    /** Gradient of parameter {@code index} of {@link Network#parameters}, as last computed; empty if it is not trained. */
    public float[] gradient(int index) {
        return gradients.get(index);
    }

    /** The network at work. */
    public Network network() {
        return network;
    }
}
