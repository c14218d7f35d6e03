package dev.onda.nn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Kernels#multiply} on the Vector API: 4 rows x 2 columns of complex sums in registers, for each vector of frequencies.
 * The compiler keeps a sum in a register only if it is a local variable of its own, so they are spelled out.
 */
final class VectorSpectra {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int V = S.length();
    private static final int IM = Spectrum.LANES;

    private VectorSpectra() {}

    static void multiply(SpectrumProduct p, float[] x, int xAt, float[] w, int wAt, float[] y, int yAt) {
        for (int row = 0; row < p.rows(); row += 4) {
            for (int column = 0; column < p.columns(); column += 2) {
                for (int lane = 0; lane < Spectrum.LANES; lane += V) {
                    block(p, row, column, x, xAt + lane, w, wAt + lane, y, yAt + lane);
                }
            }
        }
    }

    /** Rows and columns beyond the last repeat the last one: where they store, the last one stores after them. */
    private static void block(
            SpectrumProduct p, int row, int column, float[] x, int xAt, float[] w, int wAt, float[] y, int yAt) {

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
            s00r = FloatVector.fromArray(S, y, y00);
            s00i = FloatVector.fromArray(S, y, y00 + IM);
            s01r = FloatVector.fromArray(S, y, y01);
            s01i = FloatVector.fromArray(S, y, y01 + IM);
            s10r = FloatVector.fromArray(S, y, y10);
            s10i = FloatVector.fromArray(S, y, y10 + IM);
            s11r = FloatVector.fromArray(S, y, y11);
            s11i = FloatVector.fromArray(S, y, y11 + IM);
            s20r = FloatVector.fromArray(S, y, y20);
            s20i = FloatVector.fromArray(S, y, y20 + IM);
            s21r = FloatVector.fromArray(S, y, y21);
            s21i = FloatVector.fromArray(S, y, y21 + IM);
            s30r = FloatVector.fromArray(S, y, y30);
            s30i = FloatVector.fromArray(S, y, y30 + IM);
            s31r = FloatVector.fromArray(S, y, y31);
            s31i = FloatVector.fromArray(S, y, y31 + IM);
        }
        float sign = p.conjugate() ? 1 : -1;
        FloatVector plus = FloatVector.broadcast(S, sign);
        FloatVector minus = FloatVector.broadcast(S, -sign);
        int xStep = p.x().second();
        int wStep = p.w().second();
        int xTo = p.terms() * xStep;
        for (int xj = 0, wj = 0; xj < xTo; xj += xStep, wj += wStep) {
            FloatVector a0r = FloatVector.fromArray(S, x, x0 + xj);
            FloatVector a0i = FloatVector.fromArray(S, x, x0 + xj + IM);
            FloatVector b0r = a0i.mul(plus);
            FloatVector b0i = a0r.mul(minus);
            FloatVector a1r = FloatVector.fromArray(S, x, x1 + xj);
            FloatVector a1i = FloatVector.fromArray(S, x, x1 + xj + IM);
            FloatVector b1r = a1i.mul(plus);
            FloatVector b1i = a1r.mul(minus);
            FloatVector k0r = FloatVector.fromArray(S, w, w0 + wj);
            s00r = a0r.fma(k0r, s00r);
            s00i = a0i.fma(k0r, s00i);
            s01r = a1r.fma(k0r, s01r);
            s01i = a1i.fma(k0r, s01i);
            FloatVector k0i = FloatVector.fromArray(S, w, w0 + wj + IM);
            s00r = b0r.fma(k0i, s00r);
            s00i = b0i.fma(k0i, s00i);
            s01r = b1r.fma(k0i, s01r);
            s01i = b1i.fma(k0i, s01i);
            FloatVector k1r = FloatVector.fromArray(S, w, w1 + wj);
            s10r = a0r.fma(k1r, s10r);
            s10i = a0i.fma(k1r, s10i);
            s11r = a1r.fma(k1r, s11r);
            s11i = a1i.fma(k1r, s11i);
            FloatVector k1i = FloatVector.fromArray(S, w, w1 + wj + IM);
            s10r = b0r.fma(k1i, s10r);
            s10i = b0i.fma(k1i, s10i);
            s11r = b1r.fma(k1i, s11r);
            s11i = b1i.fma(k1i, s11i);
            FloatVector k2r = FloatVector.fromArray(S, w, w2 + wj);
            s20r = a0r.fma(k2r, s20r);
            s20i = a0i.fma(k2r, s20i);
            s21r = a1r.fma(k2r, s21r);
            s21i = a1i.fma(k2r, s21i);
            FloatVector k2i = FloatVector.fromArray(S, w, w2 + wj + IM);
            s20r = b0r.fma(k2i, s20r);
            s20i = b0i.fma(k2i, s20i);
            s21r = b1r.fma(k2i, s21r);
            s21i = b1i.fma(k2i, s21i);
            FloatVector k3r = FloatVector.fromArray(S, w, w3 + wj);
            s30r = a0r.fma(k3r, s30r);
            s30i = a0i.fma(k3r, s30i);
            s31r = a1r.fma(k3r, s31r);
            s31i = a1i.fma(k3r, s31i);
            FloatVector k3i = FloatVector.fromArray(S, w, w3 + wj + IM);
            s30r = b0r.fma(k3i, s30r);
            s30i = b0i.fma(k3i, s30i);
            s31r = b1r.fma(k3i, s31r);
            s31i = b1i.fma(k3i, s31i);
        }
        s00r.intoArray(y, y00);
        s00i.intoArray(y, y00 + IM);
        s01r.intoArray(y, y01);
        s01i.intoArray(y, y01 + IM);
        s10r.intoArray(y, y10);
        s10i.intoArray(y, y10 + IM);
        s11r.intoArray(y, y11);
        s11i.intoArray(y, y11 + IM);
        s20r.intoArray(y, y20);
        s20i.intoArray(y, y20 + IM);
        s21r.intoArray(y, y21);
        s21i.intoArray(y, y21 + IM);
        s30r.intoArray(y, y30);
        s30i.intoArray(y, y30 + IM);
        s31r.intoArray(y, y31);
        s31i.intoArray(y, y31 + IM);
    }
}
