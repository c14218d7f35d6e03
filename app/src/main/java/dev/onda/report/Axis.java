package dev.onda.report;

import java.util.Optional;

/**
 * An axis of a plot.
 *
 * @param title what it shows, with its unit
 * @param from where it begins; if not said, where the data does
 * @param to where it ends; likewise
 * @param isLogarithmic whether equal steps are equal ratios; then both ends are said and above 0
 */
record Axis(String title, Optional<Double> from, Optional<Double> to, boolean isLogarithmic) {

    /** As long as the data. */
    static Axis of(String title) {
        return new Axis(title, Optional.empty(), Optional.empty(), false);
    }

    /** From one value to another. */
    static Axis of(String title, double from, double to) {
        return new Axis(title, Optional.of(from), Optional.of(to), false);
    }

    /** From one value on. */
    static Axis from(String title, double from) {
        return new Axis(title, Optional.of(from), Optional.empty(), false);
    }

    /** A logarithmic one that has room for two values above 0 and begins and ends with a {@link RoundNumber}. */
    static Axis logarithmic(String title, double least, double most) {
        return new Axis(title, Optional.of(RoundNumber.atMost(least)), Optional.of(RoundNumber.atLeast(most)), true);
    }
}
