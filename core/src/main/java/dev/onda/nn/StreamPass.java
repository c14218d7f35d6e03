package dev.onda.nn;

import dev.onda.nn.kernel.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A network at work on overlapping windows of streams: what the last window's first layers found is used again, as far as it
 * holds. Its outputs are those of a {@link Pass} over the window, up to the rounding of sums of other lengths. For one thread at
 * a time; each stream brings its own {@link Found}.
 *
 * <p>Where each window is brought to a level of its own, the first convolution and the pool behind it are shared all the same:
 * they are computed of the samples as they come, and what they find is shifted and scaled for each window.
 */
public final class StreamPass {

    /** What the shared layers found in the last window of one stream. */
    public static final class Found {
        private final float[] values;
        private boolean isThere;

        private Found(int size) {
            values = new float[size];
        }

        /** Forgets it: the next window is not a hop behind the last. */
        public void forget() {
            isThere = false;
        }
    }

    /**
     * What is still to be done to the found, once the window's level is known.
     *
     * @param sums of the weights of each channel
     * @param biases of each channel
     * @param values room for the outcome
     */
    private record Levelling(float[] sums, float[] biases, float[] values) {}

    private final SharedLayers shared;
    private final Optional<Levelling> levelling;
    private final Pass rest;
    private final Kernels kernels;

    private StreamPass(SharedLayers shared, Optional<Levelling> levelling, Network rest, Kernels kernels) {
        this.shared = shared;
        this.levelling = levelling;
        this.rest = SharedLayers.pass(rest, kernels);
        this.kernels = kernels;
    }

    /**
     * A pass over windows of a stream that are as they come.
     *
     * @param hop samples from one window to the next
     * @return empty if the network allows nothing worth sharing: layers that see all of a window come early, or see far
     */
    public static Optional<StreamPass> of(Network network, int hop, Kernels kernels) {
        return StreamPlan.of(network, hop).map(plan -> {
            float[] silence = new float[network.output(plan.layers() - 1).channels()];
            SharedLayers shared = new SharedLayers(network, plan, silence, kernels);
            return new StreamPass(shared, Optional.empty(), plan.rest(network), kernels);
        });
    }

    /**
     * A pass over windows of a stream that are to be brought to a level each.
     *
     * @param hop samples from one window to the next
     * @return empty if the first layer is no convolution, or sharing it is not worth it
     */
    public static Optional<StreamPass> levelled(Network network, int hop, Kernels kernels) {
        Network all = poolFirst(network.folded());
        if (all.layers().isEmpty() || !(all.layers().getFirst() instanceof Layer.Conv1d)) {
            return Optional.empty();
        }
        // Pools leave less to keep and to bring to a level.
        boolean isPooled = all.layers().size() > 1 && all.layers().get(1) instanceof Layer.MaxPool;
        Optional<StreamPass> pooled = isPooled ? levelled(all, 2, hop, kernels) : Optional.empty();
        return pooled.or(() -> levelled(all, 1, hop, kernels));
    }

    private static Optional<StreamPass> levelled(Network all, int count, int hop, Kernels kernels) {
        Network first = all.first(count);
        float[] biases = first.parameters().get(1).values();
        Levelling levelling = new Levelling(
                sums(first), biases.clone(), new float[first.output().size()]);
        Arrays.fill(biases, 0);
        return StreamPlan.ofAll(first, hop)
                .filter(plan -> plan.isWorth(first, all))
                .map(plan -> new StreamPass(
                        new SharedLayers(first, plan, levelling.sums(), kernels),
                        Optional.of(levelling),
                        plan.rest(all),
                        kernels));
    }

    /** The same with a max pool behind the first layer's activation in front of it: what is largest stays so. */
    private static Network poolFirst(Network network) {
        List<Layer> layers = new ArrayList<>(network.layers());
        if (layers.size() > 2 && layers.get(1) instanceof Layer.Activation && layers.get(2) instanceof Layer.MaxPool) {
            Collections.swap(layers, 1, 2);
        }
        return new Network(layers, network.input()).copy(network);
    }

    /** Of a convolution's weights, for each channel. */
    private static float[] sums(Network convolution) {
        Parameter weights = convolution.parameters().getFirst();
        float[] sums = new float[weights.shape()[0]];
        int each = weights.values().length / sums.length;
        for (int c = 0; c < sums.length; c++) {
            double sum = 0;
            for (int i = c * each; i < (c + 1) * each; i++) {
                sum += weights.values()[i];
            }
            sums[c] = (float) sum;
        }
        return sums;
    }

    /** Room for what a stream's windows share. */
    public Found found() {
        return new Found(shared.found().size());
    }

    /** How many of the network's layers, from the first, are shared. */
    public int layers() {
        return shared.layers();
    }

    /**
     * Runs a window through the network.
     *
     * @param window {@code (channels, time)}, not changed; one hop behind the last one, unless the stream's found was forgotten
     * @return the last layer's output, valid until the next call
     */
    public float[] forward(float[] window, Found last) {
        find(window, 0, last);
        return rest.forward(last.values, 1, 0);
    }

    /**
     * Runs {@code (window - middle) * scale} through the network, which this pass was made for by {@link #levelled}.
     *
     * @param window {@code (channels, time)}, not changed; one hop behind the last one, unless the stream's found was forgotten
     * @param scale above 0
     * @return the last layer's output, valid until the next call
     */
    public float[] forward(float[] window, float middle, float scale, Found last) {
        Levelling level = levelling.orElseThrow();
        find(window, middle, last);
        int time = shared.found().time();
        for (int c = 0; c < level.sums().length; c++) {
            float shift = level.biases()[c] - middle * scale * level.sums()[c];
            kernels.scaleShift(last.values, c * time, level.values(), c * time, time, scale, shift);
        }
        return rest.forward(level.values(), 1, 0);
    }

    private void find(float[] window, float around, Found last) {
        shared.find(window, around, last.values, last.isThere);
        last.isThere = true;
    }
}
