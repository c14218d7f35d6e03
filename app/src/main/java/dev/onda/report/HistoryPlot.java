package dev.onda.report;

import dev.onda.file.AtomicFile;
import dev.onda.train.Epoch;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A training at a glance: accuracy and loss by epoch, training and validation, as one PNG of two plots. */
public final class HistoryPlot {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 420;
    /** Blue and orange of Okabe and Ito's palette (2008), which colour-blind readers tell apart. */
    private static final Color TRAINING = new Color(0x00, 0x72, 0xB2);

    private static final Color VALIDATION = new Color(0xD5, 0x5E, 0x00);
    private static final Color GRID = new Color(0xDD, 0xDD, 0xDD);

    private HistoryPlot() {}

    /**
     * Writes the picture, 1280 x 420 pixels.
     *
     * @param name of the training, for the titles
     * @param epochs at least one
     * @throws IOException if the file cannot be written
     */
    public static void write(Path png, String name, List<Epoch> epochs) throws IOException {
        XYChart accuracy = chart(
                name + ": accuracy",
                "clips recognised (%)",
                epochs,
                e -> 100 * e.trainingAccuracy(),
                e -> 100 * e.validationAccuracy());
        accuracy.getStyler().setYAxisMax(100.0);
        XYChart loss =
                chart(name + ": loss", "cross-entropy (nats)", epochs, Epoch::trainingLoss, Epoch::validationLoss);
        loss.getStyler().setYAxisMin(0.0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BitmapEncoder.saveBitmap(List.of(accuracy, loss), 1, 2, bytes, BitmapFormat.PNG);
        ByteBuffer content = ByteBuffer.wrap(bytes.toByteArray());
        AtomicFile.write(png, channel -> {
            while (content.hasRemaining()) {
                channel.write(content);
            }
        });
    }

    private static XYChart chart(
            String title,
            String unit,
            List<Epoch> epochs,
            ToDoubleFunction<Epoch> training,
            ToDoubleFunction<Epoch> validation) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("epoch")
                .yAxisTitle(unit)
                .build();
        XYStyler styler = chart.getStyler();
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendLayout(Styler.LegendLayout.Horizontal);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setChartTitleBoxVisible(false);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(GRID);
        styler.setXAxisDecimalPattern("0");
        styler.setXAxisMin(Math.min(1.0, epochs.size() - 1.0));
        styler.setXAxisMax((double) epochs.size());
        double[] x = epochs.stream().mapToDouble(Epoch::number).toArray();
        add(chart, "training", x, epochs.stream().mapToDouble(training).toArray(), TRAINING);
        add(chart, "validation", x, epochs.stream().mapToDouble(validation).toArray(), VALIDATION);
        return chart;
    }

    private static void add(XYChart chart, String name, double[] x, double[] y, Color color) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setLineColor(color);
        series.setMarkerColor(color);
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setLineStyle(new BasicStroke(2));
    }
}
