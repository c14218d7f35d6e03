package dev.onda.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** A {@link BenchReport} for people and for programs. */
public final class BenchText {

    private static final String NOTES = """
            ms/clip: at batch 1 how long one clip takes; at others the time of a batch, divided by its clips.
            of peak: the multiply-accumulates that onda describe counts, two operations each, in training three times as
            many (the first layer: twice), against a loop of fused multiply-adds on as many threads, measured just before.
            They are those of the direct form: a convolution by FFT needs fewer, so more than 100 % is possible.
            """;

    private BenchText() {}

    /**
     * The peaks, a line a row, and what the columns mean.
     *
     * @param kernels what the arithmetic runs on, such as {@code "vector (512 bit)"}
     */
    public static String table(BenchReport report, String kernels) {
        String peaks = report.peaks().stream()
                .map(peak -> String.format(
                        Locale.ROOT, "%.0f GFLOP/s (threads: %d)", peak.operationsPerSecond() / 1e9, peak.threads()))
                .collect(Collectors.joining(", "));
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                "random clips of one second, %d words; kernels: %s%npeak: %s%n%n", Workload.WORDS, kernels, peaks));
        int width = Math.max(
                7,
                report.rows().stream()
                        .mapToInt(row -> row.network().length())
                        .max()
                        .orElse(0));
        text.append(String.format(
                "%-" + width + "s  %-9s  %5s  %7s  %9s  %8s  %8s%n",
                "network",
                "work",
                "batch",
                "threads",
                "clips/s",
                "ms/clip",
                "of peak"));
        for (BenchRow row : report.rows()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-" + width + "s  %-9s  %5d  %7d  %,9.0f  %8.3f  %6.1f %%%n",
                    row.network(),
                    row.work().label(),
                    row.batch(),
                    row.threads(),
                    row.clipsPerSecond(),
                    row.millisecondsPerClip(),
                    100 * row.shareOfPeak()));
        }
        return text.append(String.format("%n")).append(NOTES).toString();
    }

    /** An array, an object a row: network, work, batch, threads, clipsPerSecond, millisecondsPerClip, shareOfPeak. */
    public static String json(List<BenchRow> rows) {
        ArrayNode array = JsonMapper.shared().createArrayNode();
        for (BenchRow row : rows) {
            array.addObject()
                    .put("network", row.network())
                    .put("work", row.work().label())
                    .put("batch", row.batch())
                    .put("threads", row.threads())
                    .put("clipsPerSecond", row.clipsPerSecond())
                    .put("millisecondsPerClip", row.millisecondsPerClip())
                    .put("shareOfPeak", row.shareOfPeak());
        }
        return array.toString();
    }
}
