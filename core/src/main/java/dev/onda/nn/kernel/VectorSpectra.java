package dev.onda.nn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Kernels#multiply} on the Vector API: 4 rows x 2 columns of complex sums in registers, for each vector of frequencies;
 * 2 x 2 where vectors are short and registers few, and 3 x 1 in the last column where their number is odd. The compiler keeps a
 * sum in a register only if it is a local variable of its own, so they are spelled out, and this file is long.
 */
final class VectorSpectra {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int V = S.length();
    private static final int IM = Spectrum.LANES;

    /**
     * Where sums start that are not added to any: read like those, since the compiler makes objects of vectors, at times, that may be
     * one or another.
     */
    private static final float[] ZEROS = new float[Spectrum.GROUP];

    /** Where real and imaginary parts are looked for. */
    private record Parts(int re, int im) {}

    private static final Parts AS_THEY_ARE = new Parts(0, IM);
    /** {@code i conj(a) conj(w) = i conj(a w)}: with the parts of x and y exchanged, conjugate and plain products exchange, too. */
    private static final Parts EXCHANGED = new Parts(IM, 0);

    private VectorSpectra() {}

    static void multiply(SpectrumProduct p, float[] x, int xAt, float[] w, int wAt, float[] y, int yAt) {
        Parts at = p.conjugate() ? AS_THEY_ARE : EXCHANGED;
        if (VectorKernels.MANY_REGISTERS) {
            for (int row = 0; row < p.rows(); row += 4) {
                for (int column = 0; column < p.columns(); column += 2) {
                    for (int lane = 0; lane < Spectrum.LANES; lane += V) {
                        four(p, row, column, at, x, xAt + lane, w, wAt + lane, y, yAt + lane);
                    }
                }
            }
            return;
        }
        int even = p.columns() & ~1;
        for (int row = 0; row < p.rows(); row += 2) {
            for (int column = 0; column < even; column += 2) {
                two(p, row, column, at, x, xAt, w, wAt, y, yAt);
            }
        }
        for (int row = 0; row < p.rows() && even < p.columns(); row += 3) {
            column(p, row, even, at, x, xAt, w, wAt, y, yAt);
        }
    }

