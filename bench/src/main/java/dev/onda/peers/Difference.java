package dev.onda.peers;

/**
 * How far two arrays are apart.
 *
 * @param absolute the largest difference of two numbers
 * @param relative Euclidean length of the difference, as a share of the length of the second array
 */
record Difference(double absolute, double relative) {

    static final Difference NONE = new Difference(0, 0);

    /**
     * Of {@code a} from {@code b}.
     *
     * @throws IllegalArgumentException if they are not of one length
     */
    static Difference of(float[] a, float[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(a.length + " numbers cannot be compared with " + b.length);
        }
        double largest = 0;
        double apart = 0;
        double length = 0;
        for (int i = 0; i < a.length; i++) {
            double d = Math.abs((double) a[i] - b[i]);
            // Not Math.max alone: a NaN on either side must come out as one, and it does.
            largest = Math.max(largest, d);
            apart += d * d;
            length += (double) b[i] * b[i];
        }
        double relative = apart == 0 ? 0 : Math.sqrt(apart / length);
        return new Difference(largest, relative);
    }

    static Difference of(double a, double b) {
        double d = Math.abs(a - b);
        return new Difference(d, d == 0 ? 0 : d / Math.abs(b));
    }

    /** The larger one of each number. */
    Difference or(Difference other) {
        return new Difference(Math.max(absolute, other.absolute), Math.max(relative, other.relative));
    }

    /** Whether the arrays are that close, relatively; a NaN is not. */
    boolean isWithin(double tolerance) {
        return relative <= tolerance;
    }
}
