package dev.onda.report;

import dev.onda.audio.Wave;
import java.util.List;

/** A wave as a line: of each column of the picture its lowest and its highest sample. */
final class Waveform {

    private static final int COLUMNS = 420;
    private static final int WIDTH = 500;
    private static final int HEIGHT = 220;

    private Waveform() {}

    static LinePlot plot(String title, Wave wave) {
        float[] samples = wave.samples();
        int columns = Math.min(COLUMNS, samples.length);
        double[] x = new double[2 * columns];
        double[] y = new double[2 * columns];
        for (int c = 0; c < columns; c++) {
            int from = (int) ((long) c * samples.length / columns);
            int to = (int) ((long) (c + 1) * samples.length / columns);
            double low = samples[from];
            double high = samples[from];
            for (int i = from; i < to; i++) {
                low = Math.min(low, samples[i]);
                high = Math.max(high, samples[i]);
            }
            x[2 * c] = from / (double) wave.sampleRateHz();
            x[2 * c + 1] = (from + to) / 2.0 / wave.sampleRateHz();
            y[2 * c] = low;
            y[2 * c + 1] = high;
        }
        return new LinePlot(
                title,
                Axis.of("time (s)", 0, wave.seconds()),
                Axis.of("amplitude (of full scale)", -1, 1),
                List.of(new LinePlot.Line("amplitude", x, y, LinePlot.Style.PLAIN)),
                WIDTH,
                HEIGHT);
    }
}
