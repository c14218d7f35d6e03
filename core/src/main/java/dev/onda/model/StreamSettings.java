package dev.onda.model;

/**
 * How posteriors of overlapping windows become detections of words in a stream.
 *
 * @param hopMs from one window to the next, 10 to 1,000 milliseconds
 * @param smoothingMs posteriors are averaged over so many milliseconds, at least one hop
 * @param temperature the posteriors' logits are divided by it first, in [0.1, 10]: below 1 they become more certain, as what was
 *     learned from smoothed labels and mixed clips is too uncertain (Guo 2017, "On calibration of modern neural networks",
 *     section 4.2)
 * @param threshold least smoothed posterior at which a word is detected, above 0 and at most 1
 * @param release a word can be detected again once its smoothed posterior has fallen below this, in [0, threshold]
 * @param suppressionMs after a detection, any other has to wait so many milliseconds
 * @param falseAcceptsPerHour the rate that the threshold was chosen for; 0 if it was not chosen by one
 */
public record StreamSettings(
        int hopMs,
        int smoothingMs,
        double temperature,
        double threshold,
        double release,
        int suppressionMs,
        double falseAcceptsPerHour) {

    /** What a model listens with that was never calibrated; what won in experiments/streams.md. */
    public static final StreamSettings DEFAULTS = new StreamSettings(128, 384, 0.5, 0.9, 0.45, 512, 0);

    /**
     * @throws IllegalArgumentException if a number is out of its range
     */
    public StreamSettings {
        if (hopMs < 10 || hopMs > 1_000) {
            throw new IllegalArgumentException("a hop of 10 to 1,000 ms is expected, not " + hopMs);
        }
        if (smoothingMs < hopMs || smoothingMs > 10_000) {
            throw new IllegalArgumentException(
                    "smoothing over " + hopMs + " (one hop) to 10,000 ms is expected, not " + smoothingMs);
        }
        if (!(temperature >= 0.1 && temperature <= 10)) {
            throw new IllegalArgumentException("a temperature of 0.1 to 10 is expected, not " + temperature);
        }
        if (!(threshold > 0 && threshold <= 1)) {
            throw new IllegalArgumentException("a threshold of a stream is above 0 and at most 1, not " + threshold);
        }
        if (!(release >= 0 && release <= threshold)) {
            throw new IllegalArgumentException(
                    "a release of 0 to " + threshold + " (the threshold) is expected, not " + release);
        }
        if (suppressionMs < 0 || suppressionMs > 60_000) {
            throw new IllegalArgumentException("suppression of 0 to 60,000 ms is expected, not " + suppressionMs);
        }
        if (!(falseAcceptsPerHour >= 0 && falseAcceptsPerHour < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "a rate of false accepts is at least 0 an hour, not " + falseAcceptsPerHour);
        }
    }

    /** The same with another threshold; the release stays the same part of it. */
    public StreamSettings withThreshold(double other, double rate) {
        return new StreamSettings(
                hopMs, smoothingMs, temperature, other, release / threshold * other, suppressionMs, rate);
    }
}
