package dev.onda.nn.kernel;

/**
 * What {@link Kernels#product} computes, planned once.
 *
 * @param taps offset of each tap's row into the input; not copied
 * @param rows output rows, at least 1
 * @param yStride elements from one output row to the next
 * @param length outputs a row
 */
public record RowProduct(int[] taps, int rows, int yStride, int length) {

    /** Packed rows: {@code rows} rounded up to whole blocks, but one or two rows stay as they are. */
    int packedRows() {
        return rows <= 2 ? rows : (rows + Kernels.BLOCK - 1) / Kernels.BLOCK * Kernels.BLOCK;
    }

    /** Elements that {@link #pack} writes: the biases, then the weights. */
    public int packedSize() {
        return packedRows() * (1 + taps.length);
    }

    /** Where a weight comes from. */
    @FunctionalInterface
    public interface Source {
        float weight(int row, int tap);
    }

    /**
     * Lays the biases and then the weights out as the kernels read them: blocks of {@link Kernels#BLOCK} rows, tap by tap,
     * the rows of a block side by side; rows that only fill up a block are 0.
     *
     * @param bias one a row, from {@code biasAt} on; an empty array stands for zeros
     */
    public void pack(Source source, float[] bias, int biasAt, float[] packed, int at) {
        int total = packedRows();
        int block = rows <= 2 ? 1 : Kernels.BLOCK;
        for (int r = 0; r < total; r++) {
            packed[at + r] = r < rows && bias.length > 0 ? bias[biasAt + r] : 0;
        }
        int to = at + total;
        for (int first = 0; first < total; first += block) {
            for (int tap = 0; tap < taps.length; tap++) {
                for (int r = first; r < first + block; r++) {
                    packed[to++] = r < rows ? source.weight(r, tap) : 0;
                }
            }
        }
    }
}
