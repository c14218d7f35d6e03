package dev.onda.nn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Kernels#cross} on the Vector API: 4 rows x 5 taps of sums in registers; 2 x 5 where vectors are short
 * and registers few. The compiler keeps a sum in a register only
 * if it is a local variable of its own, so they are spelled out; and it gives up on longer methods, so the last vector of a
 * row, which is not full, has a method of its own.
 */
final class VectorCross {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int V = S.length();
    private static final int L = RowCross.LANES;
    /** Samples of a stretch: its four first rows stay in the first-level cache. */
    private static final int STRETCH = 1024;

    /** Samples, whole vectors of them. */
    private record Span(int from, int to) {}

    private VectorCross() {}

    static void cross(RowCross p, float[] lanes, float[] a, int aAt, float[] x, int xAt) {
        int taps = p.taps().length;
        for (int from = 0; from < p.length(); from += STRETCH) {
            int to = Math.min(p.length(), from + STRETCH);
            int whole = from + (to - from) / V * V;
            for (int tap = 0; tap < taps; tap += RowCross.TAPS) {
                int at = RowCross.lane(0, tap);
                if (VectorKernels.MANY_REGISTERS) {
                    whole(p, tap, lanes, at, a, aAt, x, xAt, new Span(from, whole));
                } else {
                    half(p, 0, tap, lanes, at, a, aAt, x, xAt, new Span(from, whole));
                    half(p, 2, tap, lanes, at, a, aAt, x, xAt, new Span(from, whole));
                }
                if (to > whole) {
                    rest(p, tap, lanes, at, a, aAt + whole, x, xAt + whole, to - whole);
                }
            }
        }
    }

    /** Rows and taps beyond the last repeat the last one: their sums are never read. */
    private static void whole(
            RowCross p, int tap, float[] lanes, int at, float[] a, int aAt, float[] x, int xAt, Span span) {
        int[] taps = p.taps();
        int lastTap = taps.length - 1;
        int lastRow = p.rows() - 1;
        int r0 = aAt;
        int r1 = aAt + Math.min(1, lastRow) * p.aStride();
        int r2 = aAt + Math.min(2, lastRow) * p.aStride();
        int r3 = aAt + Math.min(3, lastRow) * p.aStride();
        int t0 = xAt + taps[tap];
        int t1 = xAt + taps[Math.min(tap + 1, lastTap)];
        int t2 = xAt + taps[Math.min(tap + 2, lastTap)];
        int t3 = xAt + taps[Math.min(tap + 3, lastTap)];
        int t4 = xAt + taps[Math.min(tap + 4, lastTap)];
        FloatVector s00 = FloatVector.fromArray(S, lanes, at + 0 * L);
        FloatVector s01 = FloatVector.fromArray(S, lanes, at + 1 * L);
        FloatVector s02 = FloatVector.fromArray(S, lanes, at + 2 * L);
        FloatVector s03 = FloatVector.fromArray(S, lanes, at + 3 * L);
        FloatVector s04 = FloatVector.fromArray(S, lanes, at + 4 * L);
        FloatVector s10 = FloatVector.fromArray(S, lanes, at + 5 * L);
        FloatVector s11 = FloatVector.fromArray(S, lanes, at + 6 * L);
        FloatVector s12 = FloatVector.fromArray(S, lanes, at + 7 * L);
        FloatVector s13 = FloatVector.fromArray(S, lanes, at + 8 * L);
        FloatVector s14 = FloatVector.fromArray(S, lanes, at + 9 * L);
        FloatVector s20 = FloatVector.fromArray(S, lanes, at + 10 * L);
        FloatVector s21 = FloatVector.fromArray(S, lanes, at + 11 * L);
        FloatVector s22 = FloatVector.fromArray(S, lanes, at + 12 * L);
        FloatVector s23 = FloatVector.fromArray(S, lanes, at + 13 * L);
        FloatVector s24 = FloatVector.fromArray(S, lanes, at + 14 * L);
        FloatVector s30 = FloatVector.fromArray(S, lanes, at + 15 * L);
        FloatVector s31 = FloatVector.fromArray(S, lanes, at + 16 * L);
        FloatVector s32 = FloatVector.fromArray(S, lanes, at + 17 * L);
        FloatVector s33 = FloatVector.fromArray(S, lanes, at + 18 * L);
        FloatVector s34 = FloatVector.fromArray(S, lanes, at + 19 * L);
        for (int t = span.from(); t < span.to(); t += V) {
            FloatVector a0 = FloatVector.fromArray(S, a, r0 + t);
            FloatVector a1 = FloatVector.fromArray(S, a, r1 + t);
            FloatVector a2 = FloatVector.fromArray(S, a, r2 + t);
            FloatVector a3 = FloatVector.fromArray(S, a, r3 + t);
            FloatVector x0 = FloatVector.fromArray(S, x, t0 + t);
            s00 = a0.fma(x0, s00);
            s10 = a1.fma(x0, s10);
            s20 = a2.fma(x0, s20);
            s30 = a3.fma(x0, s30);
            FloatVector x1 = FloatVector.fromArray(S, x, t1 + t);
            s01 = a0.fma(x1, s01);
            s11 = a1.fma(x1, s11);
            s21 = a2.fma(x1, s21);
            s31 = a3.fma(x1, s31);
            FloatVector x2 = FloatVector.fromArray(S, x, t2 + t);
            s02 = a0.fma(x2, s02);
            s12 = a1.fma(x2, s12);
            s22 = a2.fma(x2, s22);
            s32 = a3.fma(x2, s32);
            FloatVector x3 = FloatVector.fromArray(S, x, t3 + t);
            s03 = a0.fma(x3, s03);
            s13 = a1.fma(x3, s13);
            s23 = a2.fma(x3, s23);
            s33 = a3.fma(x3, s33);
            FloatVector x4 = FloatVector.fromArray(S, x, t4 + t);
            s04 = a0.fma(x4, s04);
            s14 = a1.fma(x4, s14);
            s24 = a2.fma(x4, s24);
            s34 = a3.fma(x4, s34);
        }
        s00.intoArray(lanes, at + 0 * L);
        s01.intoArray(lanes, at + 1 * L);
        s02.intoArray(lanes, at + 2 * L);
        s03.intoArray(lanes, at + 3 * L);
        s04.intoArray(lanes, at + 4 * L);
        s10.intoArray(lanes, at + 5 * L);
        s11.intoArray(lanes, at + 6 * L);
        s12.intoArray(lanes, at + 7 * L);
        s13.intoArray(lanes, at + 8 * L);
        s14.intoArray(lanes, at + 9 * L);
        s20.intoArray(lanes, at + 10 * L);
        s21.intoArray(lanes, at + 11 * L);
        s22.intoArray(lanes, at + 12 * L);
        s23.intoArray(lanes, at + 13 * L);
        s24.intoArray(lanes, at + 14 * L);
        s30.intoArray(lanes, at + 15 * L);
        s31.intoArray(lanes, at + 16 * L);
        s32.intoArray(lanes, at + 17 * L);
        s33.intoArray(lanes, at + 18 * L);
        s34.intoArray(lanes, at + 19 * L);
    }

