package dev.onda.audio;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The low-pass filter of a resampler as rows of coefficients, one row for each place an output can have between two inputs.
 *
 * <p>With rates in lowest terms, up : down, output n lies at input time n down / up = i + phase / up, and is the sum over k of
 * x[i - reach + 1 + k] row[k], k in [0, 2 reach). The filter is an ideal low-pass with its edge at 0.9425 of the lower Nyquist
 * frequency, under a Kaiser window (beta 10.4) of 58 samples of the lower rate on either side: flat within 0.042 dB up to
 * 0.9 of the lower Nyquist, 102 dB down from 1.0 on. Those three numbers are the shortest window found by search; Kaiser's
 * own formula gives 66 samples, since it asks for a pass band as exact as the stop band. Every row sums to one, so a
 * constant stays the same constant.
 *
 * <p>Ratios with terms up to 1024 have a row for every phase. Others have 1024 rows for every sample of the lower rate and
 * take the straight line between the two nearest: an error below -115 dB. Either way a table holds some 1024 x 116
 * floats, about 0.5 MB. Sources: Kaiser, "Nonrecursive digital filter design using the I0-sinh window function" (1974);
 * Crochiere and Rabiner, "Multirate Digital Signal Processing" (1983), section 3.3; Smith and Gossett, "A flexible
 * sampling-rate conversion method" (1984) for the line between rows.
 */
final class PolyphaseFilter {

    private static final double EDGE = 0.9425;
    private static final double BETA = 10.4;
    private static final int HALF_WIDTH = 58;
    private static final int MOST_ROWS = 1024;
    /** The vector module is optional; without it the same bits take longer. */
    private static final boolean HAS_LANES =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    /** Output samples a period: a period of outputs lasts as long as one of inputs. */
    final int up;
    /** Input samples a period. */
    final int down;
    /** How many inputs an output needs after the one at or before it, counting the first. */
    final int reach;
    /** Rows for a whole input sample; equal to {@code up} if every phase has its own. */
    final int rows;
    /** (rows + 1, 2 reach), the last row being the first one sample later. */
    final float[] coefficients;

    PolyphaseFilter(int fromHz, int toHz) {
        int divisor = BigInteger.valueOf(fromHz).gcd(BigInteger.valueOf(toHz)).intValue();
        up = toHz / divisor;
        down = fromHz / divisor;
        double stretch = Math.max(1, down / (double) up);
        reach = (int) Math.ceil(HALF_WIDTH * stretch);
        rows = Math.max(up, down) <= MOST_ROWS ? up : (int) Math.ceil(MOST_ROWS / stretch);
        coefficients = new float[(rows + 1) * taps()];
        double[] row = new double[taps()];
        for (int r = 0; r <= rows; r++) {
            fill(row, r / (double) rows, stretch);
            for (int k = 0; k < row.length; k++) {
                coefficients[r * row.length + k] = (float) row[k];
            }
        }
    }

    /** Coefficients a row. */
    int taps() {
        return 2 * reach;
    }

    /** Whether every phase has its own row, so that no line need be drawn between two. */
    boolean isExact() {
        return rows == up;
    }

    /** How many outputs lie before input number {@code inputs}: ceil(inputs up / down). */
    long outputs(long inputs) {
        return Math.ceilDiv(inputs * up, (long) down);
    }

    /** The number of the first input that an output needs. */
    long firstInput(long output) {
        return output * down / up - reach + 1;
    }

    /** What does the arithmetic in vectors for up to so many outputs at a time; null where only plain loops can. */
    @Nullable
    PolyphaseLanes lanes(int outputs) {
        return HAS_LANES && isExact() ? new PolyphaseLanes(this, outputs / up) : null;
    }

    /**
     * Computes all samples of {@code outputs} from inputs that hold what they need.
     *
     * @param lanes as {@link #lanes} made them
     */
    void apply(@Nullable PolyphaseLanes lanes, Span inputs, Span outputs) {
        int done = lanes == null ? 0 : lanes.apply(inputs, outputs);
        PolyphaseDots.apply(this, inputs, outputs, done);
    }

    private void fill(double[] row, double phase, double stretch) {
        double sum = 0;
        for (int k = 0; k < row.length; k++) {
            double time = (phase + reach - 1 - k) / stretch;
            row[k] = sinc(EDGE * time) * kaiser(time / HALF_WIDTH);
            sum += row[k];
        }
        for (int k = 0; k < row.length; k++) {
            row[k] /= sum;
        }
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    /** The window, unscaled, 0 from |x| = 1 on. */
    private static double kaiser(double x) {
        return Math.abs(x) >= 1 ? 0 : besselI0(BETA * Math.sqrt(1 - x * x));
    }

    /** The modified Bessel function of the first kind and order zero, by its power series. */
    private static double besselI0(double x) {
        double quarter = x * x / 4;
        double term = 1;
        double sum = 1;
        for (int k = 1; term > sum * 0x1p-54; k++) {
            term *= quarter / ((double) k * k);
            sum += term;
        }
        return sum;
    }
}
