package dev.onda.nn.kernel;

/**
 * The primitive loops of the networks over {@code float[]}.
 *
 * <p>Two implementations: {@link VectorKernels} on the Vector API, and {@link ScalarKernels}, the slow and obvious twin
 * that is the oracle of the tests and the fallback where the incubator module is missing. Nothing is checked here.
 */
public interface Kernels {

    /** Rows of the sums of {@link #outer}. */
    int BLOCK = 8;

    /** The fastest implementation that this Java virtual machine can run. */
    static Kernels best() {
        return KernelChoice.BEST;
    }

    /** Name for people: {@code "vector (512 bit)"}, {@code "scalar"}. */
    String description();

    /** Output rows that {@link #product} computes side by side; weights are packed in blocks of so many rows. */
    int productRows();

    /**
     * Rows of weighted sums of shifted rows:
     * {@code y[yAt + r * yStride + t] = (bias[r] or 0) + sum over j of w[r][j] * x[xAt + taps[j] + t]}, for rows
     * {@code r < p.rows()} and {@code t < p.length()}. A convolution, a dense layer per time step and both matrix products
     * of a dense layer's gradients are this loop with other taps.
     *
     * @param w packed by {@link RowProduct#pack}, from {@code wAt} on
     */
    void product(RowProduct p, float[] w, int wAt, float[] x, int xAt, float[] y, int yAt);

    /**
     * Products of two sets of rows, summed over time into lanes:
     * {@code sum[r][j] += sum over t of a[aAt + r * aStride + t] * x[xAt + taps[j] + t]}.
     *
     * <p>The sums stay spread over {@code lanes}, {@link RowCross#scratchSize} of them, so that a caller may go on with the
     * next clip; {@link RowCross#clear} starts them and {@link RowCross#total} reads a finished one.
     */
    void cross(RowCross p, float[] lanes, float[] a, int aAt, float[] x, int xAt);

    /**
     * A short kernel over one row: {@code y[yAt + t] = bias + sum over k of w[wAt + k] * x[xAt + t + k * dilation]}, for
     * {@code t < p.length()}.
     */
    void slide(SlidingRow p, float[] w, int wAt, float bias, float[] x, int xAt, float[] y, int yAt);

    /**
     * Sums for the gradient of such a kernel, spread over lanes:
     * {@code sums[sumsAt + k * LANES + t % LANES] += a[aAt + t] * x[xAt + t + k * dilation]}, for {@code t < p.length()}.
     * Behind its last sample {@code a} is 0 until whole lanes are full, and {@code x} may be read there.
     */
    void slidingSums(SlidingRow p, float[] sums, int sumsAt, float[] a, int aAt, float[] x, int xAt);

    /**
     * The discrete Fourier transform of {@code s.points()} complex numbers, negative exponent, no factor. The i-th 16 numbers
     * start {@code i * step} behind the first. Exchanging real and imaginary parts before and behind makes it its inverse, times
     * the number of points.
     *
     * @param scratch {@link Spectrum#SCRATCH} numbers of the caller's own
     */
    void fft(Spectrum s, float[] x, int re, int im, int step, float[] y, int yRe, int yIm, int yStep, float[] scratch);

    /** Sums of products of spectra, in one group of lanes. */
    void multiply(SpectrumProduct p, float[] x, int xAt, float[] w, int wAt, float[] y, int yAt);

    /** Whether {@link #fft} of such spectra is meant for use, not only for comparison. */
    boolean hasFastFft(Spectrum s);

    /** {@code y = y + x} over n elements. */
    void add(float[] x, int xAt, float[] y, int yAt, int n);

    /**
     * The largest, or least, sample of each group; not a number where one is.
     *
     * @param first takes a bit for each sample, from {@code firstAt} on, that tells the first that is as large as its group's
     *     result: {@link PoolRow#words} words; an empty array if it is not wanted
     */
    void pool(float[] x, int xAt, float[] y, int yAt, PoolRow row, long[] first, int firstAt);

    /** The gradient of {@link #pool}: a group's goes to its first largest sample, the others become 0. */
    void unpool(float[] dy, int dyAt, PoolRow row, long[] first, int firstAt, float[] dx, int dxAt);

    /** {@code (rows, columns)} to {@code (columns, rows)}. */
    void transpose(float[] x, int xAt, float[] y, int yAt, int rows, int columns);

    /**
     * Adds outer products: {@code c[cAt + r * cStep + j] += sum over t of a[aAt + t * BLOCK + r] * b[bAt + t * bStep + j]}, for
     * {@link #BLOCK} rows r.
     */
    void outer(OuterSum p, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt);

    /** Sum of {@code x[at, at + n)}. */
    double sum(float[] x, int at, int n);

    /** Sum of {@code (x - mean)^2} over {@code [at, at + n)}. */
    double sumOfSquares(float[] x, int at, int n, float mean);

    /** Sum of {@code a * (x - mean)} over n elements. */
    double dotCentered(float[] a, int aAt, float[] x, int xAt, int n, float mean);

    /** {@code y = x * scale + shift} over n elements. */
    void scaleShift(float[] x, int xAt, float[] y, int yAt, int n, float scale, float shift);

    /** {@code y = y * a + x * b + c} over n elements; the input gradient of a batch norm. */
    void combine(float[] y, int yAt, float[] x, int xAt, int n, float a, float b, float c);

    /** {@code x = f(x)} over {@code [at, at + n)}. */
    void activate(Activation f, float[] x, int at, int n);

    /** {@code dy = dy * f'} over n elements, with the derivative taken from the output {@code y = f(x)}. */
    void activateGradient(Activation f, float[] y, int yAt, float[] dy, int dyAt, int n);

    /** {@code x = keep(i) ? x * scale : 0}, where keep(i) holds if {@code Hash.mix(seed + i)} is below the threshold (unsigned). */
    void dropout(float[] x, int at, int n, int seed, DropoutRate rate);

    /** One Adam or AdamW step (Kingma and Ba 2015; Loshchilov and Hutter 2019) over {@code [from, to)}. */
    void adam(AdamStep step, AdamArrays arrays, int from, int to);
}