    /** As {@link #whole}, for two of the four rows, from {@code row} on. */
    private static void half(
            RowCross p, int row, int tap, float[] lanes, int at, float[] a, int aAt, float[] x, int xAt, Span span) {
        int[] taps = p.taps();
        int lastTap = taps.length - 1;
        int lastRow = p.rows() - 1;
        int r0 = aAt + Math.min(row, lastRow) * p.aStride();
        int r1 = aAt + Math.min(row + 1, lastRow) * p.aStride();
        int t0 = xAt + taps[tap];
        int t1 = xAt + taps[Math.min(tap + 1, lastTap)];
        int t2 = xAt + taps[Math.min(tap + 2, lastTap)];
        int t3 = xAt + taps[Math.min(tap + 3, lastTap)];
        int t4 = xAt + taps[Math.min(tap + 4, lastTap)];
        int sums = at + row * RowCross.TAPS * L;
        FloatVector s00 = FloatVector.fromArray(S, lanes, sums + 0 * L);
        FloatVector s01 = FloatVector.fromArray(S, lanes, sums + 1 * L);
        FloatVector s02 = FloatVector.fromArray(S, lanes, sums + 2 * L);
        FloatVector s03 = FloatVector.fromArray(S, lanes, sums + 3 * L);
        FloatVector s04 = FloatVector.fromArray(S, lanes, sums + 4 * L);
        FloatVector s10 = FloatVector.fromArray(S, lanes, sums + 5 * L);
        FloatVector s11 = FloatVector.fromArray(S, lanes, sums + 6 * L);
        FloatVector s12 = FloatVector.fromArray(S, lanes, sums + 7 * L);
        FloatVector s13 = FloatVector.fromArray(S, lanes, sums + 8 * L);
        FloatVector s14 = FloatVector.fromArray(S, lanes, sums + 9 * L);
        for (int t = span.from(); t < span.to(); t += V) {
            FloatVector a0 = FloatVector.fromArray(S, a, r0 + t);
            FloatVector a1 = FloatVector.fromArray(S, a, r1 + t);
            FloatVector x0 = FloatVector.fromArray(S, x, t0 + t);
            s00 = a0.fma(x0, s00);
            s10 = a1.fma(x0, s10);
            FloatVector x1 = FloatVector.fromArray(S, x, t1 + t);
            s01 = a0.fma(x1, s01);
            s11 = a1.fma(x1, s11);
            FloatVector x2 = FloatVector.fromArray(S, x, t2 + t);
            s02 = a0.fma(x2, s02);
            s12 = a1.fma(x2, s12);
            FloatVector x3 = FloatVector.fromArray(S, x, t3 + t);
            s03 = a0.fma(x3, s03);
            s13 = a1.fma(x3, s13);
            FloatVector x4 = FloatVector.fromArray(S, x, t4 + t);
            s04 = a0.fma(x4, s04);
            s14 = a1.fma(x4, s14);
        }
        s00.intoArray(lanes, sums + 0 * L);
        s01.intoArray(lanes, sums + 1 * L);
        s02.intoArray(lanes, sums + 2 * L);
        s03.intoArray(lanes, sums + 3 * L);
        s04.intoArray(lanes, sums + 4 * L);
        s10.intoArray(lanes, sums + 5 * L);
        s11.intoArray(lanes, sums + 6 * L);
        s12.intoArray(lanes, sums + 7 * L);
        s13.intoArray(lanes, sums + 8 * L);
        s14.intoArray(lanes, sums + 9 * L);
    }

