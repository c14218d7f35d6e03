package dev.onda.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How often values lie where.
 *
 * @param from where the first bin begins
 * @param width of a bin
 * @param counts of each bin; what lies outside counts in the first or the last; not copied
 */
record Histogram(double from, double width, int[] counts) {

    /** Counts values in so many bins between two values. */
    static Histogram of(double[] values, double from, double to, int bins) {
        int[] counts = new int[bins];
        double width = (to - from) / bins;
        for (double value : values) {
            counts[Math.clamp((long) Math.floor((value - from) / width), 0, bins - 1)]++;
        }
        return new Histogram(from, width, counts);
    }

    /** As bars that are named by the middle of their bin. */
    BarPlot plot(String title, String x, String y) {
        String format = width >= 1 ? "%.0f" : "%.2f";
        List<String> names = IntStream.range(0, counts.length)
                .mapToObj(i -> String.format(Locale.ROOT, format, from + (i + 0.5) * width))
                .toList();
        double[] values = Arrays.stream(counts).asDoubleStream().toArray();
        return new BarPlot(title, x, names, Axis.from(y, 0), List.of(new BarPlot.Bars(y, values)));
    }
}
