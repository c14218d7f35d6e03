package dev.onda.corpus;

/**
 * How to prepare clips.
 *
 * @param threads how many clips are decoded at once, at least 1; the result is the same for any number
 * @param strict whether the first bad clip ends the work; else bad clips are skipped and listed
 */
public record PrepareOptions(int threads, boolean strict) {

    private static final int MOST_THREADS = 256;

    /**
     * @throws IllegalArgumentException if there is no thread, or more than 256
     */
    public PrepareOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("preparing takes at least 1 thread, not " + threads);
        }
        if (threads > MOST_THREADS) {
            throw new IllegalArgumentException("at most " + MOST_THREADS + " threads, not " + threads);
        }
    }

    /** As many threads as there are processors, bad clips skipped. */
    public static PrepareOptions defaults() {
        return new PrepareOptions(Runtime.getRuntime().availableProcessors(), false);
    }
}
