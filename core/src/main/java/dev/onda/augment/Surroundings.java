package dev.onda.augment;

import java.util.List;

/**
 * What is around a clip.
 *
 * @param sampleRateHz its sample rate
 * @param backgrounds recordings without speech at the same rate, of the clip's own partition; samples are not copied
 */
public record Surroundings(int sampleRateHz, List<float[]> backgrounds) {

    /**
     * @throws IllegalArgumentException if the rate is below 1 Hz or a recording is empty
     */
    public Surroundings {
        backgrounds = List.copyOf(backgrounds);
        if (sampleRateHz < 1) {
            throw new IllegalArgumentException("a sample rate is at least 1 Hz, not " + sampleRateHz);
        }
        if (backgrounds.stream().anyMatch(recording -> recording.length == 0)) {
            throw new IllegalArgumentException("a background recording is empty");
        }
    }

    /** No background at all. */
    public static Surroundings quiet(int sampleRateHz) {
        return new Surroundings(sampleRateHz, List.of());
    }
}
