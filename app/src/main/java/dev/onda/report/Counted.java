package dev.onda.report;

import java.util.Locale;

/** How many of what, as people write it: {@code 1 clip}, {@code 1,234 clips}. */
public final class Counted {

    private Counted() {}

    /**
     * @param one what a single one is called; more of them take an s
     */
    public static String of(long count, String one) {
        return String.format(Locale.ROOT, "%,d %s%s", count, one, count == 1 ? "" : "s");
    }
}