    /** Rows and columns beyond the last repeat the last one: where they store, the last one stores after them. */
    private static void four(
            SpectrumProduct p,
            int row,
            int column,
            Parts at,
            float[] x,
            int xAt,
            float[] w,
            int wAt,
            float[] y,
            int yAt) {
        int w0 = wAt + row * p.w().first();
        int x0 = xAt + column * p.x().first();
        int y00 = yAt + row * p.y().first() + column * p.y().second();
        boolean row1 = row + 1 < p.rows();
        int w1 = row1 ? w0 + p.w().first() : w0;
        int y10 = row1 ? y00 + p.y().first() : y00;
        boolean row2 = row + 2 < p.rows();
        int w2 = row2 ? w1 + p.w().first() : w1;
        int y20 = row2 ? y10 + p.y().first() : y10;
        boolean row3 = row + 3 < p.rows();
        int w3 = row3 ? w2 + p.w().first() : w2;
        int y30 = row3 ? y20 + p.y().first() : y20;
        boolean pair = column + 1 < p.columns();
        int x1 = pair ? x0 + p.x().first() : x0;
        int next = pair ? p.y().second() : 0;
        int y01 = y00 + next;
        int y11 = y10 + next;
        int y21 = y20 + next;
        int y31 = y30 + next;
        int re = at.re();
        int im = at.im();
        FloatVector s00r = FloatVector.zero(S);
        FloatVector s00i = FloatVector.zero(S);
        FloatVector s01r = FloatVector.zero(S);
        FloatVector s01i = FloatVector.zero(S);
        FloatVector s10r = FloatVector.zero(S);
        FloatVector s10i = FloatVector.zero(S);
        FloatVector s11r = FloatVector.zero(S);
        FloatVector s11i = FloatVector.zero(S);
        FloatVector s20r = FloatVector.zero(S);
        FloatVector s20i = FloatVector.zero(S);
        FloatVector s21r = FloatVector.zero(S);
        FloatVector s21i = FloatVector.zero(S);
        FloatVector s30r = FloatVector.zero(S);
        FloatVector s30i = FloatVector.zero(S);
        FloatVector s31r = FloatVector.zero(S);
        FloatVector s31i = FloatVector.zero(S);
        if (p.adds()) {
            s00r = FloatVector.fromArray(S, y, y00 + re);
            s00i = FloatVector.fromArray(S, y, y00 + im);
            s01r = FloatVector.fromArray(S, y, y01 + re);
            s01i = FloatVector.fromArray(S, y, y01 + im);
            s10r = FloatVector.fromArray(S, y, y10 + re);
            s10i = FloatVector.fromArray(S, y, y10 + im);
            s11r = FloatVector.fromArray(S, y, y11 + re);
            s11i = FloatVector.fromArray(S, y, y11 + im);
            s20r = FloatVector.fromArray(S, y, y20 + re);
            s20i = FloatVector.fromArray(S, y, y20 + im);
            s21r = FloatVector.fromArray(S, y, y21 + re);
            s21i = FloatVector.fromArray(S, y, y21 + im);
            s30r = FloatVector.fromArray(S, y, y30 + re);
            s30i = FloatVector.fromArray(S, y, y30 + im);
            s31r = FloatVector.fromArray(S, y, y31 + re);
            s31i = FloatVector.fromArray(S, y, y31 + im);
        }
        int xStep = p.x().second();
        int wStep = p.w().second();
        int xTo = p.terms() * xStep;
        for (int xj = 0, wj = 0; xj < xTo; xj += xStep, wj += wStep) {
            FloatVector a0r = FloatVector.fromArray(S, x, x0 + xj + re);
            FloatVector a0i = FloatVector.fromArray(S, x, x0 + xj + im);
            FloatVector a1r = FloatVector.fromArray(S, x, x1 + xj + re);
            FloatVector a1i = FloatVector.fromArray(S, x, x1 + xj + im);
            FloatVector k0r = FloatVector.fromArray(S, w, w0 + wj);
            s00r = a0r.fma(k0r, s00r);
            s00i = a0i.fma(k0r, s00i);
            s01r = a1r.fma(k0r, s01r);
            s01i = a1i.fma(k0r, s01i);
            FloatVector k0i = FloatVector.fromArray(S, w, w0 + wj + IM);
            s00r = a0i.fma(k0i, s00r);
            s01r = a1i.fma(k0i, s01r);
            FloatVector n0 = k0i.neg();
            s00i = a0r.fma(n0, s00i);
            s01i = a1r.fma(n0, s01i);
            FloatVector k1r = FloatVector.fromArray(S, w, w1 + wj);
            s10r = a0r.fma(k1r, s10r);
            s10i = a0i.fma(k1r, s10i);
            s11r = a1r.fma(k1r, s11r);
            s11i = a1i.fma(k1r, s11i);
            FloatVector k1i = FloatVector.fromArray(S, w, w1 + wj + IM);
            s10r = a0i.fma(k1i, s10r);
            s11r = a1i.fma(k1i, s11r);
            FloatVector n1 = k1i.neg();
            s10i = a0r.fma(n1, s10i);
            s11i = a1r.fma(n1, s11i);
            FloatVector k2r = FloatVector.fromArray(S, w, w2 + wj);
            s20r = a0r.fma(k2r, s20r);
            s20i = a0i.fma(k2r, s20i);
            s21r = a1r.fma(k2r, s21r);
            s21i = a1i.fma(k2r, s21i);
            FloatVector k2i = FloatVector.fromArray(S, w, w2 + wj + IM);
            s20r = a0i.fma(k2i, s20r);
            s21r = a1i.fma(k2i, s21r);
            FloatVector n2 = k2i.neg();
            s20i = a0r.fma(n2, s20i);
            s21i = a1r.fma(n2, s21i);
            FloatVector k3r = FloatVector.fromArray(S, w, w3 + wj);
            s30r = a0r.fma(k3r, s30r);
            s30i = a0i.fma(k3r, s30i);
            s31r = a1r.fma(k3r, s31r);
            s31i = a1i.fma(k3r, s31i);
            FloatVector k3i = FloatVector.fromArray(S, w, w3 + wj + IM);
            s30r = a0i.fma(k3i, s30r);
            s31r = a1i.fma(k3i, s31r);
            FloatVector n3 = k3i.neg();
            s30i = a0r.fma(n3, s30i);
            s31i = a1r.fma(n3, s31i);
        }
        s00r.intoArray(y, y00 + re);
        s00i.intoArray(y, y00 + im);
        s01r.intoArray(y, y01 + re);
        s01i.intoArray(y, y01 + im);
        s10r.intoArray(y, y10 + re);
        s10i.intoArray(y, y10 + im);
        s11r.intoArray(y, y11 + re);
        s11i.intoArray(y, y11 + im);
        s20r.intoArray(y, y20 + re);
        s20i.intoArray(y, y20 + im);
        s21r.intoArray(y, y21 + re);
        s21i.intoArray(y, y21 + im);
        s30r.intoArray(y, y30 + re);
        s30i.intoArray(y, y30 + im);
        s31r.intoArray(y, y31 + re);
        s31i.intoArray(y, y31 + im);
    }

