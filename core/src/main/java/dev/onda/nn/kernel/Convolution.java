package dev.onda.nn.kernel;

/**
 * One convolution's forward pass and gradients on batches of clips. The seam: which form runs is chosen here, by shape.
 *
 * <p>Signals are (batch, channels, time), weights (out, in / groups, kernel), all in C order. An instance keeps
 * scratch memory and the last input of {@link #forward}; it serves one pass at a time.
 */
public interface Convolution {

    /** {@code y = x * w + bias}, cross-correlation as all learning libraries have it. */
    void forward(float[] x, float[] w, float[] bias, float[] y, int batch);

    /** The gradient towards the input: {@code dx} is overwritten. */
    void inputGradient(float[] dy, float[] w, float[] dx, int batch);

    /** The gradients towards weights and bias, summed over the batch, of the input last given to {@link #forward}: overwritten. */
    void weightGradient(float[] dy, float[] dw, float[] db, int batch);

    /**
     * The form for a shape.
     *
     * @param maxBatch most clips ever given at once, at least 1
     */
    static Convolution plan(ConvShape shape, int maxBatch, Kernels kernels, Workers workers) {
        return shape.isDense()
                ? new DenseConvolution(shape, maxBatch, kernels, workers)
                : new DirectConvolution(shape, maxBatch, kernels, workers);
    }
}
