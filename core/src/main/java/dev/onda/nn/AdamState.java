package dev.onda.nn;

import dev.onda.nn.kernel.AdamArrays;
import dev.onda.nn.kernel.AdamStep;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The moments of every trained parameter of a network, and the steps done so far: what a checkpoint must keep. */
public final class AdamState {

    /** Numbers that one task updates. */
    private static final int STRETCH = 16_384;

    private static final float[] NONE = {};

    private record Slice(int parameter, int from, int to) {}

    private final Adam adam;
    private final Network network;
    private final List<float[]> means = new ArrayList<>();
    private final List<float[]> squares = new ArrayList<>();
    private final List<Slice> slices = new ArrayList<>();
    private long steps;
    private final AdamArrays[] arrays;
    private AdamStep spared = new AdamStep(0, 0, 0, 0, 0, 1);
    private AdamStep decayed = spared;
    private Kernels usedKernels = Kernels.best();
    private final Workers.Task update = this::update;

    /** A fresh state: moments zero, no step done. */
    public AdamState(Adam adam, Network network) {
        this.adam = adam;
        this.network = network;
        arrays = new AdamArrays[network.parameters().size()];
        Arrays.fill(arrays, new AdamArrays(NONE, NONE, NONE, NONE));
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
        spared = new AdamStep(
                (float) adam.beta1(),
                (float) adam.beta2(),
                (float) adam.epsilon(),
                (float) (learningRate / (1 - StrictMath.pow(adam.beta1(), (double) steps))),
                (float) (1 / Math.sqrt(1 - StrictMath.pow(adam.beta2(), (double) steps))),
                1);
        decayed = spared.withShrink((float) (1 - learningRate * adam.weightDecay()));
        bind(pass);
        usedKernels = kernels;
        workers.run(slices.size(), update);
    }

    /** What each parameter's update reads and writes; made once for a pass. */
    private void bind(Pass pass) {
        for (int i = 0; i < arrays.length; i++) {
            if (arrays[i].gradient() != pass.gradient(i)) {
                float[] values = network.parameters().get(i).values();
                arrays[i] = new AdamArrays(values, pass.gradient(i), means.get(i), squares.get(i));
            }
        }
    }

    private void update(int task, int worker) {
        Slice slice = slices.get(task);
        boolean decays = network.parameters().get(slice.parameter()).role() == Parameter.Role.WEIGHT;
        usedKernels.adam(decays ? decayed : spared, arrays[slice.parameter()], slice.from(), slice.to());
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
