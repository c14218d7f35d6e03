package dev.onda.nn;

import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * A network at work: forward and, if made for training, backward. All memory is taken when a pass is made or first used; for
 * one thread at a time, which shares the work out over its {@link Workers}.
 *
 * <p>The operators are cut into stages. Within a stage a clip goes from operator to operator on one thread, in memory that
 * stays in its cache; between stages all clips are waited for.
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
    private final Workers workers;
    private final List<Operator> operators;
    private final List<float[]> gradients = new ArrayList<>();
    private final List<Signal> signals;
    private final List<Runnable> forward = new ArrayList<>();
    private final List<Runnable> backward = new ArrayList<>();
    private final int firstTrained;
    /** Backward, the gradients: that in front of operator i, and behind the last. */
    private final Signal[] flow;

    private boolean loaded;
    private float[] input = {};
    private int clips;
    private long seed;

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
        this.workers = workers;
        boolean trains = mode == Mode.TRAINING;
        for (Parameter p : network.parameters()) {
            gradients.add(new float[trains && p.role().isTrained() ? p.values().length : 0]);
        }
        operators = new Operators(network, gradients, trains, maxBatch, kernels, workers).plan();
        signals = new OutputPlan(operators, mode).signals(maxBatch, workers.threads());
        bindForks();
        firstTrained = firstTrained();
        planForward();
        flow = trains ? new GradientPlan(operators, firstTrained).signals(maxBatch, workers.threads()) : new Signal[0];
        if (trains) {
            refuseExcitationFirst();
            planBackward();
        }
    }

    private void refuseExcitationFirst() {
        if (firstTrained < operators.size() && operators.get(firstTrained) instanceof ExcitationOperator) {
            throw new IllegalArgumentException(
                    "the first layer with parameters is a squeeze-excitation layer, which cannot"
                            + " be trained there: put a convolution or a dense layer in front of it");
        }
    }

    private void bindForks() {
        for (Operator operator : operators) {
            if (operator instanceof ForkOperator.Sum sum) {
                sum.bind(signals.get(operators.indexOf(sum.fork())));
            }
        }
    }

    /** The first operator that has parameters: the gradient goes no further. */
    private int firstTrained() {
        for (int i = 0; i < operators.size(); i++) {
            Operator operator = operators.get(i);
            if (operator instanceof ConvolutionOperator
                    || operator instanceof NormOperator
                    || operator instanceof ExcitationOperator) {
                return i;
            }
        }
        return operators.size();
    }

    private void planForward() {
        int from = 0;
        for (int i = 0; i < operators.size(); i++) {
            Operator operator = operators.get(i);
            if (operator.gathers() || (operator instanceof Operator.Batched && i > from)) {
                forward.add(clipsForward(from, i));
                from = i;
            }
            if (operator instanceof Operator.Batched whole) {
                int index = i;
                forward.add(() -> whole.forward(before(index), behind(index), clips));
                from = i + 1;
            }
        }
        if (from < operators.size()) {
            forward.add(clipsForward(from, operators.size()));
        }
    }

    /** Operators {@code [from, to)} for each clip, then what operator {@code to} gathers. */
    private Runnable clipsForward(int from, int to) {
        boolean gathers = to < operators.size() && operators.get(to).gathers();
        Workers.Task task = (clip, worker) -> {
            float[] x = from == 0 ? input : signals.get(from - 1).array(worker);
            int xAt = from == 0
                    ? clip * network.input().size()
                    : signals.get(from - 1).at(clip);
            for (int i = from; i < to; i++) {
                float[] y = signals.get(i).array(worker);
                int yAt = signals.get(i).at(clip);
                operators.get(i).forward(x, xAt, y, yAt, clip, worker);
                x = y;
                xAt = yAt;
            }
            if (gathers) {
                operators.get(to).gather(x, xAt, clip);
            }
        };
        return () -> {
            for (int i = from; i < to; i++) {
                operators.get(i).prepare(clips, seed);
            }
            workers.run(clips, task);
        };
    }

    private void planBackward() {
        int from = operators.size();
        for (int i = operators.size() - 1; i >= firstTrained; i--) {
            Operator operator = operators.get(i);
            if (operator.gathers() || (operator instanceof ConvolutionOperator && i + 1 < from)) {
                backward.add(clipsBackward(from, i));
                from = i + 1;
            }
            if (operator instanceof ConvolutionOperator convolution) {
                int index = i;
                backward.add(() -> convolution.backward(
                        before(index), flow[index + 1].batch(), flow[index].batch(), clips, index > firstTrained));
                from = i;
            }
        }
    }

    /** Operators {@code from - 1} down to {@code to + 1} for each clip, then what operator {@code to} gathers. */
    private Runnable clipsBackward(int from, int to) {
        Operator last = operators.get(to);
        Workers.Task task = (clip, worker) -> {
            for (int i = from - 1; i > to; i--) {
                Signal dy = flow[i + 1];
                Signal dx = flow[i];
                operators
                        .get(i)
                        .backward(
                                before(i),
                                behind(i),
                                dy.array(worker),
                                dy.at(clip),
                                dx.array(worker),
                                dx.at(clip),
                                clip);
            }
            last.gatherGradient(before(to), behind(to), flow[to + 1].batch(), clip);
        };
        return () -> {
            workers.run(clips, task);
            for (int i = from - 1; i > to; i--) {
                operators.get(i).finishGradient(clips);
            }
            last.prepareGradient(clips);
        };
    }

    /** The input of operator i; the empty array where it is not kept. */
    private float[] before(int i) {
        return i == 0 ? input : signals.get(i - 1).batch();
    }

    private float[] behind(int i) {
        return signals.get(i).batch();
    }

    /** Takes the network's parameters anew: a pass for use keeps them in a form of its own, and is to be told of changes. */
    public void reload() {
        loaded = false;
    }

    /**
     * Runs clips through the network.
     *
     * @param x {@code (clips, channels, time)}, not changed; in training not to be changed before {@link #backward}
     * @param count clips in use, 1 to the largest batch
     * @param stepSeed of this step's dropout; the same seed drops the same
     * @return the last layer's output, {@code (clips, channels, time)}; valid until the next call
     * @throws IllegalArgumentException if there are too many clips, or x holds too few numbers
     */
    public float[] forward(float[] x, int count, long stepSeed) {
        if (count < 1 || count > maxBatch) {
            throw new IllegalArgumentException("this pass takes 1 to " + maxBatch + " clips, not " + count);
        }
        if (x.length < count * network.input().size()) {
            throw new IllegalArgumentException(count + " clips of shape " + network.input() + " are "
                    + count * network.input().size() + " numbers, not " + x.length);
        }
        input = x;
        clips = count;
        seed = stepSeed;
        if (operators.isEmpty()) {
            return x;
        }
        if (!loaded || mode == Mode.TRAINING) {
            for (Operator operator : operators) {
                operator.load();
            }
            loaded = true;
        }
        forward.forEach(Runnable::run);
        return signals.getLast().batch();
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
        System.arraycopy(dy, 0, flow[operators.size()].batch(), 0, wanted);
        backward.forEach(Runnable::run);
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
