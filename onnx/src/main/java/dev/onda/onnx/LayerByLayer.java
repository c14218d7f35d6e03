package dev.onda.onnx;

import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Pass;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A network at work one layer after the other, so that each signal can be looked at, and changed, on its way. */
final class LayerByLayer {

    /** Meets every signal. */
    @FunctionalInterface
    interface Listener {
        /**
         * Called before other layers take the signal.
         *
         * @param layer the place of the layer that it comes from; -1 for the network's input
         * @param signal may be changed
         * @param count how many of its numbers are in use
         */
        void behind(int layer, float[] signal, int count);
    }

    private final Network network;
    private final float[] input;
    private final List<Optional<Pass>> passes;
    private final List<float[]> sums;
    private final Deque<float[]> forks = new ArrayDeque<>();

    /**
     * @param batch most clips at once
     */
    LayerByLayer(Network network, int batch, Workers workers) {
        this.network = network;
        this.input = new float[batch * network.input().size()];
        int layers = network.layers().size();
        this.passes = IntStream.range(0, layers)
                .mapToObj(i -> pass(i, batch, workers))
                .toList();
        this.sums = IntStream.range(0, layers)
                .mapToObj(i -> new float
                        [network.layers().get(i) instanceof Layer.Add
                                ? batch * network.output(i).size()
                                : 0])
                .toList();
    }

    private Optional<Pass> pass(int i, int batch, Workers workers) {
        Layer layer = network.layers().get(i);
        if (layer instanceof Layer.Fork || layer instanceof Layer.Add) {
            return Optional.empty();
        }
        Network alone = network.part(i, i + 1, network.input(i));
        return Optional.of(new Pass(alone, Pass.Mode.USE, batch, Kernels.best(), workers));
    }

    /**
     * Runs clips through the network.
     *
     * @param x {@code (clips, channels, time)}, not changed
     * @return the last layer's output, valid until the next call
     */
    float[] forward(float[] x, int clips, Listener listener) {
        System.arraycopy(x, 0, input, 0, clips * network.input().size());
        float[] at = input;
        listener.behind(-1, at, clips * network.input().size());
        for (int i = 0; i < passes.size(); i++) {
            int count = clips * network.output(i).size();
            at = step(i, at, clips, count);
            listener.behind(i, at, count);
        }
        return at;
    }

    private float[] step(int i, float[] at, int clips, int count) {
        if (passes.get(i).isPresent()) {
            return passes.get(i).get().forward(at, clips, 0);
        }
        if (network.layers().get(i) instanceof Layer.Fork) {
            forks.push(at);
            return at;
        }
        float[] fork = forks.pop();
        float[] sum = sums.get(i);
        for (int k = 0; k < count; k++) {
            sum[k] = at[k] + fork[k];
        }
        return sum;
    }
}
