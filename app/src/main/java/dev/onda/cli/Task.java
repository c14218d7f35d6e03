package dev.onda.cli;

/**
 * A piece of work with a known length, as {@link Progress} shows it.
 *
 * @param name a word or two, such as "training"
 * @param total steps to do, at least 0; 0 also where the length is unknown
 * @param unit what a step is called
 * @param before steps done in an earlier run, at least 0: they do not count in the rate
 */
public record Task(String name, long total, Unit unit, long before) {

    /**
     * @throws IllegalArgumentException if a number of steps is negative
     */
    public Task {
        if (total < 0 || before < 0) {
            throw new IllegalArgumentException("a task has 0 steps or more, not " + Math.min(total, before));
        }
    }

    /** A task that nothing is done of yet. */
    public Task(String name, long total, Unit unit) {
        this(name, total, unit, 0);
    }

    /**
     * What is counted, and how many steps make one of it.
     *
     * @param name such as "clips"
     * @param steps steps in one unit, at least 1: 1,048,576 shows bytes as MiB
     */
    public record Unit(String name, long steps) {
        public static final Unit CLIPS = new Unit("clips", 1);
        public static final Unit SECONDS = new Unit("s of sound", 1);
        public static final Unit MEBIBYTES = new Unit("MiB", 1 << 20);

        /**
         * @throws IllegalArgumentException if a unit has no step
         */
        public Unit {
            if (steps < 1) {
                throw new IllegalArgumentException("a unit has 1 step or more, not " + steps);
            }
        }
    }
}
