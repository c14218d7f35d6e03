package dev.onda.audio;

/**
 * One channel of sound.
 *
 * @param samples amplitudes, full scale is [-1, 1]; not copied, so the caller must not change them afterwards
 * @param sampleRateHz samples a second, at least 1
 */
public record Wave(float[] samples, int sampleRateHz) {

    /**
     * @throws IllegalArgumentException if the sample rate is below 1 Hz
     */
    public Wave {
        if (sampleRateHz < 1) {
            throw new IllegalArgumentException("a sample rate is at least 1 Hz, not " + sampleRateHz);
        }
    }

    /** Length in seconds. */
    public double seconds() {
        return samples.length / (double) sampleRateHz;
    }
}