    /** As {@link #four}, two rows of two columns. */
    private static void two(
            SpectrumProduct p,
            int row,
            int column,
            Parts at,
            float[] x,
            int xAt,
            float[] w,
            int wAt,
            float[] y,
            int yAt) {
        int w0 = wAt + row * p.w().first();
        int x0 = xAt + column * p.x().first();
        int y00 = yAt + row * p.y().first() + column * p.y().second();
        boolean row1 = row + 1 < p.rows();
        int w1 = row1 ? w0 + p.w().first() : w0;
        int y10 = row1 ? y00 + p.y().first() : y00;
        int x1 = x0 + p.x().first();
        int y01 = y00 + p.y().second();
        int y11 = y10 + p.y().second();
        float[] start = p.adds() ? y : ZEROS;
        int from00 = p.adds() ? y00 : 0;
        int from01 = p.adds() ? y01 : 0;
        int from10 = p.adds() ? y10 : 0;
        int from11 = p.adds() ? y11 : 0;
        int xStep = p.x().second();
        int wStep = p.w().second();
        int xTo = p.terms() * xStep;
        for (int lane = 0; lane < Spectrum.LANES; lane += V) {
            int re = at.re() + lane;
            int im = at.im() + lane;
            FloatVector s00r = FloatVector.fromArray(S, start, from00 + re);
            FloatVector s00i = FloatVector.fromArray(S, start, from00 + im);
            FloatVector s01r = FloatVector.fromArray(S, start, from01 + re);
            FloatVector s01i = FloatVector.fromArray(S, start, from01 + im);
            FloatVector s10r = FloatVector.fromArray(S, start, from10 + re);
            FloatVector s10i = FloatVector.fromArray(S, start, from10 + im);
            FloatVector s11r = FloatVector.fromArray(S, start, from11 + re);
            FloatVector s11i = FloatVector.fromArray(S, start, from11 + im);
            for (int xj = 0, wj = 0; xj < xTo; xj += xStep, wj += wStep) {
                FloatVector a0r = FloatVector.fromArray(S, x, x0 + xj + re);
                FloatVector a0i = FloatVector.fromArray(S, x, x0 + xj + im);
                FloatVector a1r = FloatVector.fromArray(S, x, x1 + xj + re);
                FloatVector a1i = FloatVector.fromArray(S, x, x1 + xj + im);
                FloatVector k0r = FloatVector.fromArray(S, w, w0 + wj + lane);
                s00r = a0r.fma(k0r, s00r);
                s00i = a0i.fma(k0r, s00i);
                s01r = a1r.fma(k0r, s01r);
                s01i = a1i.fma(k0r, s01i);
                FloatVector k0i = FloatVector.fromArray(S, w, w0 + wj + lane + IM);
                s00r = a0i.fma(k0i, s00r);
                s01r = a1i.fma(k0i, s01r);
                FloatVector n0 = k0i.neg();
                s00i = a0r.fma(n0, s00i);
                s01i = a1r.fma(n0, s01i);
                FloatVector k1r = FloatVector.fromArray(S, w, w1 + wj + lane);
                s10r = a0r.fma(k1r, s10r);
                s10i = a0i.fma(k1r, s10i);
                s11r = a1r.fma(k1r, s11r);
                s11i = a1i.fma(k1r, s11i);
                FloatVector k1i = FloatVector.fromArray(S, w, w1 + wj + lane + IM);
                s10r = a0i.fma(k1i, s10r);
                s11r = a1i.fma(k1i, s11r);
                FloatVector n1 = k1i.neg();
                s10i = a0r.fma(n1, s10i);
                s11i = a1r.fma(n1, s11i);
            }
            s00r.intoArray(y, y00 + re);
            s00i.intoArray(y, y00 + im);
            s01r.intoArray(y, y01 + re);
            s01i.intoArray(y, y01 + im);
            s10r.intoArray(y, y10 + re);
            s10i.intoArray(y, y10 + im);
            s11r.intoArray(y, y11 + re);
            s11i.intoArray(y, y11 + im);
        }
    }

