package dev.onda.nn.kernel;

import java.util.Arrays;

/**
 * The direct form: every output is its sum of products.
 *
 * <p>A stride of s is taken away first: sample n of phase p is padded input sample {@code n s + p}, and a convolution of
 * stride s is one of stride 1 over s times as many rows. So the forward pass and the input gradient are
 * {@link Kernels#product} and the weight gradient is {@link Kernels#cross}, for any stride, dilation and grouping. Forward
 * and input gradient share out clips; the weight gradient shares out weights and adds the clips up in their order, so bits
 * do not depend on the threads.
 */
final class DirectConvolution implements Convolution {

    /** Taps of one task of the weight gradient: few enough to share out well, enough to reuse the rows. */
    private static final int TASK_TAPS = 8 * RowCross.TAPS;

    private final ConvShape shape;
    private final Kernels kernels;
    private final Workers workers;
    private final int outLength;
    private final int phases;
    /** Samples from one phase row of the input to the next. */
    private final int rowStride;
    /** The batch cut into phase rows; empty where inputs are read in place. */
    private final float[] padded;

    private final RowProduct forward;
    private final float[] forwardWeights;
    private final DirectInputGradient inputGradient;
    private final RowCross[][] crosses;
    private final float[][] lanes;
    /** The rows that the last forward pass read: {@link #padded}, or the caller's input. */
    private float[] rows = {};

    private int batch;

    DirectConvolution(ConvShape shape, int maxBatch, Kernels kernels, Workers workers) {
        this.shape = shape;
        this.kernels = kernels;
        this.workers = workers;
        this.outLength = shape.outLength();
        this.phases = shape.stride();
        int total = shape.padLeft() + shape.length() + shape.padRight();
        this.rowStride = (total + phases - 1) / phases;
        this.padded = shape.isPointwise() ? new float[0] : new float[maxBatch * clipSize()];
        int[] taps = taps();
        this.forward = new RowProduct(taps, shape.groupOutputs(), outLength, outLength);
        this.forwardWeights = new float[shape.groups() * forward.packedSize()];
        this.inputGradient = new DirectInputGradient(shape, kernels, workers);
        this.crosses = crosses(taps);
        this.lanes = new float[workers.threads()][RowCross.scratchSize(Math.min(taps.length, TASK_TAPS))];
    }

    private int clipSize() {
        return shape.inChannels() * phases * rowStride;
    }

    /** Where each weight of an output channel finds its first sample, from its group's first row on. */
    private int[] taps() {
        int[] taps = new int[shape.groupInputs() * shape.kernel()];
        for (int i = 0; i < shape.groupInputs(); i++) {
            for (int k = 0; k < shape.kernel(); k++) {
                int at = k * shape.dilation();
                taps[i * shape.kernel() + k] = (i * phases + at % phases) * rowStride + at / phases;
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
    public void forward(float[] x, float[] w, float[] bias, float[] y, int clips) {
        rows = shape.isPointwise() ? x : padded;
        batch = clips;
        int taps = forward.taps().length;
        for (int g = 0; g < shape.groups(); g++) {
            int first = g * shape.groupOutputs();
            RowProduct.Source source = (row, tap) -> w[(first + row) * taps + tap];
            forward.pack(source, bias, first, forwardWeights, g * forward.packedSize());
        }
        float[] from = rows;
        workers.run(clips, (clip, worker) -> {
            if (from == padded) {
                pad(x, clip);
            }
            for (int g = 0; g < shape.groups(); g++) {
                int xAt = groupRows(clip, g);
                int yAt = (clip * shape.outChannels() + g * shape.groupOutputs()) * outLength;
                kernels.product(forward, forwardWeights, g * forward.packedSize(), from, xAt, y, yAt);
            }
        });
    }

    private int groupRows(int clip, int group) {
        return clip * clipSize() + group * shape.groupInputs() * phases * rowStride;
    }

    private void pad(float[] x, int clip) {
        for (int i = 0; i < shape.inChannels(); i++) {
            int from = (clip * shape.inChannels() + i) * shape.length();
            int to = clip * clipSize() + i * phases * rowStride;
            if (phases == 1) {
                System.arraycopy(x, from, padded, to + shape.padLeft(), shape.length());
                continue;
            }
            for (int t = 0, at = shape.padLeft(); t < shape.length(); t++, at++) {
                padded[to + at % phases * rowStride + at / phases] = x[from + t];
            }
        }
    }

    @Override
    public void inputGradient(float[] dy, float[] w, float[] dx, int clips) {
        inputGradient.run(dy, w, dx, clips);
    }

    @Override
    public void weightGradient(float[] dy, float[] dw, float[] db, int clips) {
        if (clips != batch) {
            throw new IllegalStateException("the forward pass had " + batch + " clips, the gradient has " + clips);
        }
        int blocks = crosses.length;
        int chunks = crosses[0].length;
        workers.run(shape.groups() * blocks * chunks, (task, worker) -> {
            int group = task / (blocks * chunks);
            int block = task / chunks % blocks;
            int chunk = task % chunks;
            int channel = group * shape.groupOutputs() + block * RowCross.ROWS;
            RowCross cross = crosses[block][chunk];
            float[] sums = lanes[worker];
            cross.clear(sums);
            for (int clip = 0; clip < clips; clip++) {
                int dyAt = (clip * shape.outChannels() + channel) * outLength;
                kernels.cross(cross, sums, dy, dyAt, rows, groupRows(clip, group));
            }
            for (int r = 0; r < cross.rows(); r++) {
                int at = (channel + r) * forward.taps().length + chunk * TASK_TAPS;
                for (int tap = 0; tap < cross.taps().length; tap++) {
                    dw[at + tap] = RowCross.total(sums, r, tap);
                }
                if (chunk == 0 && db.length > 0) {
                    db[channel + r] = biasGradient(dy, channel + r, clips);
                }
            }
        });
    }

    private float biasGradient(float[] dy, int channel, int clips) {
        double sum = 0;
        for (int clip = 0; clip < clips; clip++) {
            sum += kernels.sum(dy, (clip * shape.outChannels() + channel) * outLength, outLength);
        }
        return (float) sum;
    }
}
