package dev.onda.nn;

import dev.onda.nn.kernel.AdamArrays;
import dev.onda.nn.kernel.AdamStep;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;
import java.util.ArrayList;
import java.util.List;

/** The moments of every trained parameter of a network, and the steps done so far: what a checkpoint must keep. */
public final class AdamState {

    /** Numbers that one task updates. */
    private static final int STRETCH = 16_384;

    private record Slice(int parameter, int from, int to) {}

    private final Adam adam;
    private final Network network;
    private final List<float[]> means = new ArrayList<>();
    private final List<float[]> squares = new ArrayList<>();
    private final List<Slice> slices = new ArrayList<>();
    private long steps;

    /** A fresh state: moments zero, no step done. */
    public AdamState(Adam adam, Network network) {
        this.adam = adam;
        this.network = network;
        for (int i = 0; i < network.parameters().size(); i++) {
            Parameter p = network.parameters().get(i);
            int size = p.role().isTrained() ? p.values().length : 0;
            means.add(new float[size]);
            squares.add(new float[size]);
            for (int from = 0; from < size; from += STRETCH) {
                slices.add(new Slice(i, from, Math.min(size, from + STRETCH)));
            }
        }
    }

    /** One step along the gradients that the pass last computed. */
    public void step(Pass pass, double learningRate, Kernels kernels, Workers workers) {
        steps++;
        AdamStep spared = new AdamStep(
                (float) adam.beta1(),
                (float) adam.beta2(),
                (float) adam.epsilon(),
                (float) (learningRate / (1 - StrictMath.pow(adam.beta1(), (double) steps))),
                (float) (1 / Math.sqrt(1 - StrictMath.pow(adam.beta2(), (double) steps))),
                1);
        AdamStep decayed = spared.withShrink((float) (1 - learningRate * adam.weightDecay()));
        workers.run(slices.size(), (task, worker) -> {
            Slice slice = slices.get(task);
            Parameter p = network.parameters().get(slice.parameter());
            AdamArrays arrays = new AdamArrays(
                    p.values(),
                    pass.gradient(slice.parameter()),
                    means.get(slice.parameter()),
                    squares.get(slice.parameter()));
            boolean decays = p.role() == Parameter.Role.WEIGHT;
            kernels.adam(decays ? decayed : spared, arrays, slice.from(), slice.to());
        });
    }

    /** Steps done. */
    public long steps() {
        return steps;
    }

    /** Goes on from a state that was kept; the moments are filled in place by the caller. */
    public void resume(long stepsDone) {
        steps = stepsDone;
    }

    /** First moment of parameter {@code index}; not copied, empty if it is not trained. */
    public float[] mean(int index) {
        return means.get(index);
    }

    /** Second moment of parameter {@code index}; not copied, empty if it is not trained. */
    public float[] square(int index) {
        return squares.get(index);
    }
}
