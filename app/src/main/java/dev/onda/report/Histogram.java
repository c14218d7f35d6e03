package dev.onda.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How often values lie where.
 *
 * @param from where the first bin begins
 * @param width of a bin: 1, 2 or 5 times a power of ten
 * @param counts of each bin; what lies outside counts in the first or the last; not copied
 */
record Histogram(double from, double width, int[] counts) {

    /**
     * Counts values in bins of a round width.
     *
     * @param from where the first bin begins, a multiple of the width that results
     * @param to where the last one ends, or a little earlier
     * @param most how many bins at most
     * @param leastWidth of a bin; 1 for whole numbers
     */
    static Histogram of(double[] values, double from, double to, int most, double leastWidth) {
        double width = RoundNumber.atLeast(Math.max(leastWidth, (to - from) / most));
        int[] counts = new int[Math.max(1, (int) Math.ceil((to - from) / width - 1e-9))];
        for (double value : values) {
            counts[Math.clamp((long) Math.floor((value - from) / width + 1e-9), 0, counts.length - 1)]++;
        }
        return new Histogram(from, width, counts);
    }

    /** As bars that are named by the lower edge of their bin. */
    BarPlot plot(String title, String x, String y) {
        String format = width >= 1 ? "%.0f" : "%.2f";
        List<String> names = IntStream.range(0, counts.length)
                .mapToObj(i -> String.format(Locale.ROOT, format, from + i * width))
                .toList();
        double[] values = Arrays.stream(counts).asDoubleStream().toArray();
        return new BarPlot(title, x, names, Axis.from(y, 0), List.of(new BarPlot.Bars(y, values)));
    }
}
