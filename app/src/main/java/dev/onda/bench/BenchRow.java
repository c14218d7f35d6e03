package dev.onda.bench;

/**
 * One measurement.
 *
 * @param network name of its architecture
 * @param batch clips computed together
 * @param threads that shared the work
 * @param clipsPerSecond median
 * @param shareOfPeak operations of the direct form of all convolutions a second, divided by the {@link Peak} of as many
 *     threads; above 1 where another form needs fewer
 */
public record BenchRow(String network, Work work, int batch, int threads, double clipsPerSecond, double shareOfPeak) {

    /** The time of a batch, divided by its clips. */
    public double millisecondsPerClip() {
        return 1_000 / clipsPerSecond;
    }
}
