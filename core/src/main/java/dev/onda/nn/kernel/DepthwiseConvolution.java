package dev.onda.nn.kernel;

import java.util.Arrays;

/**
 * The form for depthwise layers of stride 1: each channel's row is copied once, zeros around it, and everything that it is
 * needed for is done while it is in the first-level cache.
 *
 * <p>Backward, clips are shared out in a fixed number of shards, each with sums of its own, which are added up in their order:
 * bits do not depend on the threads.
 */
final class DepthwiseConvolution implements Convolution.ByClip {

    private static final int SHARDS = 16;

    private final ConvShape shape;
    private final Kernels kernels;
    private final Workers workers;
    private final int channels;
    private final int outLength;
    private final SlidingRow forward;
    private final SlidingRow backward;
    private final float[] turned;
    /** A thread's padded row of the input and of the output gradient; what is padding stays 0. */
    private final float[][] inputRows;

    private final float[][] gradientRows;
    /** By shard and channel: sums of each tap, then those of the bias. */
    private float[] sums = {};

    private final float[] lanes = new float[SlidingRow.LANES];

    private float[] w = {};
    private float[] bias = {};
    private float[] x = {};
    private float[] dy = {};
    private float[] dx = {};
    private int clips;
    private int shards;
    private final Workers.Task shardGradients = this::shardGradients;

    /** Whether this form can do it. */
    static boolean fits(ConvShape shape) {
        return shape.groups() == shape.inChannels()
                && shape.inChannels() == shape.outChannels()
                && shape.stride() == 1
                && shape.length() >= SlidingRow.LANES
                && shape.outLength() >= SlidingRow.LANES;
    }

    DepthwiseConvolution(ConvShape shape, Kernels kernels, Workers workers) {
        this.shape = shape;
        this.kernels = kernels;
        this.workers = workers;
        this.channels = shape.inChannels();
        this.outLength = shape.outLength();
        this.forward = new SlidingRow(shape.kernel(), shape.dilation(), outLength);
        this.backward = new SlidingRow(shape.kernel(), shape.dilation(), shape.length());
        this.turned = new float[shape.weights()];
        int input =
                Math.max(shape.padLeft() + shape.length() + shape.padRight(), forward.wholeLength() + forward.reach());
        this.inputRows = new float[workers.threads()][input];
        this.gradientRows = new float[workers.threads()][forward.wholeLength() + 2 * forward.reach()];
    }

    @Override
    public void load(float[] weights, float[] newBias) {
        w = weights;
        bias = newBias;
        int taps = shape.kernel();
        for (int c = 0; c < channels; c++) {
            for (int k = 0; k < taps; k++) {
                turned[c * taps + k] = weights[c * taps + taps - 1 - k];
            }
        }
    }

    @Override
    public void forward(float[] from, float[] y, int count) {
        int in = channels * shape.length();
        workers.run(count, (clip, worker) -> forward(from, clip * in, y, clip * channels * outLength, worker));
    }

    @Override
    public void forward(float[] from, int at, float[] y, int yAt, int worker) {
        float[] row = inputRows[worker];
        for (int c = 0; c < channels; c++) {
            pad(from, at + c * shape.length(), row);
            float start = bias.length > 0 ? bias[c] : 0;
            kernels.slide(forward, w, c * shape.kernel(), start, row, 0, y, yAt + c * outLength);
        }
    }

    private void pad(float[] from, int at, float[] row) {
        System.arraycopy(from, at, row, shape.padLeft(), shape.length());
    }

    @Override
    public void gradients(float[] from, float[] gradient, float[] dxTo, float[] dw, float[] db, int count) {
        x = from;
        dy = gradient;
        dx = dxTo;
        clips = count;
        shards = Math.min(SHARDS, count);
        int size = sumsSize();
        if (sums.length < shards * channels * size) {
            sums = new float[shards * channels * size];
        }
        workers.run(shards, shardGradients);
        for (int c = 0; c < channels; c++) {
            for (int k = 0; k < shape.kernel(); k++) {
                dw[c * shape.kernel() + k] = total(c, k * SlidingRow.LANES);
            }
            if (db.length > 0) {
                db[c] = total(c, forward.sumsSize());
            }
        }
    }

    private int sumsSize() {
        return forward.sumsSize() + SlidingRow.LANES;
    }

    /** The sum over shards, then over lanes. */
    private float total(int channel, int at) {
        Arrays.fill(lanes, 0);
        for (int shard = 0; shard < shards; shard++) {
            int from = (shard * channels + channel) * sumsSize() + at;
            for (int lane = 0; lane < lanes.length; lane++) {
                lanes[lane] += sums[from + lane];
            }
        }
        float sum = 0;
        for (float lane : lanes) {
            sum += lane;
        }
        return sum;
    }

    private void shardGradients(int shard, int worker) {
        int size = sumsSize();
        Arrays.fill(sums, shard * channels * size, (shard + 1) * channels * size, 0);
        int to = (int) ((long) clips * (shard + 1) / shards);
        for (int clip = (int) ((long) clips * shard / shards); clip < to; clip++) {
            for (int c = 0; c < channels; c++) {
                gradients(clip * channels + c, c, (shard * channels + c) * size, worker);
            }
        }
    }

    private void gradients(int place, int channel, int sumsAt, int worker) {
        float[] row = inputRows[worker];
        float[] gradient = gradientRows[worker];
        int reach = forward.reach();
        pad(x, place * shape.length(), row);
        System.arraycopy(dy, place * outLength, gradient, reach, outLength);
        kernels.slidingSums(forward, sums, sumsAt, gradient, reach, row, 0);
        sums[sumsAt + forward.sumsSize()] += (float) kernels.sum(dy, place * outLength, outLength);
        if (dx.length > 0) {
            int taps = channel * shape.kernel();
            kernels.slide(backward, turned, taps, 0, gradient, shape.padLeft(), dx, place * shape.length());
        }
    }
}