    private static void rest(
            RowCross p, int tap, float[] lanes, int at, float[] a, int aAt, float[] x, int xAt, int left) {
        int[] taps = p.taps();
        int lastTap = taps.length - 1;
        int lastRow = p.rows() - 1;
        int r0 = aAt;
        int r1 = aAt + Math.min(1, lastRow) * p.aStride();
        int r2 = aAt + Math.min(2, lastRow) * p.aStride();
        int r3 = aAt + Math.min(3, lastRow) * p.aStride();
        int t0 = xAt + taps[tap];
        int t1 = xAt + taps[Math.min(tap + 1, lastTap)];
        int t2 = xAt + taps[Math.min(tap + 2, lastTap)];
        int t3 = xAt + taps[Math.min(tap + 3, lastTap)];
        int t4 = xAt + taps[Math.min(tap + 4, lastTap)];
        VectorMask<Float> mask = S.indexInRange(0, left);
        FloatVector a0 = FloatVector.fromArray(S, a, r0, mask);
        FloatVector a1 = FloatVector.fromArray(S, a, r1, mask);
        FloatVector a2 = FloatVector.fromArray(S, a, r2, mask);
        FloatVector a3 = FloatVector.fromArray(S, a, r3, mask);
        FloatVector x0 = FloatVector.fromArray(S, x, t0, mask);
        a0.fma(x0, FloatVector.fromArray(S, lanes, at + 0 * L)).intoArray(lanes, at + 0 * L);
        a1.fma(x0, FloatVector.fromArray(S, lanes, at + 5 * L)).intoArray(lanes, at + 5 * L);
        a2.fma(x0, FloatVector.fromArray(S, lanes, at + 10 * L)).intoArray(lanes, at + 10 * L);
        a3.fma(x0, FloatVector.fromArray(S, lanes, at + 15 * L)).intoArray(lanes, at + 15 * L);
        FloatVector x1 = FloatVector.fromArray(S, x, t1, mask);
        a0.fma(x1, FloatVector.fromArray(S, lanes, at + 1 * L)).intoArray(lanes, at + 1 * L);
        a1.fma(x1, FloatVector.fromArray(S, lanes, at + 6 * L)).intoArray(lanes, at + 6 * L);
        a2.fma(x1, FloatVector.fromArray(S, lanes, at + 11 * L)).intoArray(lanes, at + 11 * L);
        a3.fma(x1, FloatVector.fromArray(S, lanes, at + 16 * L)).intoArray(lanes, at + 16 * L);
        FloatVector x2 = FloatVector.fromArray(S, x, t2, mask);
        a0.fma(x2, FloatVector.fromArray(S, lanes, at + 2 * L)).intoArray(lanes, at + 2 * L);
        a1.fma(x2, FloatVector.fromArray(S, lanes, at + 7 * L)).intoArray(lanes, at + 7 * L);
        a2.fma(x2, FloatVector.fromArray(S, lanes, at + 12 * L)).intoArray(lanes, at + 12 * L);
        a3.fma(x2, FloatVector.fromArray(S, lanes, at + 17 * L)).intoArray(lanes, at + 17 * L);
        FloatVector x3 = FloatVector.fromArray(S, x, t3, mask);
        a0.fma(x3, FloatVector.fromArray(S, lanes, at + 3 * L)).intoArray(lanes, at + 3 * L);
        a1.fma(x3, FloatVector.fromArray(S, lanes, at + 8 * L)).intoArray(lanes, at + 8 * L);
        a2.fma(x3, FloatVector.fromArray(S, lanes, at + 13 * L)).intoArray(lanes, at + 13 * L);
        a3.fma(x3, FloatVector.fromArray(S, lanes, at + 18 * L)).intoArray(lanes, at + 18 * L);
        FloatVector x4 = FloatVector.fromArray(S, x, t4, mask);
        a0.fma(x4, FloatVector.fromArray(S, lanes, at + 4 * L)).intoArray(lanes, at + 4 * L);
        a1.fma(x4, FloatVector.fromArray(S, lanes, at + 9 * L)).intoArray(lanes, at + 9 * L);
        a2.fma(x4, FloatVector.fromArray(S, lanes, at + 14 * L)).intoArray(lanes, at + 14 * L);
        a3.fma(x4, FloatVector.fromArray(S, lanes, at + 19 * L)).intoArray(lanes, at + 19 * L);
    }
}
