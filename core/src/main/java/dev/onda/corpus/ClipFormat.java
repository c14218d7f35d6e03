package dev.onda.corpus;

/**
 * The one form that all clips of a store have.
 *
 * @param sampleRateHz samples a second, 1 to 768,000
 * @param windowSamples samples a clip, 1 to 16,777,216; 8,000 is a second at 8 kHz
 */
public record ClipFormat(int sampleRateHz, int windowSamples) {
    static final int MAX_SAMPLE_RATE_HZ = 768_000;
    static final int MAX_WINDOW_SAMPLES = 1 << 24;

    /**
     * @throws IllegalArgumentException if a value is outside its range
     */
    public ClipFormat {
        if (sampleRateHz < 1 || sampleRateHz > MAX_SAMPLE_RATE_HZ) {
            throw new IllegalArgumentException(
                    "a sample rate is 1 to " + MAX_SAMPLE_RATE_HZ + " Hz, not " + sampleRateHz);
        }
        if (windowSamples < 1 || windowSamples > MAX_WINDOW_SAMPLES) {
            throw new IllegalArgumentException(
                    "a window is 1 to " + MAX_WINDOW_SAMPLES + " samples, not " + windowSamples);
        }
    }

    /** The window's length in seconds. */
    public double windowSeconds() {
        return windowSamples / (double) sampleRateHz;
    }
}
