package dev.onda.peers;

import java.util.List;
import java.util.Locale;

/** The rows as text for a terminal. */
final class Table {

    private static final String FORMAT = "%-17s %-14s %7s %5s %13s %13s  %-26s %-10s %-10s%n";

    private Table() {}

    static String heading() {
        return String.format(
                Locale.ROOT,
                FORMAT,
                "case",
                "peer",
                "threads",
                "cores",
                "peer ms/clip",
                "Onda ms/clip",
                "peer / Onda [min..max]",
                "logits",
                "gradients");
    }

    static String line(Row row) {
        return switch (row) {
            case Row.Measured m -> line(m);
            case Row.Missing m ->
                String.format(
                        Locale.ROOT,
                        "%-17s %-14s not measured: %s%n",
                        m.subject().name(),
                        m.peer().label(),
                        m.reason());
        };
    }

    private static String line(Row.Measured m) {
        Spread ratio = m.result().ratio();
        Agreement agreement = m.result().agreement();
        return String.format(
                Locale.ROOT,
                FORMAT,
                m.subject().name(),
                m.peer().label(),
                m.threads(),
                String.format(Locale.ROOT, "%.2f", m.result().cores().median()),
                milliseconds(m.result().peerMs().median()),
                milliseconds(m.result().ondaMs().median()),
                String.format(Locale.ROOT, "%.2f [%.2f..%.2f]", ratio.median(), ratio.least(), ratio.most())
                        + (m.result().isDisturbed() ? " !" : ""),
                share(agreement.logits()),
                agreement.step().map(s -> share(s.gradients())).orElse("-"));
    }

    private static String milliseconds(double ms) {
        return String.format(Locale.ROOT, ms < 1 ? "%.4f" : "%.3f", ms);
    }

    private static String share(Difference d) {
        return String.format(Locale.ROOT, "%.1e", d.relative());
    }

    /** What the columns mean, and what disturbed the measurement. */
    static String footing(List<Row> rows) {
        StringBuilder text = new StringBuilder("""
                logits, gradients: how far the peer's are from Onda's, relatively, on the same weights and clips without dropout
                cores: how many times as many multiply-adds the threads do as one of them alone; where it is clearly less than the
                threads, they shared a core, and the row is about that
                """);
        double worst = 0;
        for (Row row : rows) {
            if (row instanceof Row.Measured m) {
                worst = Math.max(worst, m.result().others());
            }
        }
        if (worst > Result.DISTURBED) {
            text.append(String.format(
                    Locale.ROOT,
                    "!: other processes had more than %.0f %% of the processor (at worst %.0f %%): such a row is noise%n",
                    100 * Result.DISTURBED,
                    100 * worst));
        }
        return text.toString();
    }
}
