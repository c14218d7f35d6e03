package dev.onda.nn;

import dev.onda.nn.kernel.Activation;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.PoolRow;
import java.util.Arrays;
import java.util.Optional;

/**
 * An element-wise function, max pooling, or both in one go. Both functions never fall, so the largest is taken first and the
 * function of it alone. The gradient goes to the first that is as large.
 */
final class PoolOperator extends Operator {

    private final Optional<Activation> function;
    private final PoolRow row;
    /** All channels are one row where no group would have samples of two, and nobody asks which were the largest. */
    private final int rows;

    private final int words;
    private final Kernels kernels;
    /** Which samples were the largest, a bit each; empty where no gradient is wanted. */
    private final long[] first;

    /**
     * @param size samples a group; 1 for no pooling
     * @param clips most clips that a gradient is wanted for; 0 for none
     */
    PoolOperator(Shape in, Optional<Activation> function, int size, int clips, Kernels kernels) {
        super(in, new Shape(in.channels(), in.time() / size));
        this.function = function;
        this.rows = clips == 0 && in.time() % size == 0 ? 1 : in.channels();
        this.row = new PoolRow(out().size() / rows, size, false);
        this.words = PoolRow.words(row.outputs(), size);
        this.kernels = kernels;
        this.first = new long[size == 1 ? 0 : clips * in.channels() * words];
    }

    @Override
    void forward(float[] x, int xAt, float[] y, int yAt, int clip, int worker) {
        if (row.size() > 1) {
            for (int r = 0; r < rows; r++) {
                int marks = first.length == 0 ? 0 : (clip * rows + r) * words;
                kernels.pool(x, xAt + r * in().time(), y, yAt + r * row.outputs(), row, first, marks);
            }
        } else if (x != y) {
            System.arraycopy(x, xAt, y, yAt, in().size());
        }
        if (function.isPresent()) {
            kernels.activate(function.get(), y, yAt, out().size());
        }
    }

    @Override
    void backward(float[] x, float[] y, float[] dy, int dyAt, float[] dx, int dxAt, int clip) {
        if (function.isPresent()) {
            kernels.activateGradient(function.get(), y, clip * out().size(), dy, dyAt, out().size());
        }
        if (row.size() == 1) {
            return;
        }
        for (int c = 0; c < rows; c++) {
            int to = dxAt + c * in().time();
            int marks = (clip * rows + c) * words;
            kernels.unpool(dy, dyAt + c * row.outputs(), row, first, marks, dx, to);
            Arrays.fill(dx, to + row.outputs() * row.size(), to + in().time(), 0);
        }
    }

    @Override
    boolean inPlace() {
        return row.size() == 1;
    }

    @Override
    boolean gradientInPlace() {
        return row.size() == 1;
    }

    @Override
    Reads reads() {
        return function.isPresent() ? Reads.OUTPUT : Reads.NOTHING;
    }
}
