package dev.onda.nn.kernel;

/**
 * One row that a short kernel slides over, as in a depthwise layer.
 *
 * @param taps of the kernel, at least 1
 * @param dilation samples from one tap to the next
 * @param length outputs, at least {@link #LANES}
 */
public record SlidingRow(int taps, int dilation, int length) {

    /** Sums over time are spread over so many lanes, at least the longest vector: 512 bits of float. */
    public static final int LANES = 16;
    /** Taps whose sums are in registers at once. */
    static final int BLOCK = 8;

    /** Numbers that the running sums of all taps take, a few spare ones included. */
    public int sumsSize() {
        return (taps + BLOCK - 1) * LANES;
    }

    /** Samples from the first to the last tap. */
    int reach() {
        return dilation * (taps - 1);
    }

    /** Outputs, rounded up to whole lanes. */
    int wholeLength() {
        return (length + LANES - 1) / LANES * LANES;
    }
}
