package dev.onda.nn.kernel;

/**
 * What {@link Kernels#outer} computes, planned once.
 *
 * @param from first column
 * @param to column behind the last, a multiple of {@link #LANES} behind the first
 * @param terms how many outer products are added
 * @param bStep elements of b from one term to the next
 * @param cStep elements of c from one row to the next
 */
public record OuterSum(int from, int to, int terms, int bStep, int cStep) {

    /** Columns come in so many: the longest vector, 512 bits of float. */
    static final int LANES = 16;
}
