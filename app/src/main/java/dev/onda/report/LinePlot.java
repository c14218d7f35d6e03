package dev.onda.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
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
    private static final String PATTERN = "#,##0.###";
    private static final String TINY_PATTERN = "0.##E0";
    private static final double TINY = 0.02;
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
        POINTS
    }

    /**
     * One line.
     *
     * @param name in the legend
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
        styler.setPlotGridLinesColor(theme.grid());
        x.from().ifPresent(styler::setXAxisMin);
        x.to().ifPresent(styler::setXAxisMax);
        y.from().ifPresent(styler::setYAxisMin);
        y.to().ifPresent(styler::setYAxisMax);
        styler.setMarkerSize(MARKER);
        styler.setXAxisDecimalPattern(PATTERN);
        styler.setYAxisDecimalPattern(isTiny() ? TINY_PATTERN : PATTERN);
        for (int i = 0; i < lines.size(); i++) {
            add(chart, lines.get(i), theme.series(i), MARKERS.get(i % MARKERS.size()));
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

    /** Whether values are so small that the usual pattern would show them as 0. */
    private boolean isTiny() {
        return lines.stream()
                        .flatMapToDouble(line -> Arrays.stream(line.y()))
                        .map(Math::abs)
                        .max()
                        .orElse(1)
                < TINY;
    }

    private static void add(XYChart chart, Line line, Color color, Marker marker) {
        double offBeat = line.x()[0] + OFF_BEAT * (line.x()[line.x().length - 1] - line.x()[0]);
        XYSeries series = chart.addSeries(line.name(), with(line.x(), offBeat), with(line.y(), Double.NaN));
        series.setLineColor(color);
        series.setMarkerColor(color);
        boolean isMarked = line.style() == Style.MARKED || line.style() == Style.POINTS;
        series.setMarker(isMarked ? marker : SeriesMarkers.NONE);
        switch (line.style()) {
            case MARKED, PLAIN -> series.setLineStyle(new BasicStroke(isMarked ? 2 : 1.5f));
            case DASHED ->
                series.setLineStyle(
                        new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0));
            case POINTS -> series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        }
    }
}
