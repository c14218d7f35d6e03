package dev.onda.nn.kernel;

import java.util.Optional;

/**
 * Whether a layer's convolution is done by transforms, and how long they are.
 *
 * <p>Long transforms waste fewer points on the overlap of blocks. Short ones fit the length of the clip more closely, as there
 * are only whole pairs of blocks, and have fewer numbers to each kernel. The estimate is that of a forward pass; the two
 * gradients share its spectra and do the like. Its constants are nanoseconds of a Zen 3 core with vectors of 256 bits, for
 * products in its second level of cache; only their ratios count.
 */
final class FftChoice {

    /** The first of two equals is taken. */
    private static final int[] LENGTHS = {256, 128, 512};
    /** Below so many taps a row, outputs and channels the direct form is as fast. */
    private static final int FEWEST_TAPS = 16;

    private static final int FEWEST_OUTPUTS = 128;
    private static final int FEWEST_CHANNELS = 4;
    /** A transform's for each point, times the logarithm of their number. */
    private static final double TRANSFORM = 0.166;
    /** A complex product's. */
    private static final double PRODUCT = 0.15;
    /** What a sum of products costs besides: mostly its storing. */
    private static final double SUM = 0.42;

    private FftChoice() {}

    /** The fastest length; empty where the direct form is likely faster than each. */
    static Optional<Spectrum> of(ConvShape shape, Kernels kernels) {
        Optional<Spectrum> best = Optional.empty();
        if (shape.groups() > 1
                || PhaseRows.taps(shape) < FEWEST_TAPS
                || shape.outLength() < FEWEST_OUTPUTS
                || shape.outChannels() < FEWEST_CHANNELS) {
            return best;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int points : LENGTHS) {
            Spectrum spectrum = new Spectrum(points);
            boolean possible = PhaseRows.taps(shape) <= points / 2 && kernels.hasFastFft(spectrum);
            double cost = possible ? nanoseconds(shape, points) : Double.POSITIVE_INFINITY;
            if (cost < least) {
                least = cost;
                best = Optional.of(spectrum);
            }
        }
        return best;
    }

    private static double nanoseconds(ConvShape shape, int points) {
        int inputs = shape.inChannels() * shape.stride();
        int outputs = shape.outChannels();
        int step = points + 1 - PhaseRows.taps(shape);
        int pairs = (shape.outLength() + 2 * step - 1) / (2 * step);
        // Sums are computed for two pairs side by side.
        int columns = (pairs + 1) / 2 * 2;
        double transforms = (double) pairs * (inputs + outputs) * points * Math.log(points) / Math.log(2);
        double sums = (double) columns * outputs * points;
        return transforms * TRANSFORM + sums * (inputs * PRODUCT + SUM);
    }
}
