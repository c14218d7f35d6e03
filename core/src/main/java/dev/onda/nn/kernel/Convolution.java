package dev.onda.nn.kernel;

import java.util.Optional;

/**
 * One convolution's forward pass and gradients on batches of clips. The seam: which form runs is chosen here, by shape.
 *
 * <p>Signals are (batch, channels, time), weights (out, in / groups, kernel), all in C order. An instance keeps its weights
 * in the form it needs them, and scratch memory; it serves one pass at a time.
 */
public interface Convolution {

    /** Takes the weights that count from now on. When they have changed they are to be loaded again. */
    void load(float[] w, float[] bias);

    /** {@code y = x * w + bias}, cross-correlation as all learning libraries have it. */
    void forward(float[] x, float[] y, int clips);

    /**
     * All gradients, of the weights last loaded; what is asked for is overwritten.
     *
     * @param x what the forward pass was given
     * @param dx gradient towards the input; an empty array if it is not wanted
     * @param dw gradient towards the weights, summed over the batch
     * @param db gradient towards the bias, summed over the batch; an empty array if it is not wanted
     */
    void gradients(float[] x, float[] dy, float[] dx, float[] dw, float[] db, int clips);

    /** A form that computes one clip without the others, so that what follows can go on with it. */
    interface ByClip extends Convolution {

        /** One clip of the forward pass; many threads may each compute one. */
        void forward(float[] x, int xAt, float[] y, int yAt, int worker);
    }

    /**
     * The form for a shape.
     *
     * @param maxBatch most clips ever given at once, at least 1
     */
    static Convolution plan(ConvShape shape, int maxBatch, Kernels kernels, Workers workers) {
        if (shape.isDense()) {
            return new DenseConvolution(shape, maxBatch, kernels, workers);
        }
        if (DepthwiseConvolution.fits(shape)) {
            return new DepthwiseConvolution(shape, kernels, workers);
        }
        Optional<Spectrum> spectrum = FftChoice.of(shape, kernels);
        return spectrum.isPresent()
                ? new FftConvolution(shape, spectrum.get(), kernels, workers)
                : new DirectConvolution(shape, kernels, workers);
    }
}
