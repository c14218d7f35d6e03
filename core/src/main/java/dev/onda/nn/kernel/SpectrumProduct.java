package dev.onda.nn.kernel;

/**
 * Sums of products of spectra, planned once: {@code y[row][column] = sum over terms of x[term][column] * w[row][term]}, at
 * every frequency. Strides count numbers within one group of lanes.
 *
 * @param rows spectra of w side by side, at least 1
 * @param columns spectra of x side by side, at least 1
 * @param terms how many products a sum has
 * @param x strides of the first factor: from column to column, from term to term
 * @param w strides of the second factor: from row to row, from term to term
 * @param y strides of the result: from row to row, from column to column
 * @param conjugate whether the conjugate of w is meant
 * @param adds whether y is added to; else overwritten
 */
record SpectrumProduct(
        int rows, int columns, int terms, Stride x, Stride w, Stride y, boolean conjugate, boolean adds) {

    /** Two strides. */
    record Stride(int first, int second) {}

    /** The same for another number of terms. */
    SpectrumProduct withTerms(int count) {
        return new SpectrumProduct(rows, columns, count, x, w, y, conjugate, adds);
    }
}
