package dev.onda.export;

/**
 * Weights in a byte each, a row with a scale of its own: symmetric, the largest magnitude of a row is 127 (Jacob 2018, section
 * 2.1, with a zero point of 0).
 *
 * @param bytes (rows, columns); not copied
 * @param scales by row; not copied
 */
record Int8(byte[] bytes, float[] scales) {

    private static final int LARGEST = 127;

    static Int8 of(float[] weights, int rows) {
        int columns = weights.length / rows;
        byte[] bytes = new byte[weights.length];
        float[] scales = new float[rows];
        for (int row = 0; row < rows; row++) {
            float largest = 0;
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                largest = Math.max(largest, Math.abs(weights[i]));
            }
            scales[row] = largest / LARGEST;
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                bytes[i] = (byte) (largest == 0 ? 0 : Math.round(weights[i] * (double) LARGEST / largest));
            }
        }
        return new Int8(bytes, scales);
    }

    /** What they stand for. */
    float[] weights() {
        int columns = bytes.length / scales.length;
        float[] weights = new float[bytes.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = bytes[i] * scales[i / columns];
        }
        return weights;
    }
}
