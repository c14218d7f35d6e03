package dev.onda.nn;

import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;

/** A network's first layers, at work on overlapping windows: what they found in the last window is used again, as far as it holds. */
final class SharedLayers {

    private final StreamPlan plan;
    private final Kernels kernels;
    private final Pass whole;
    private final Pass left;
    private final Pass right;
    private final Shape found;
    private final float[] sums;
    private final float[] piece;

    /**
     * @param sums by channel, how much a constant input of 1 is behind these layers; 0 where windows have silence around them
     */
    SharedLayers(Network network, StreamPlan plan, float[] sums, Kernels kernels) {
        this.plan = plan;
        this.kernels = kernels;
        this.sums = sums;
        whole = pass(plan.piece(network, network.input().time()), kernels);
        left = pass(plan.piece(network, plan.left()), kernels);
        right = pass(plan.piece(network, plan.right()), kernels);
        found = network.output(plan.layers() - 1);
        piece = new float[network.input().size()];
    }

    static Pass pass(Network network, Kernels kernels) {
        return new Pass(network, Pass.Mode.USE, 1, kernels, new Workers(1));
    }

    /** Shape of what they find. */
    Shape found() {
        return found;
    }

    /** How many layers there are. */
    int layers() {
        return plan.layers();
    }

    /**
     * Finds all that is in a window, or what is new in it.
     *
     * @param around what each sample is beyond the window's ends
     * @param values what was found in the window a hop before; becomes what is found in this one
     * @param goesOn whether there was one
     */
    void find(float[] window, float around, float[] values, boolean goesOn) {
        int inputs = whole.network().input().time();
        int time = found.time();
        if (!goesOn) {
            copy(run(whole, window, 0, around), time, 0, values, 0, time, around);
            return;
        }
        Reach.Range kept = plan.kept();
        for (int c = 0; c < found.channels(); c++) {
            int row = c * time;
            System.arraycopy(
                    values, row + kept.from() + plan.shift(), values, row + kept.from(), kept.to() - kept.from());
        }
        float[] start = run(left, window, 0, around);
        copy(start, left.network().output().time(), 0, values, 0, kept.from(), around);
        float[] end = run(right, window, inputs - plan.right(), around);
        int ends = right.network().output().time();
        copy(end, ends, ends - (time - kept.to()), values, kept.to(), time - kept.to(), around);
    }

    /** Runs a stretch of the window through the layers, as if {@code around} were silence. */
    private float[] run(Pass pass, float[] window, int at, float around) {
        int time = whole.network().input().time();
        int inputs = pass.network().input().time();
        for (int c = 0; c < whole.network().input().channels(); c++) {
            kernels.scaleShift(window, c * time + at, piece, c * inputs, inputs, 1, -around);
        }
        return pass.forward(piece, 1, 0);
    }

    /** Copies {@code count} samples of each channel, and adds what the silence should have been. */
    private void copy(float[] from, int fromTime, int fromAt, float[] to, int toAt, int count, float around) {
        for (int c = 0; c < found.channels(); c++) {
            kernels.scaleShift(from, c * fromTime + fromAt, to, c * found.time() + toAt, count, 1, around * sums[c]);
        }
    }
}
