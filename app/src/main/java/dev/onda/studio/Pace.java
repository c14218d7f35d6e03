package dev.onda.studio;

import java.util.OptionalDouble;

/**
 * How long work will go on, from how fast it was so far. Work has stages; each counts anew, to another total or from less than was
 * done before.
 */
final class Pace {

    private static final double NANOS_PER_SECOND = 1e9;
    /** Before, too little is known; the first steps are slow. */
    private static final double FIRST_SECONDS = 2;

    private long done;
    private long total;
    private long before;
    private long from;

    /**
     * The work left.
     *
     * @param doneNow steps done
     * @param totalNow steps of this stage
     * @param nanos time on any clock that only goes forward
     * @return seconds, nothing where that cannot be told yet
     */
    OptionalDouble secondsLeft(long doneNow, long totalNow, long nanos) {
        if (totalNow != total || doneNow < done) {
            before = doneNow;
            from = nanos;
        }
        done = doneNow;
        total = totalNow;
        double seconds = (nanos - from) / NANOS_PER_SECOND;
        if (seconds < FIRST_SECONDS || done == before || done >= total) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(seconds * (total - done) / (done - before));
    }
}