    /** Three rows of one column. */
    private static void column(
            SpectrumProduct p,
            int row,
            int column,
            Parts at,
            float[] x,
            int xAt,
            float[] w,
            int wAt,
            float[] y,
            int yAt) {
        int x0 = xAt + column * p.x().first();
        int w0 = wAt + row * p.w().first();
        int y0 = yAt + row * p.y().first() + column * p.y().second();
        boolean row1 = row + 1 < p.rows();
        int w1 = row1 ? w0 + p.w().first() : w0;
        int y1 = row1 ? y0 + p.y().first() : y0;
        boolean row2 = row + 2 < p.rows();
        int w2 = row2 ? w1 + p.w().first() : w1;
        int y2 = row2 ? y1 + p.y().first() : y1;
        float[] start = p.adds() ? y : ZEROS;
        int from0 = p.adds() ? y0 : 0;
        int from1 = p.adds() ? y1 : 0;
        int from2 = p.adds() ? y2 : 0;
        int xStep = p.x().second();
        int wStep = p.w().second();
        int xTo = p.terms() * xStep;
        for (int lane = 0; lane < Spectrum.LANES; lane += V) {
            int re = at.re() + lane;
            int im = at.im() + lane;
            FloatVector s0r = FloatVector.fromArray(S, start, from0 + re);
            FloatVector s0i = FloatVector.fromArray(S, start, from0 + im);
            FloatVector s1r = FloatVector.fromArray(S, start, from1 + re);
            FloatVector s1i = FloatVector.fromArray(S, start, from1 + im);
            FloatVector s2r = FloatVector.fromArray(S, start, from2 + re);
            FloatVector s2i = FloatVector.fromArray(S, start, from2 + im);
            for (int xj = 0, wj = 0; xj < xTo; xj += xStep, wj += wStep) {
                FloatVector ar = FloatVector.fromArray(S, x, x0 + xj + re);
                FloatVector ai = FloatVector.fromArray(S, x, x0 + xj + im);
                FloatVector k0r = FloatVector.fromArray(S, w, w0 + wj + lane);
                s0r = ar.fma(k0r, s0r);
                s0i = ai.fma(k0r, s0i);
                FloatVector k0i = FloatVector.fromArray(S, w, w0 + wj + lane + IM);
                s0r = ai.fma(k0i, s0r);
                s0i = ar.fma(k0i.neg(), s0i);
                FloatVector k1r = FloatVector.fromArray(S, w, w1 + wj + lane);
                s1r = ar.fma(k1r, s1r);
                s1i = ai.fma(k1r, s1i);
                FloatVector k1i = FloatVector.fromArray(S, w, w1 + wj + lane + IM);
                s1r = ai.fma(k1i, s1r);
                s1i = ar.fma(k1i.neg(), s1i);
                FloatVector k2r = FloatVector.fromArray(S, w, w2 + wj + lane);
                s2r = ar.fma(k2r, s2r);
                s2i = ai.fma(k2r, s2i);
                FloatVector k2i = FloatVector.fromArray(S, w, w2 + wj + lane + IM);
                s2r = ai.fma(k2i, s2r);
                s2i = ar.fma(k2i.neg(), s2i);
            }
            s0r.intoArray(y, y0 + re);
            s0i.intoArray(y, y0 + im);
            s1r.intoArray(y, y1 + re);
            s1i.intoArray(y, y1 + im);
            s2r.intoArray(y, y2 + re);
            s2i.intoArray(y, y2 + im);
        }
    }
}
