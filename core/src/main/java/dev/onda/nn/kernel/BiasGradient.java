package dev.onda.nn.kernel;

/** Sums of an output gradient. */
final class BiasGradient {

    private BiasGradient() {}

    /**
     * Adds up the sums of the clips, in their order.
     *
     * @param sums by clip, then output
     * @param db one an output, overwritten; empty if it is not wanted
     */
    static void add(double[] sums, int outputs, int clips, float[] db) {
        for (int o = 0; o < db.length; o++) {
            double sum = 0;
            for (int clip = 0; clip < clips; clip++) {
                sum += sums[clip * outputs + o];
            }
            db[o] = (float) sum;
        }
    }
}
