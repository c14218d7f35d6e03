package dev.onda.nn.kernel;

import java.util.Arrays;
import java.util.Optional;

/**
 * The direct form: every output is its sum of products.
 *
 * <p>A stride is taken away first, as in {@link PhaseRows}. So the forward pass and the input gradient are
 * {@link Kernels#product}, for any stride, dilation and grouping; the weight gradient is {@link DirectWeightGradient} where
 * all channels see each other, else {@link Kernels#cross}. Forward and input gradient share out clips; the weight gradient
 * shares out weights and adds the clips up in their order, so bits do not depend on the threads.
 */
final class DirectConvolution implements Convolution.ByClip {

    /** Taps of one task of the weight gradient: few enough to share out well, enough to reuse the rows. */
    private static final int TASK_TAPS = 8 * RowCross.TAPS;

    private final ConvShape shape;
    private final Kernels kernels;
    private final Workers workers;
    private final int outLength;
    private final PhaseRows rows;
    /** Whether input rows are read where they lie; else they are copied first, zeros around them. */
    private final boolean inPlace;

    private final RowProduct forward;
    private final float[] forwardWeights;
    private final DirectInputGradient inputGradient;
    private final Optional<DirectWeightGradient> weightGradient;
    private final RowCross[][] crosses;
    private final float[][] lanes;
    /** A thread's rows of one clip. */
    private final float[][] clipRows;
    /** The rows of the batch, for the weight gradient; taken when first needed. */
    private float[] batchRows = {};

    private double[] biasSums = {};
    private float[] x = {};
    private float[] dy = {};
    private float[] dw = {};
    private int clips;
    private final Workers.Task padClip = this::padClip;
    private final Workers.Task sumBias = this::sumBias;
    private final Workers.Task crossRows = this::crossRows;

    DirectConvolution(ConvShape shape, Kernels kernels, Workers workers) {
        this.shape = shape;
        this.kernels = kernels;
        this.workers = workers;
        this.outLength = shape.outLength();
        int total = shape.padLeft() + shape.length() + shape.padRight();
        this.inPlace = shape.isUnpadded();
        this.rows = new PhaseRows(shape, (total + shape.stride() - 1) / shape.stride());
        this.clipRows = new float[inPlace ? 0 : workers.threads()][rows.count() * rows.length()];
        int[] taps = taps();
        this.forward = new RowProduct(kernels.productRows(), taps, shape.groupOutputs(), outLength, outLength);
        this.forwardWeights = new float[shape.groups() * forward.packedSize()];
        this.inputGradient = new DirectInputGradient(shape, kernels, workers);
        this.weightGradient = DirectWeightGradient.pays(shape)
                ? Optional.of(new DirectWeightGradient(shape, rows, kernels, workers))
                : Optional.empty();
        this.crosses = crosses(taps);
        this.lanes = new float[workers.threads()][RowCross.scratchSize(Math.min(taps.length, TASK_TAPS))];
    }

    /** Where each weight of an output channel finds its first sample, from its group's first row on. */
    private int[] taps() {
        int[] taps = new int[shape.groupInputs() * shape.kernel()];
        for (int i = 0; i < shape.groupInputs(); i++) {
            for (int k = 0; k < shape.kernel(); k++) {
                int at = k * shape.dilation();
                int row = i * shape.stride() + at % shape.stride();
                taps[i * shape.kernel() + k] = row * rows.length() + at / shape.stride();
            }
        }
        return taps;
    }

    /** By block of output channels of a group, then by block of taps. */
    private RowCross[][] crosses(int[] taps) {
        int blocks = (shape.groupOutputs() + RowCross.ROWS - 1) / RowCross.ROWS;
        RowCross[][] all = new RowCross[blocks][(taps.length + TASK_TAPS - 1) / TASK_TAPS];
        for (int block = 0; block < blocks; block++) {
            int some = Math.min(RowCross.ROWS, shape.groupOutputs() - block * RowCross.ROWS);
            for (int c = 0; c < all[block].length; c++) {
                int[] own = Arrays.copyOfRange(taps, c * TASK_TAPS, Math.min(taps.length, (c + 1) * TASK_TAPS));
                all[block][c] = new RowCross(own, some, outLength, outLength);
            }
        }
        return all;
    }

