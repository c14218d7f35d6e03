package dev.onda.audio;

/** A stretch of a longer signal. Its array is not copied, and can be exchanged, so that a stream needs only one of these. */
final class Span {

    private float[] samples;
    private int length;
    private long origin;

    /**
     * @param samples (time), all of them
     * @param origin the number that {@code samples[0]} has in the signal
     */
    Span(float[] samples, long origin) {
        this.samples = samples;
        this.length = samples.length;
        this.origin = origin;
    }

    /** Becomes another stretch: the first {@code length} samples of an array. */
    Span set(float[] otherSamples, int otherLength, long otherOrigin) {
        samples = otherSamples;
        length = otherLength;
        origin = otherOrigin;
        return this;
    }

    float[] samples() {
        return samples;
    }

    int length() {
        return length;
    }

    long origin() {
        return origin;
    }
}
