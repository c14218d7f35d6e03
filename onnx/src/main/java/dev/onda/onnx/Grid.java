package dev.onda.onnx;

/**
 * 256 evenly spaced numbers, 0 among them: what a signal of eight bits can be. As {@code QuantizeLinear} and
 * {@code DequantizeLinear} have it, with unsigned bytes.
 *
 * @param scale distance of neighbours, above 0
 * @param zero which of them is 0, counted from the least, 0 to 255
 */
record Grid(float scale, int zero) {

    private static final int LAST = 255;
    /** Where a signal is 0 throughout, any grid will do. */
    private static final float FINEST = 1e-9f;

    /**
     * The grid from one number to another, widened to hold 0.
     */
    static Grid of(float low, float high) {
        float from = Math.min(low, 0);
        float scale = Math.max((Math.max(high, 0) - from) / LAST, FINEST);
        return new Grid(scale, Math.round(-from / scale));
    }

    /** Moves each of the first numbers to the nearest one on the grid; of two that are as near, to the even one. */
    void round(float[] x, int count) {
        for (int i = 0; i < count; i++) {
            float step = (float) Math.rint(x[i] / scale);
            x[i] = scale * Math.clamp(step, -zero, LAST - zero);
        }
    }
}
