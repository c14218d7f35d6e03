package dev.onda.nn.kernel;

/**
 * How often an element is zeroed, in the form that kernels compare with.
 *
 * @param keepBelow an element stays if its 31-bit hash is below this
 * @param scale what a kept element is multiplied by, {@code 1 / (1 - rate)}
 */
public record DropoutRate(int keepBelow, float scale) {

    /**
     * @param rate probability of zeroing, in [0, 1)
     */
    public static DropoutRate of(double rate) {
        return new DropoutRate((int) Math.round((1 - rate) * Integer.MAX_VALUE), (float) (1 / (1 - rate)));
    }
}
