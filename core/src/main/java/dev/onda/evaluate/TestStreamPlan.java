package dev.onda.evaluate;

/**
 * What a {@link TestStream} is to be like.
 *
 * @param minutes its length, 0.1 to 1,440 (a day)
 * @param snrDb how far the background lies below the clips, in decibels, -30 to 100: levels over a clip's whole window
 * @param seed of the clips' order, the gaps and the background; the same seed gives the same samples
 */
public record TestStreamPlan(double minutes, double snrDb, long seed) {

    /**
     * @throws IllegalArgumentException if length or ratio is out of range
     */
    public TestStreamPlan {
        if (!(minutes >= 0.1 && minutes <= 1_440)) {
            throw new IllegalArgumentException("a stream of 0.1 to 1,440 minutes is expected, not " + minutes);
        }
        if (!(snrDb >= -30 && snrDb <= 100)) {
            throw new IllegalArgumentException("a signal-to-noise ratio of -30 to 100 dB is expected, not " + snrDb);
        }
    }

    /** Its length. */
    public double seconds() {
        return 60 * minutes;
    }
}
