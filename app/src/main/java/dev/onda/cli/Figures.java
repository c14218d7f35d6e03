package dev.onda.cli;

import dev.onda.evaluate.Interval;
import java.util.Locale;

/** Figures as people read them. */
final class Figures {

    private Figures() {}

    /** Such as {@code "92.4 % (95 % interval 91.4 to 93.3 %)"}. */
    static String accuracy(double accuracy, Interval interval) {
        return String.format(
                Locale.ROOT,
                "%.1f %% (95 %% interval %.1f to %.1f %%)",
                100 * accuracy,
                100 * interval.low(),
                100 * interval.high());
    }
}
