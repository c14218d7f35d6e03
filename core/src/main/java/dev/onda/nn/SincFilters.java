package dev.onda.nn;

import java.util.Arrays;

/**
 * The kernels of a {@link Layer.SincConv1d}, made of each one's lower edge and width, and the gradients of these:
 * {@code g(t) = w(t) (sin(2 pi f2 t) - sin(2 pi f1 t)) / (pi t) / (2 (f2 - f1))} with a Hamming window w (Ravanelli and Bengio
 * 2018, equations 4 to 7; the division by the width keeps all filters as loud).
 */
final class SincFilters implements ConvolutionOperator.DerivedWeights {

    /** Narrowest filter, as a share of the sample rate: 50 Hz at 16 kHz. */
    private static final double NARROWEST = 50.0 / 16_000;

    private final int taps;
    private final float[] low;
    private final float[] width;
    private final float[] lowGradient;
    private final float[] widthGradient;
    private final float[] weights;
    private final float[] gradient;

    /**
     * @param low lower edges, as shares of the sample rate
     * @param width widths, beside the narrowest
     */
    SincFilters(int taps, float[] low, float[] width, float[] lowGradient, float[] widthGradient) {
        this.taps = taps;
        this.low = low;
        this.width = width;
        this.lowGradient = lowGradient;
        this.widthGradient = widthGradient;
        this.weights = new float[low.length * taps];
        this.gradient = new float[lowGradient.length * taps];
    }

    float[] weights() {
        return weights;
    }

    float[] gradient() {
        return gradient;
    }

    /** First edges: evenly spaced in mel from 30 Hz to 7,800 Hz at 16 kHz, each filter as wide as its space. */
    static void initialize(float[] low, float[] width) {
        double from = mel(30);
        double to = mel(7_800);
        for (int c = 0; c < low.length; c++) {
            double edge = hertz(from + (to - from) * c / low.length);
            double next = hertz(from + (to - from) * (c + 1) / low.length);
            low[c] = (float) (edge / 16_000);
            width[c] = (float) Math.max(0, (next - edge) / 16_000 - NARROWEST);
        }
    }

    private static double mel(double hertz) {
        return 2595 * StrictMath.log10(1 + hertz / 700);
    }

    private static double hertz(double mel) {
        return 700 * (StrictMath.pow(10, mel / 2595) - 1);
    }

    @Override
    public void make() {
        for (int c = 0; c < low.length; c++) {
            double f1 = Math.abs(low[c]);
            double band = NARROWEST + Math.abs(width[c]);
            for (int k = 0; k < taps; k++) {
                double t = time(k);
                weights[c * taps + k] = (float) (window(k) * (edge(f1 + band, t) - edge(f1, t)) / (2 * band));
            }
        }
    }

    @Override
    public void passBack() {
        Arrays.fill(lowGradient, 0);
        Arrays.fill(widthGradient, 0);
        for (int c = 0; c < lowGradient.length; c++) {
            double f1 = Math.abs(low[c]);
            double band = NARROWEST + Math.abs(width[c]);
            double toLow = 0;
            double toWidth = 0;
            for (int k = 0; k < taps; k++) {
                double t = time(k);
                double upper = 2 * StrictMath.cos(2 * Math.PI * (f1 + band) * t);
                double lower = 2 * StrictMath.cos(2 * Math.PI * f1 * t);
                double shape = edge(f1 + band, t) - edge(f1, t);
                double own = gradient[c * taps + k] * window(k) / (2 * band);
                toLow += own * (upper - lower);
                toWidth += own * (upper - shape / band);
            }
            lowGradient[c] = (float) (low[c] < 0 ? -toLow : toLow);
            widthGradient[c] = (float) (width[c] < 0 ? -toWidth : toWidth);
        }
    }

    private double time(int tap) {
        return tap - (taps - 1) / 2.0;
    }

    private double window(int tap) {
        return taps == 1 ? 1 : 0.54 - 0.46 * StrictMath.cos(2 * Math.PI * tap / (taps - 1));
    }

    /** {@code sin(2 pi f t) / (pi t)}: the kernel that lets everything below f pass. */
    private static double edge(double f, double t) {
        return t == 0 ? 2 * f : StrictMath.sin(2 * Math.PI * f * t) / (Math.PI * t);
    }
}
