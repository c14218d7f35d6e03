package dev.onda.nn.kernel;

import java.util.Arrays;

/**
 * The weight gradient of {@link DirectConvolution} where all channels see each other: input and output gradient are turned
 * over, (time, rows), so that all taps of all rows at one time lie side by side, and the gradient is a sum over time of outer
 * products ({@link Kernels#outer}).
 *
 * <p>A few clips are turned over, then added up by blocks of weights, each in the order of the clips: bits do not depend on the
 * threads.
 */
final class DirectWeightGradient {

    /** Clips that are turned over at once: enough for all threads, few enough for the cache. */
    private static final int CHUNK = 8;
    /** Weights of a row that one task adds up. */
    private static final int TASK_WEIGHTS = 64;
    /** Blocks of output channels that one task adds up: they share what it reads of the input. */
    private static final int TASK_BLOCKS = 2;
    /** Samples that are added up for one block before the next: input of 16 KiB, which stays in the first-level cache. */
    private static final int STRETCH = 64;

    private final PhaseRows rows;
    private final int outputs;
    private final int outLength;
    private final Kernels kernels;
    private final Workers workers;
    /** Output channels by {@link Kernels#BLOCK}. */
    private final int blocks;
    /**
     * Columns of an output channel: its weights, those between the taps of a stride included, and a few spare ones that fill up
     * the last vector, whose sums mean nothing.
     */
    private final int width;

    /** For each part of the weights: a stretch of time, and the rest behind the last one. */
    private final OuterSum[] parts;

    private final OuterSum[] rests;
    private final float[][] padded;
    private float[] turnedInput = {};
    private float[] turnedGradient = {};
    private float[] sums = {};

    private float[] x = {};
    private float[] dy = {};
    private float[] dw = {};
    private int first;
    private int clips;
    private final Workers.Task turn = this::turn;
    private final Workers.Task add = this::add;
    private final Workers.Task collect = this::collect;

    /** Whether it is this form that is fast: no groups, and no gaps between taps. */
    static boolean pays(ConvShape shape) {
        return shape.groups() == 1 && shape.dilation() == 1 && shape.outChannels() >= 4;
    }

    DirectWeightGradient(ConvShape shape, PhaseRows rows, Kernels kernels, Workers workers) {
        this.rows = rows;
        this.outputs = shape.outChannels();
        this.outLength = shape.outLength();
        this.kernels = kernels;
        this.workers = workers;
        this.blocks = (outputs + Kernels.BLOCK - 1) / Kernels.BLOCK;
        this.width = (rows.taps() * rows.count() + OuterSum.LANES - 1) / OuterSum.LANES * OuterSum.LANES;
        this.parts = new OuterSum[(width + TASK_WEIGHTS - 1) / TASK_WEIGHTS];
        this.rests = new OuterSum[parts.length];
        for (int i = 0; i < parts.length; i++) {
            int to = Math.min(width, (i + 1) * TASK_WEIGHTS);
            parts[i] = new OuterSum(i * TASK_WEIGHTS, to, STRETCH, rows.count(), width);
            rests[i] = new OuterSum(i * TASK_WEIGHTS, to, outLength % STRETCH, rows.count(), width);
        }
        int taken =
                Math.max(rows.count() * rows.length(), outputs % Kernels.BLOCK == 0 ? 0 : Kernels.BLOCK * outLength);
        this.padded = new float[workers.threads()][taken];
    }

    private int inputSize() {
        // The last samples' taps reach behind the rows.
        return (rows.length() + rows.taps()) * rows.count() + OuterSum.LANES;
    }

    private int gradientSize() {
        return blocks * Kernels.BLOCK * outLength;
    }

    void run(float[] input, float[] gradient, float[] weights, int count) {
        int chunk = Math.max(CHUNK, workers.threads());
        if (sums.length == 0) {
            turnedInput = new float[chunk * inputSize()];
            turnedGradient = new float[chunk * gradientSize()];
            sums = new float[blocks * Kernels.BLOCK * width];
        }
        Arrays.fill(sums, 0);
        x = input;
        dy = gradient;
        dw = weights;
        for (first = 0; first < count; first += chunk) {
            clips = Math.min(chunk, count - first);
            workers.run(clips, turn);
            workers.run((blocks + TASK_BLOCKS - 1) / TASK_BLOCKS * parts.length, add);
        }
        workers.run(outputs, collect);
    }

    private void turn(int place, int worker) {
        int clip = first + place;
        float[] own = padded[worker];
        for (int row = 0; row < rows.count(); row++) {
            rows.gather(x, clip * rows.clipSize(), row, own, row * rows.length());
        }
        kernels.transpose(own, 0, turnedInput, place * inputSize(), rows.count(), rows.length());
        for (int block = 0; block < blocks; block++) {
            int from = (clip * outputs + block * Kernels.BLOCK) * outLength;
            int to = place * gradientSize() + block * Kernels.BLOCK * outLength;
            int some = Math.min(Kernels.BLOCK, outputs - block * Kernels.BLOCK);
            if (some == Kernels.BLOCK) {
                kernels.transpose(dy, from, turnedGradient, to, some, outLength);
            } else {
                System.arraycopy(dy, from, own, 0, some * outLength);
                Arrays.fill(own, some * outLength, Kernels.BLOCK * outLength, 0);
                kernels.transpose(own, 0, turnedGradient, to, Kernels.BLOCK, outLength);
            }
        }
    }

    private void add(int task, int worker) {
        int block = task / parts.length * TASK_BLOCKS;
        int end = Math.min(blocks, block + TASK_BLOCKS);
        int part = task % parts.length;
        for (int place = 0; place < clips; place++) {
            for (int t = 0; t < outLength; t += STRETCH) {
                OuterSum sum = outLength - t < STRETCH ? rests[part] : parts[part];
                int b = place * inputSize() + t * rows.count();
                for (int own = block; own < end; own++) {
                    int a = place * gradientSize() + (own * outLength + t) * Kernels.BLOCK;
                    kernels.outer(sum, turnedGradient, a, turnedInput, b, sums, own * Kernels.BLOCK * width);
                }
            }
        }
    }

    private void collect(int output, int worker) {
        rows.collectTurned(sums, output * width, dw, output * rows.weights());
    }
}
