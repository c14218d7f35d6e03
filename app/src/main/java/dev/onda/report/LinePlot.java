package dev.onda.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Lines or points over two axes.
 *
 * @param title what it shows
 * @param lines one after the other; those of a name are in the legend, which lies below the plot
 */
record LinePlot(String title, Axis x, Axis y, List<Line> lines, int width, int height) implements Plot {

    private static final int WIDTH = 500;
    private static final int HEIGHT = 330;
    private static final int MARKER = 6;
    /** Pixels of a legend's entry: the line that it shows, and a letter of the middle width. */
    private static final int LEGEND_SAMPLE = 45;

    private static final int LEGEND_LETTER = 7;
    private static final int LEAST_DECIMALS = 3;
    private static final int MOST_DECIMALS = 9;
    /** Where all values are whole, such as epochs: XChart widens its steps until no two labels are the same. */
    private static final String WHOLE = "#,##0";

    private static final double OFF_BEAT = 0.01234567;
    /** So that lines differ without their colours, too. */
    private static final List<Marker> MARKERS =
            List.of(SeriesMarkers.CIRCLE, SeriesMarkers.DIAMOND, SeriesMarkers.SQUARE, SeriesMarkers.TRIANGLE_UP);

    /** How a line is drawn. */
    enum Style {
        /** A line with a mark at each point. */
        MARKED,
        /** A line only. */
        PLAIN,
        /** A line of dashes, to compare with. */
        DASHED,
        /** Marks only. */
        POINTS,
        /** One of many that are there to be seen together: thin and grey. */
        FAINT,
        /** A line that belongs to the one before it, such as an interval at one of its points: as thin, in its colour. */
        WHISKER
    }

    /**
     * One line.
     *
     * @param name in the legend, which shows it once; a whisker's is not there
     * @param x one at least, ascending; not copied
     * @param y as many; not copied
     */
    record Line(String name, double[] x, double[] y, Style style) {}

    LinePlot {
        lines = List.copyOf(lines);
    }

    LinePlot(String title, Axis x, Axis y, List<Line> lines) {
        this(title, x, y, lines, WIDTH, HEIGHT);
    }

    @Override
    public void paint(Graphics2D g, Theme theme) {
        XYChart chart = new XYChartBuilder()
                .width(width)
                .height(height)
                .title(title)
                .xAxisTitle(x.title())
                .yAxisTitle(y.title())
                .build();
        XYStyler styler = chart.getStyler();
        ChartStyle.apply(styler, theme, lines.size() > 1);
        if (legendWidth() > width) {
            // XChart breaks no row of a legend: what does not fit below stands beside.
            styler.setLegendPosition(Styler.LegendPosition.OutsideE);
            styler.setLegendLayout(Styler.LegendLayout.Vertical);
        }
        styler.setPlotGridLinesColor(theme.grid());
        x.from().ifPresent(styler::setXAxisMin);
        x.to().ifPresent(styler::setXAxisMax);
        y.from().ifPresent(styler::setYAxisMin);
        y.to().ifPresent(styler::setYAxisMax);
        styler.setMarkerSize(MARKER);
        styler.setXAxisDecimalPattern(xPattern());
        styler.setYAxisDecimalPattern(pattern(Line::y));
        if (x.isLogarithmic()) {
            styler.setXAxisLogarithmic(true);
            styler.setXAxisLogarithmicDecadeOnly(false);
            styler.setXAxisTickLabelsFormattingFunction(RoundNumber::label);
        }
        if (y.isLogarithmic()) {
            styler.setYAxisLogarithmic(true);
            styler.setYAxisLogarithmicDecadeOnly(false);
            styler.setYAxisTickLabelsFormattingFunction(RoundNumber::label);
        }
        int colour = -1;
        Set<String> named = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            boolean isFaint = line.style() == Style.FAINT;
            if (!isFaint && line.style() != Style.WHISKER) {
                colour++;
            }
            XYSeries series = add(
                    chart,
                    line,
                    named.contains(line.name()) ? line.name() + " " + i : line.name(),
                    isFaint ? theme.faint() : theme.series(colour),
                    MARKERS.get(Math.max(colour, 0) % MARKERS.size()));
            series.setShowInLegend(named.add(line.name()) && line.style() != Style.WHISKER);
        }
        chart.paint(g, width, height);
    }

    /**
     * XChart puts ticks at the data, not at round values, where the data is evenly spaced. So there is one point more, off the
     * beat, which is not drawn.
     */
    private static double[] with(double[] values, double offBeat) {
        double[] more = Arrays.copyOf(values, values.length + 1);
        more[values.length] = offBeat;
        return more;
    }

    private DoubleStream values(Function<Line, double[]> of) {
        return lines.stream().flatMapToDouble(line -> Arrays.stream(of.apply(line)));
    }

    private int legendWidth() {
        return lines.stream()
                .filter(line -> line.style() != Style.WHISKER)
                .map(Line::name)
                .distinct()
                .mapToInt(name -> LEGEND_SAMPLE + LEGEND_LETTER * name.length())
                .sum();
    }

    String xPattern() {
        return values(Line::x).allMatch(value -> value == Math.rint(value)) ? WHOLE : pattern(Line::x);
    }

    private String pattern(Function<Line, double[]> of) {
        return pattern(values(of).map(Math::abs).max().orElse(1));
    }

    /** How numbers on an axis are written: with as many decimals as a tenth of the largest one needs, without exponents. */
    static String pattern(double largest) {
        int decimals = 1 + (int) Math.ceil(-Math.log10(largest));
        return "#,##0." + "#".repeat(Math.clamp(decimals, LEAST_DECIMALS, MOST_DECIMALS));
    }

    /** What is below the beginning of a logarithmic axis is drawn there: 0 has no place on it. */
    private static double[] within(Axis axis, double[] values) {
        return axis.isLogarithmic()
                ? Arrays.stream(values)
                        .map(value -> Math.max(value, axis.from().orElseThrow()))
                        .toArray()
                : values;
    }

    private XYSeries add(XYChart chart, Line line, String name, Color color, Marker marker) {
        double[] along = within(x, line.x());
        double offBeat = along[0] + OFF_BEAT * (along[along.length - 1] - along[0]);
        XYSeries series = chart.addSeries(name, with(along, offBeat), with(within(y, line.y()), Double.NaN));
        series.setLineColor(color);
        series.setMarkerColor(color);
        boolean isMarked = line.style() == Style.MARKED || line.style() == Style.POINTS;
        series.setMarker(isMarked ? marker : SeriesMarkers.NONE);
        switch (line.style()) {
            case MARKED, PLAIN -> series.setLineStyle(new BasicStroke(isMarked ? 2 : 1.5f));
            case FAINT, WHISKER -> series.setLineStyle(new BasicStroke(1));
            case DASHED ->
                series.setLineStyle(
                        new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0));
            case POINTS -> series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        }
        return series;
    }
}
