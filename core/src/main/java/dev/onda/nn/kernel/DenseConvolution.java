package dev.onda.nn.kernel;

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
    private final float[] packed;
    private float[] weights = {};
    private float[] bias = {};
    private Plan plan;

    private float[] x = {};
    private float[] y = {};
    private float[] dx = {};
    private float[] dw = {};
    private final Workers.Task meet = this::meet;
    private final Workers.Task toInput = (task, worker) -> stretch(plan.toInput(), task, weights, dx);
    private final Workers.Task toWeights = (task, worker) -> stretch(plan.toWeights(), task, x, dw);

    /** What depends on the number of clips: blocks of outputs by chunks of clips, and both gradients' stretches. */
    private record Plan(int clips, RowCross[][] forward, RowProduct[] toInput, RowProduct[] toWeights) {}

    DenseConvolution(ConvShape shape, int maxBatch, Kernels kernels, Workers workers) {
        this.inputs = shape.inChannels();
        this.outputs = shape.outChannels();
        this.kernels = kernels;
        this.workers = workers;
        this.lanes = new float[workers.threads()][RowCross.scratchSize(Math.min(maxBatch, TASK_CLIPS))];
        this.plan = plan(maxBatch);
        this.packed = new float[Math.max(plan.toInput()[0].packedSize(), plan.toWeights()[0].packedSize())];
    }

    private Plan plan(int clips) {
        RowCross[][] forward = new RowCross[ceil(outputs, RowCross.ROWS)][ceil(clips, TASK_CLIPS)];
        for (int block = 0; block < forward.length; block++) {
            for (int chunk = 0; chunk < forward[block].length; chunk++) {
                int[] taps = multiples(Math.min(TASK_CLIPS, clips - chunk * TASK_CLIPS));
                int rows = Math.min(RowCross.ROWS, outputs - block * RowCross.ROWS);
                forward[block][chunk] = new RowCross(taps, rows, inputs, inputs);
            }
        }
        return new Plan(clips, forward, stretches(multiples(outputs), clips), stretches(multiples(clips), outputs));
    }

    private RowProduct[] stretches(int[] taps, int rows) {
        RowProduct[] stretches = new RowProduct[ceil(inputs, STRETCH)];
        for (int i = 0; i < stretches.length; i++) {
            stretches[i] =
                    new RowProduct(kernels.productRows(), taps, rows, inputs, Math.min(STRETCH, inputs - i * STRETCH));
        }
        return stretches;
    }

    private static int ceil(int a, int b) {
        return (a + b - 1) / b;
    }

    /** Offsets of the first {@code count} rows of {@link #inputs} features. */
    private int[] multiples(int count) {
        int[] offsets = new int[count];
        for (int i = 0; i < count; i++) {
            offsets[i] = i * inputs;
        }
        return offsets;
    }

    private void planFor(int clips) {
        if (plan.clips() != clips) {
            plan = plan(clips);
        }
    }

    @Override
    public void load(float[] w, float[] newBias) {
        weights = w;
        bias = newBias;
    }

    @Override
    public void forward(float[] from, float[] to, int clips) {
        planFor(clips);
        x = from;
        y = to;
        workers.run(plan.forward().length * plan.forward()[0].length, meet);
    }

    /** A block of outputs for a chunk of clips. */
    private void meet(int task, int worker) {
        int chunks = plan.forward()[0].length;
        int output = task / chunks * RowCross.ROWS;
        int clip = task % chunks * TASK_CLIPS;
        RowCross cross = plan.forward()[task / chunks][task % chunks];
        float[] sums = lanes[worker];
        cross.clear(sums);
        kernels.cross(cross, sums, weights, output * inputs, x, clip * inputs);
        for (int r = 0; r < cross.rows(); r++) {
            float start = bias.length > 0 ? bias[output + r] : 0;
            for (int c = 0; c < cross.taps().length; c++) {
                y[(clip + c) * outputs + output + r] = start + RowCross.total(sums, r, c);
            }
        }
    }

    @Override
    public void gradients(float[] from, float[] dy, float[] toInputs, float[] toDw, float[] db, int clips) {
        planFor(clips);
        x = from;
        dx = toInputs;
        dw = toDw;
        if (dx.length > 0) {
            plan.toInput()[0].pack(dy, 0, outputs, 1, packed, 0);
            workers.run(plan.toInput().length, toInput);
        }
        plan.toWeights()[0].pack(dy, 0, 1, outputs, packed, 0);
        workers.run(plan.toWeights().length, toWeights);
        for (int o = 0; o < db.length; o++) {
            float sum = 0;
            for (int clip = 0; clip < clips; clip++) {
                sum += dy[clip * outputs + o];
            }
            db[o] = sum;
        }
    }

    /** A stretch of features of sums of rows, by the packed factors. */
    private void stretch(RowProduct[] products, int task, float[] from, float[] to) {
        kernels.product(products[task], packed, 0, from, task * STRETCH, to, task * STRETCH);
    }
}
