package dev.onda.report;

import dev.onda.audio.Wave;
import dev.onda.evaluate.FirstFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * One output of a convolution, step by step: a stretch of sound, a filter, their products, and the sum.
 *
 * @param sound the stretch, as many samples as the filter has taps
 * @param taps of the filter
 * @param second when the stretch begins
 * @param sampleRateHz of both
 */
record ConvolutionDrawing(float[] sound, float[] taps, double second, int sampleRateHz) {

    private static final int TERMS = 8;
    private static final int WIDTH = 500;
    private static final int HEIGHT = 270;

    /** Where the filter answers loudest in a wave. */
    static ConvolutionDrawing atItsLoudest(Wave wave, float[] taps) {
        float[] samples = wave.samples();
        int best = 0;
        double loudest = -1;
        for (int at = 0; at + taps.length <= samples.length; at++) {
            double answer = Math.abs(dot(samples, at, taps));
            if (answer > loudest) {
                loudest = answer;
                best = at;
            }
        }
        float[] stretch = new float[taps.length];
        System.arraycopy(samples, best, stretch, 0, Math.min(taps.length, samples.length - best));
        return new ConvolutionDrawing(stretch, taps, best / (double) wave.sampleRateHz(), wave.sampleRateHz());
    }

    /** Of filters, one at least, the one that answers loudest to a wave. */
    static float[] loudest(Wave wave, List<FirstFilter> filters) {
        float[] best = filters.getFirst().taps();
        double most = -1;
        for (FirstFilter filter : filters) {
            double energy = 0;
            for (float y : output(wave, filter.taps()).samples()) {
                energy += y * y;
            }
            if (energy > most) {
                most = energy;
                best = filter.taps();
            }
        }
        return best;
    }

    private static double dot(float[] samples, int at, float[] taps) {
        double sum = 0;
        for (int i = 0; i < taps.length; i++) {
            sum += samples[at + i] * taps[i];
        }
        return sum;
    }

    double sum() {
        return dot(sound, 0, taps);
    }

    LinePlot plot() {
        double[] ms = IntStream.range(0, taps.length)
                .mapToDouble(i -> 1e3 * (second + i / (double) sampleRateHz))
                .toArray();
        double[] products = IntStream.range(0, taps.length)
                .mapToDouble(i -> sound[i] * taps[i])
                .toArray();
        return new LinePlot(
                String.format(Locale.ROOT, "One output of one filter: the products add up to %.3f", sum()),
                Axis.of("time (ms)", ms[0], ms[ms.length - 1]),
                Axis.of("value"),
                List.of(
                        new LinePlot.Line("sound", ms, doubles(sound), LinePlot.Style.PLAIN),
                        new LinePlot.Line("filter", ms, doubles(taps), LinePlot.Style.DASHED),
                        new LinePlot.Line("product", ms, products, LinePlot.Style.MARKED)),
                WIDTH,
                HEIGHT);
    }

    /** The sum in figures: its first terms, and what it comes to. */
    String sumInFigures() {
        List<String> terms = new ArrayList<>();
        for (int i = 0; i < Math.min(TERMS, taps.length); i++) {
            terms.add(String.format(Locale.ROOT, "%.3f × %.3f", sound[i], taps[i]));
        }
        return String.join(" + ", terms)
                + String.format(
                        Locale.ROOT, "%s = %.3f", taps.length > TERMS ? " + … (" + taps.length + " terms)" : "", sum());
    }

    /** What the filter makes of a whole wave, one output a sample. */
    static Wave output(Wave wave, float[] taps) {
        float[] samples = wave.samples();
        float[] out = new float[Math.max(1, samples.length - taps.length + 1)];
        for (int at = 0; at + taps.length <= samples.length; at++) {
            out[at] = (float) dot(samples, at, taps);
        }
        return new Wave(out, wave.sampleRateHz());
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }
}
