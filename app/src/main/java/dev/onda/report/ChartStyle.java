package dev.onda.report;

import java.awt.Font;
import java.util.Locale;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/** What all plots have in common: fonts, paper, a legend below. */
final class ChartStyle {

    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 13);
    private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    private ChartStyle() {}

    static void apply(AxesChartStyler styler, Theme theme, boolean hasLegend) {
        styler.setLocale(Locale.ROOT);
        styler.setLegendVisible(hasLegend);
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendLayout(Styler.LegendLayout.Horizontal);
        styler.setLegendBackgroundColor(theme.paper());
        styler.setLegendBorderColor(theme.paper());
        styler.setLegendFont(TEXT);
        styler.setChartBackgroundColor(theme.paper());
        styler.setPlotBackgroundColor(theme.paper());
        styler.setChartFontColor(theme.ink());
        styler.setChartTitleFont(TITLE);
        styler.setChartTitleBoxVisible(false);
        styler.setAxisTitleFont(TEXT);
        styler.setAxisTickLabelsFont(TEXT);
        styler.setAxisTickLabelsColor(theme.ink());
        styler.setAxisTickMarksColor(theme.ink());
        styler.setXAxisTitleColor(theme.ink());
        styler.setYAxisTitleColor(theme.ink());
        styler.setPlotBorderVisible(false);
    }
}
