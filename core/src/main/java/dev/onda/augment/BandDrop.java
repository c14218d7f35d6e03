package dev.onda.augment;

import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.RowProduct;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Takes a band of frequencies away by a short band-stop filter: windowed sinc, {@value #TAPS} taps (DropFreq of SpeechBrain; the
 * waveform's kin of SpecAugment's frequency mask, Park 2019). Where the band lies is uniform between 0 and half the sample
 * rate.
 *
 * @param width of the band, as a share of half the sample rate, in (0, 1)
 */
public record BandDrop(double probability, double width) implements Augmentation {

    private static final int TAPS = 65;
    private static final int HALF = TAPS / 2;

    /**
     * @throws IllegalArgumentException if the probability is not in [0, 1] or the width not in (0, 1)
     */
    public BandDrop {
        Augmentation.checkProbability(probability);
        if (!(width > 0 && width < 1)) {
            throw new IllegalArgumentException("a dropped band's width is in (0, 1), not " + width);
        }
    }

    @Override
    public void apply(float[] x, int at, int n, Surroundings surroundings, RandomGenerator random) {
        double low = (1 - width) * random.nextDouble();
        float[] padded = new float[n + TAPS - 1];
        System.arraycopy(x, at, padded, HALF, n);
        Kernels kernels = Kernels.best();
        RowProduct filter =
                new RowProduct(kernels.productRows(), IntStream.range(0, TAPS).toArray(), 1, n, n);
        float[] packed = new float[filter.packedSize()];
        bandStop(low, low + width, packed, packed.length - TAPS);
        kernels.product(filter, packed, 0, padded, 0, x, at);
    }

    /** Edges as shares of half the sample rate; symmetric, so that no sample moves. */
    private static void bandStop(double low, double high, float[] taps, int at) {
        for (int k = 0; k < TAPS; k++) {
            int t = k - HALF;
            double hamming = 0.54 + 0.46 * StrictMath.cos(Math.PI * t / (HALF + 1));
            double pass = t == 0
                    ? 1 - (high - low)
                    : (StrictMath.sin(Math.PI * low * t) - StrictMath.sin(Math.PI * high * t)) / (Math.PI * t);
            taps[at + k] = (float) (hamming * pass);
        }
    }
}
