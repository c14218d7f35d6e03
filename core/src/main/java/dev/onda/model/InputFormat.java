package dev.onda.model;

/**
 * The sound that a model takes.
 *
 * @param sampleRateHz its sample rate, 1,000 to 192,000
 * @param windowSamples samples of one decision, up to ten seconds
 * @param normalization what is done to samples first
 */
public record InputFormat(int sampleRateHz, int windowSamples, Normalization normalization) {

    /**
     * @throws IllegalArgumentException if rate or window is out of range
     */
    public InputFormat {
        if (sampleRateHz < 1_000 || sampleRateHz > 192_000) {
            throw new IllegalArgumentException("a sample rate of 1,000 to 192,000 Hz is expected, not " + sampleRateHz);
        }
        if (windowSamples < 1 || windowSamples > 10 * sampleRateHz) {
            throw new IllegalArgumentException("a window of 1 to " + 10 * sampleRateHz
                    + " samples (ten seconds) is expected, not " + windowSamples);
        }
    }
}
