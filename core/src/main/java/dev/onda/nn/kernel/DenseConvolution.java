package dev.onda.nn.kernel;

import java.util.Arrays;

/**
 * A dense layer over features: signals one sample long, so the batch takes the place of time.
 *
 * <p>Forward, rows of weights meet rows of clips ({@link Kernels#cross}); the gradients are sums of weight rows over
 * outputs, and of clip rows over the batch ({@link Kernels#product} along the features).
 */
final class DenseConvolution implements Convolution {

    /** Features of one task of a gradient. */
    private static final int STRETCH = 768;
    /** Clips of one task of the forward pass. */
    private static final int TASK_CLIPS = 8 * RowCross.TAPS;

    private final int inputs;
    private final int outputs;
    private final Kernels kernels;
    private final Workers workers;
    private final float[][] lanes;
    private float[] weights = {};
    private float[] bias = {};
    private float[] packed = {};
    private int[] clipRows = {};
    private final int[] outputRows;

    DenseConvolution(ConvShape shape, int maxBatch, Kernels kernels, Workers workers) {
        this.inputs = shape.inChannels();
        this.outputs = shape.outChannels();
        this.kernels = kernels;
        this.workers = workers;
        this.lanes = new float[workers.threads()][RowCross.scratchSize(Math.min(maxBatch, TASK_CLIPS))];
        this.outputRows = multiples(outputs);
    }

    /** Offsets of the first {@code count} rows of {@link #inputs} features. */
    private int[] multiples(int count) {
        int[] offsets = new int[count];
        for (int i = 0; i < count; i++) {
            offsets[i] = i * inputs;
        }
        return offsets;
    }

    @Override
    public void load(float[] w, float[] newBias) {
        weights = w;
        bias = newBias;
    }

    @Override
    public void forward(float[] x, float[] y, int clips) {
        if (clipRows.length != clips) {
            clipRows = multiples(clips);
        }
        int blocks = (outputs + RowCross.ROWS - 1) / RowCross.ROWS;
        int chunks = (clips + TASK_CLIPS - 1) / TASK_CLIPS;
        workers.run(blocks * chunks, (task, worker) -> {
            int output = task / chunks * RowCross.ROWS;
            int clip = task % chunks * TASK_CLIPS;
            int some = Math.min(TASK_CLIPS, clips - clip);
            int[] taps = Arrays.copyOf(clipRows, some);
            RowCross cross = new RowCross(taps, Math.min(RowCross.ROWS, outputs - output), inputs, inputs);
            float[] sums = lanes[worker];
            cross.clear(sums);
            kernels.cross(cross, sums, weights, output * inputs, x, clip * inputs);
            for (int r = 0; r < cross.rows(); r++) {
                float start = bias.length > 0 ? bias[output + r] : 0;
                for (int c = 0; c < some; c++) {
                    y[(clip + c) * outputs + output + r] = start + RowCross.total(sums, r, c);
                }
            }
        });
    }

    @Override
    public void gradients(float[] x, float[] dy, float[] dx, float[] dw, float[] db, int clips) {
        if (dx.length > 0) {
            products(outputRows, clips, dy, outputs, 1, weights, dx);
        }
        if (clipRows.length != clips) {
            clipRows = multiples(clips);
        }
        products(clipRows, outputs, dy, 1, outputs, x, dw);
        for (int o = 0; o < db.length; o++) {
            float sum = 0;
            for (int clip = 0; clip < clips; clip++) {
                sum += dy[clip * outputs + o];
            }
            db[o] = sum;
        }
    }

    /**
     * {@code to[r] = sum over taps of factor(r, tap) * from[tap]}, rows of {@link #inputs} features, a stretch a task; the
     * factors from {@code dy}, by their steps.
     */
    private void products(int[] taps, int rowCount, float[] dy, int rowStep, int tapStep, float[] from, float[] to) {
        RowProduct whole = new RowProduct(taps, rowCount, inputs, Math.min(STRETCH, inputs));
        if (packed.length < whole.packedSize()) {
            packed = new float[whole.packedSize()];
        }
        whole.pack(dy, 0, rowStep, tapStep, packed, 0);
        workers.run((inputs + STRETCH - 1) / STRETCH, (task, worker) -> {
            int at = task * STRETCH;
            RowProduct part = new RowProduct(taps, rowCount, inputs, Math.min(STRETCH, inputs - at));
            kernels.product(part, packed, 0, from, at, to, at);
        });
    }
}
