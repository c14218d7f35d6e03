package dev.onda.model;

/**
 * What is done to samples before the first layer: {@code (x - mean) / deviation}, the same for every clip, so that a stream
 * can be normalised sample by sample.
 *
 * @param mean in full-scale units
 * @param deviation in full-scale units, positive
 */
public record Normalization(float mean, float deviation) {

    /** Leaves samples as they are. */
    public static final Normalization NONE = new Normalization(0, 1);

    /**
     * @throws IllegalArgumentException if mean is not finite or deviation or its inverse not positive and finite
     */
    public Normalization {
        if (!Float.isFinite(mean) || !(deviation > 0) || !Float.isFinite(deviation) || !Float.isFinite(1 / deviation)) {
            throw new IllegalArgumentException(
                    "a normalisation has a finite mean and a positive deviation, not " + mean + " and " + deviation);
        }
    }

    /** Normalises {@code x[at, at + n)} in place. */
    public void apply(float[] x, int at, int n) {
        if (mean == 0 && deviation == 1) {
            return;
        }
        float scale = 1 / deviation;
        for (int i = at; i < at + n; i++) {
            x[i] = (x[i] - mean) * scale;
        }
    }
}
