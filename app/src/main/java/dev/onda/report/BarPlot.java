package dev.onda.report;

import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.style.CategoryStyler;

/**
 * Bars over categories, those of several kinds on top of each other.
 *
 * @param title what it shows
 * @param x title of the categories
 * @param categories their names
 * @param y axis of the bars
 * @param bars kinds of bars
 */
record BarPlot(String title, String x, List<String> categories, Axis y, List<Bars> bars, int width, int height)
        implements Plot {

    private static final int WIDTH = 500;
    private static final int HEIGHT = 330;
    private static final int MOST_UPRIGHT = 12;
    private static final int MOST_LABELS = 40;

    /**
     * One kind.
     *
     * @param name in the legend
     * @param values one a category; not copied
     */
    record Bars(String name, double[] values) {}

    BarPlot {
        categories = List.copyOf(categories);
        bars = List.copyOf(bars);
    }

    BarPlot(String title, String x, List<String> categories, Axis y, List<Bars> bars) {
        this(title, x, categories, y, bars, WIDTH, HEIGHT);
    }

    @Override
    public void paint(Graphics2D g, Theme theme) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(width)
                .height(height)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y.title())
                .build();
        CategoryStyler styler = chart.getStyler();
        ChartStyle.apply(styler, theme, bars.size() > 1);
        styler.setPlotGridLinesColor(theme.grid());
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setStacked(bars.size() > 1);
        styler.setAvailableSpaceFill(0.85);
        styler.setXAxisLabelRotation(categories.size() > MOST_UPRIGHT ? 60 : 0);
        styler.setXAxisMaxLabelCount(MOST_LABELS);
        styler.setYAxisDecimalPattern("#,##0.###");
        y.from().ifPresent(styler::setYAxisMin);
        y.to().ifPresent(styler::setYAxisMax);
        for (int i = 0; i < bars.size(); i++) {
            CategorySeries series = chart.addSeries(
                    bars.get(i).name(), categories, boxed(bars.get(i).values()));
            series.setFillColor(theme.series(i));
        }
        chart.paint(g, width, height);
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
