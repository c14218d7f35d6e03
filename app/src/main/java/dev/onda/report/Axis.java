package dev.onda.report;

import java.util.Optional;

/**
 * An axis of a plot.
 *
 * @param title what it shows, with its unit
 * @param from where it begins; if not said, where the data does
 * @param to where it ends; likewise
 */
record Axis(String title, Optional<Double> from, Optional<Double> to) {

    /** As long as the data. */
    static Axis of(String title) {
        return new Axis(title, Optional.empty(), Optional.empty());
    }

    /** From one value to another. */
    static Axis of(String title, double from, double to) {
        return new Axis(title, Optional.of(from), Optional.of(to));
    }

    /** From one value on. */
    static Axis from(String title, double from) {
        return new Axis(title, Optional.of(from), Optional.empty());
    }
}
