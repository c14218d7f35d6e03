package dev.onda.evaluate;

/**
 * A 95 % confidence interval of a share.
 *
 * @param low in [0, 1]
 * @param high in [0, 1]
 */
public record Interval(double low, double high) {

    /** The 97.5 % point of the normal distribution. */
    private static final double Z = 1.959963984540054;

    /**
     * The Wilson score interval (Wilson 1927) of {@code hits} among {@code trials}; without trials it is [0, 1].
     *
     * @throws IllegalArgumentException if hits is not in [0, trials]
     */
    public static Interval wilson(int hits, int trials) {
        if (hits < 0 || hits > trials) {
            throw new IllegalArgumentException(hits + " hits among " + trials + " trials");
        }
        if (trials == 0) {
            return new Interval(0, 1);
        }
        double n = trials;
        double p = hits / n;
        double center = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
        double half = Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
        // Rounding must not push the share itself out of its interval.
        return new Interval(Math.clamp(center - half, 0, p), Math.clamp(center + half, p, 1));
    }
}
