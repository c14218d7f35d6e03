package dev.onda.nn.kernel;

/**
 * One row's max pooling without overlap.
 *
 * @param outputs groups of samples; what is left behind the last is not read
 * @param size samples of a group, 1 to 64
 * @param least whether the least is wanted, not the largest
 */
public record PoolRow(int outputs, int size, boolean least) {

    /** Words of 64 bits that mark the row's samples. */
    public static int words(int outputs, int size) {
        return (outputs * size + 63) / 64;
    }
}