    @Override
    public void load(float[] w, float[] bias) {
        int taps = forward.taps().length;
        for (int g = 0; g < shape.groups(); g++) {
            int first = g * shape.groupOutputs();
            int to = g * forward.packedSize();
            forward.pack(w, first * taps, taps, 1, forwardWeights, to);
            forward.packBias(bias, first, forwardWeights, to);
        }
        inputGradient.load(w);
    }

    @Override
    public void forward(float[] from, float[] y, int count) {
        int size = rows.clipSize();
        workers.run(
                count, (clip, worker) -> forward(from, clip * size, y, clip * shape.outChannels() * outLength, worker));
    }

    @Override
    public void forward(float[] from, int at, float[] y, int yAt, int worker) {
        float[] own = from;
        int ownAt = at;
        if (!inPlace) {
            own = clipRows[worker];
            ownAt = 0;
            pad(from, at, own, 0);
        }
        for (int g = 0; g < shape.groups(); g++) {
            int group = ownAt + g * groupRows();
            int to = yAt + g * shape.groupOutputs() * outLength;
            kernels.product(forward, forwardWeights, g * forward.packedSize(), own, group, y, to);
        }
    }

    /** Numbers of the rows of a group. */
    private int groupRows() {
        return shape.groupInputs() * shape.stride() * rows.length();
    }

    private void pad(float[] from, int at, float[] to, int toAt) {
        for (int row = 0; row < rows.count(); row++) {
            rows.gather(from, at, row, to, toAt + row * rows.length());
        }
    }

    @Override
    public void gradients(float[] from, float[] gradient, float[] dx, float[] weights, float[] bias, int count) {
        if (dx.length > 0) {
            inputGradient.run(gradient, dx, count);
        }
        x = from;
        dy = gradient;
        dw = weights;
        clips = count;
        if (weightGradient.isPresent()) {
            weightGradient.get().run(from, gradient, weights, count);
        } else {
            crossClips(count);
        }
        if (bias.length > 0) {
            if (biasSums.length < count * shape.outChannels()) {
                biasSums = new double[count * shape.outChannels()];
            }
            workers.run(count, sumBias);
            BiasGradient.add(biasSums, shape.outChannels(), count, bias);
        }
    }

    private void crossClips(int count) {
        if (!inPlace) {
            if (batchRows.length < count * shape.groups() * groupRows()) {
                batchRows = new float[count * shape.groups() * groupRows()];
            }
            workers.run(count, padClip);
        }
        workers.run(shape.groups() * crosses.length * crosses[0].length, crossRows);
    }

    private void padClip(int clip, int worker) {
        pad(x, clip * rows.clipSize(), batchRows, clip * shape.groups() * groupRows());
    }

    private void sumBias(int clip, int worker) {
        for (int o = 0; o < shape.outChannels(); o++) {
            int at = clip * shape.outChannels() + o;
            biasSums[at] = kernels.sum(dy, at * outLength, outLength);
        }
    }

    private void crossRows(int task, int worker) {
        int blocks = crosses.length;
        int chunks = crosses[0].length;
        int group = task / (blocks * chunks);
        int block = task / chunks % blocks;
        int chunk = task % chunks;
        int channel = group * shape.groupOutputs() + block * RowCross.ROWS;
        RowCross cross = crosses[block][chunk];
        float[] sums = lanes[worker];
        cross.clear(sums);
        for (int clip = 0; clip < clips; clip++) {
            int dyAt = (clip * shape.outChannels() + channel) * outLength;
            int xAt = (clip * shape.groups() + group) * groupRows();
            kernels.cross(cross, sums, dy, dyAt, inPlace ? x : batchRows, xAt);
        }
        for (int r = 0; r < cross.rows(); r++) {
            int at = (channel + r) * forward.taps().length + chunk * TASK_TAPS;
            for (int tap = 0; tap < cross.taps().length; tap++) {
                dw[at + tap] = RowCross.total(sums, r, tap);
            }
        }
    }
}
