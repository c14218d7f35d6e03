package dev.onda.peers;

/**
 * How long things take.
 *
 * @param pairs turns of each side
 * @param warmUpSeconds of each side before the first turn
 * @param turnSeconds least length of a turn
 */
record Pace(int pairs, double warmUpSeconds, double turnSeconds) {

    /**
     * @throws IllegalArgumentException if there is no pair, or a time is not positive
     */
    Pace {
        if (pairs < 1 || !(warmUpSeconds > 0) || !(turnSeconds > 0)) {
            throw new IllegalArgumentException("a comparison takes at least 1 pair and positive times, not " + pairs
                    + " pairs, " + warmUpSeconds + " s of warm-up and turns of " + turnSeconds + " s");
        }
    }

    static Pace defaults() {
        return new Pace(7, 10, 0.7);
    }
}
