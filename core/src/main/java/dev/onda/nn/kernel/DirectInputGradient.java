package dev.onda.nn.kernel;

import java.util.Arrays;

/**
 * The input gradient of {@link DirectConvolution}: a convolution of the output gradient with the kernels turned around, one
 * for each phase of the stride, as the samples of a phase meet the same taps.
 */
final class DirectInputGradient {

    /**
     * One phase of the input samples.
     *
     * @param first first input sample of the phase
     * @param taps kernel taps that meet it
     */
    private record Phase(int first, int[] taps, RowProduct product, float[] weights) {}

    private final ConvShape shape;
    private final Kernels kernels;
    private final Workers workers;
    private final int outLength;
    /** Zeros on either side of a row of the output gradient, and samples from one such row to the next. */
    private final int reach;

    private final int rowStride;
    private final boolean inPlace;
    private final Phase[] phases;
    /** A thread's padded output gradient, then its rows of one phase. */
    private final float[][] scratch;

    private float[] dy = {};
    private float[] dx = {};
    private final Workers.Task clipGradient = this::clipGradient;

    DirectInputGradient(ConvShape shape, Kernels kernels, Workers workers) {
        this.shape = shape;
        this.kernels = kernels;
        this.workers = workers;
        this.outLength = shape.outLength();
        int total = shape.padLeft() + shape.length() + shape.padRight();
        int longest = Math.max(outLength, (total + shape.stride() - 1) / shape.stride());
        this.inPlace = shape.isPointwise();
        this.reach = shape.dilation() * (shape.kernel() - 1) / shape.stride();
        this.rowStride = inPlace ? outLength : reach + longest + reach;
        this.phases = new Phase[shape.stride()];
        for (int p = 0; p < phases.length; p++) {
            phases[p] = phase(p);
        }
        this.scratch = new float[workers.threads()][shape.outChannels() * rowStride + shape.groupInputs() * longest];
    }

    private Phase phase(int p) {
        int stride = shape.stride();
        int first = Math.floorMod(p - shape.padLeft(), stride);
        int count = Math.max(0, (shape.length() - first + stride - 1) / stride);
        int[] met = new int[shape.kernel()];
        int n = 0;
        for (int k = 0; k < shape.kernel(); k++) {
            if (k * shape.dilation() % stride == p) {
                met[n++] = k;
            }
        }
        met = Arrays.copyOf(met, n);
        int start = (first + shape.padLeft()) / stride + reach;
        int[] taps = new int[shape.groupOutputs() * n];
        for (int o = 0; o < shape.groupOutputs(); o++) {
            for (int j = 0; j < n; j++) {
                taps[o * n + j] = o * rowStride + start - met[j] * shape.dilation() / stride;
            }
        }
        RowProduct product = new RowProduct(
                kernels.productRows(), taps, shape.groupInputs(), stride == 1 ? shape.length() : count, count);
        return new Phase(first, met, product, new float[shape.groups() * product.packedSize()]);
    }

    void load(float[] w) {
        for (Phase phase : phases) {
            pack(phase, w);
        }
    }

    void run(float[] gradient, float[] to, int clips) {
        dy = gradient;
        dx = to;
        workers.run(clips, clipGradient);
    }

    private void clipGradient(int clip, int worker) {
        float[] from = inPlace ? dy : scratch[worker];
        int base = inPlace ? clip * shape.outChannels() * outLength : 0;
        if (!inPlace) {
            for (int o = 0; o < shape.outChannels(); o++) {
                int at = (clip * shape.outChannels() + o) * outLength;
                System.arraycopy(dy, at, from, o * rowStride + reach, outLength);
            }
        }
        for (int g = 0; g < shape.groups(); g++) {
            int xAt = base + g * shape.groupOutputs() * rowStride;
            int dxAt = (clip * shape.inChannels() + g * shape.groupInputs()) * shape.length();
            for (Phase phase : phases) {
                gradient(phase, g, from, xAt, dxAt, scratch[worker]);
            }
        }
    }

    private void gradient(Phase phase, int group, float[] from, int at, int dxAt, float[] own) {
        RowProduct product = phase.product();
        int packedAt = group * product.packedSize();
        if (phases.length == 1) {
            kernels.product(product, phase.weights(), packedAt, from, at, dx, dxAt);
            return;
        }
        int ownAt = shape.outChannels() * rowStride;
        kernels.product(product, phase.weights(), packedAt, from, at, own, ownAt);
        for (int i = 0; i < shape.groupInputs(); i++) {
            int to = dxAt + i * shape.length() + phase.first();
            for (int m = 0; m < product.length(); m++) {
                dx[to + m * shape.stride()] = own[ownAt + i * product.length() + m];
            }
        }
    }

    private void pack(Phase phase, float[] w) {
        int n = phase.taps().length;
        int inputs = shape.groupInputs();
        RowProduct product = phase.product();
        for (int g = 0; g < shape.groups(); g++) {
            int to = g * product.packedSize();
            Arrays.fill(phase.weights(), to, to + product.packedSize(), 0);
            for (int o = 0; o < shape.groupOutputs(); o++) {
                for (int i = 0; i < inputs; i++) {
                    int from = ((g * shape.groupOutputs() + o) * inputs + i) * shape.kernel();
                    for (int j = 0; j < n; j++) {
                        phase.weights()[to + product.packed(i, o * n + j)] = w[from + phase.taps()[j]];
                    }
                }
            }
        }
    }
}
