package dev.onda.nn.kernel;

import java.util.Arrays;

/**
 * What {@link Kernels#product} computes, planned once.
 *
 * @param block rows that are packed side by side: {@link Kernels#productRows}
 * @param taps offset of each tap's row into the input; not copied
 * @param rows output rows, at least 1
 * @param yStride elements from one output row to the next
 * @param length outputs a row
 */
public record RowProduct(int block, int[] taps, int rows, int yStride, int length) {

    /** Packed rows: {@code rows} rounded up to whole blocks. */
    int packedRows() {
        return (rows + step() - 1) / step() * step();
    }

    /** Rows side by side: one or two rows stay as they are. */
    private int step() {
        return rows <= 2 ? 1 : block;
    }

    /** Elements that {@link #pack} writes: the biases, then the weights. */
    public int packedSize() {
        return packedRows() * (1 + taps.length);
    }

    /** Where a row's weight for a tap lies in what {@link #pack} writes. */
    int packed(int row, int tap) {
        int step = step();
        return packedRows() + row / step * step * taps.length + tap * step + row % step;
    }

    /**
     * Lays weights out as the kernels read them, behind the biases: blocks of rows, tap by tap, the rows
     * of a block side by side; rows that only fill up a block are 0, and so are the biases.
     *
     * @param w weights; that of a row and a tap at {@code wAt + row * rowStep + tap * tapStep}
     */
    void pack(float[] w, int wAt, int rowStep, int tapStep, float[] packed, int at) {
        Arrays.fill(packed, at, at + packedSize(), 0);
        int step = step();
        for (int r = 0; r < rows; r++) {
            int to = at + packed(r, 0);
            int from = wAt + r * rowStep;
            for (int tap = 0; tap < taps.length; tap++) {
                packed[to + tap * step] = w[from + tap * tapStep];
            }
        }
    }

    /** Lays biases out in front of packed weights: one a row, from {@code biasAt} on; an empty array stands for zeros. */
    void packBias(float[] bias, int biasAt, float[] packed, int at) {
        if (bias.length > 0) {
            System.arraycopy(bias, biasAt, packed, at, rows);
        }
    }
}
