package dev.onda.nn;

import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;
import java.util.Optional;

/**
 * A network at work on overlapping windows of streams: what the last window's first layers found is used again, as far as it
 * holds. Its outputs are those of a {@link Pass} over the window, up to the rounding of sums of other lengths. For one thread at
 * a time; each stream brings its own {@link Found}.
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

        /** Bytes that it takes. */
        public long bytes() {
            return 4L * values.length;
        }
    }

    private final StreamPlan plan;
    private final Pass whole;
    private final Pass left;
    private final Pass right;
    private final Pass rest;
    private final Shape found;
    private final float[] piece;

    private StreamPass(Network network, StreamPlan plan, Kernels kernels) {
        this.plan = plan;
        whole = pass(plan.piece(network, network.input().time()), kernels);
        left = pass(plan.piece(network, plan.left()), kernels);
        right = pass(plan.piece(network, plan.right()), kernels);
        rest = pass(plan.rest(network), kernels);
        found = network.output(plan.layers() - 1);
        piece = new float[network.input().channels() * Math.max(plan.left(), plan.right())];
    }

    private static Pass pass(Network network, Kernels kernels) {
        return new Pass(network, Pass.Mode.USE, 1, kernels, new Workers(1));
    }

    /**
     * A pass over windows of a stream.
     *
     * @param hop samples from one window to the next
     * @return empty if the network allows nothing worth sharing: layers that see all of a window come early, or see far
     */
    public static Optional<StreamPass> of(Network network, int hop, Kernels kernels) {
        return StreamPlan.of(network, hop).map(plan -> new StreamPass(network, plan, kernels));
    }

    /** Room for what a stream's windows share. */
    public Found found() {
        return new Found(found.size());
    }

    /** How many of the network's layers, from the first, are shared. */
    public int layers() {
        return plan.layers();
    }

    /**
     * Runs a window through the network.
     *
     * @param window {@code (channels, time)}, not changed; one hop behind the last one, unless the stream's found was forgotten
     * @return the last layer's output, valid until the next call
     */
    public float[] forward(float[] window, Found last) {
        if (last.isThere) {
            goOn(window, last.values);
        } else {
            System.arraycopy(whole.forward(window, 1, 0), 0, last.values, 0, last.values.length);
            last.isThere = true;
        }
        return rest.forward(last.values, 1, 0);
    }

    private void goOn(float[] window, float[] values) {
        int time = found.time();
        Reach.Range kept = plan.kept();
        for (int c = 0; c < found.channels(); c++) {
            int row = c * time;
            System.arraycopy(
                    values, row + kept.from() + plan.shift(), values, row + kept.from(), kept.to() - kept.from());
        }
        float[] start = run(left, window, 0, plan.left());
        copy(start, left.network().output().time(), 0, values, 0, kept.from());
        int inputs = whole.network().input().time();
        float[] end = run(right, window, inputs - plan.right(), plan.right());
        int ends = right.network().output().time();
        copy(end, ends, ends - (time - kept.to()), values, kept.to(), time - kept.to());
    }

    private float[] run(Pass pass, float[] window, int at, int inputs) {
        int time = whole.network().input().time();
        for (int c = 0; c < whole.network().input().channels(); c++) {
            System.arraycopy(window, c * time + at, piece, c * inputs, inputs);
        }
        return pass.forward(piece, 1, 0);
    }

    /** Copies {@code count} samples of each channel. */
    private void copy(float[] from, int fromTime, int fromAt, float[] to, int toAt, int count) {
        for (int c = 0; c < found.channels(); c++) {
            System.arraycopy(from, c * fromTime + fromAt, to, c * found.time() + toAt, count);
        }
    }
}
