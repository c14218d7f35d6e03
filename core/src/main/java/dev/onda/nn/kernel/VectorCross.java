package dev.onda.nn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Kernels#cross} on the Vector API: 4 rows x 5 taps of sums in registers. The compiler keeps a sum in a register only
 * if it is a local variable of its own, so they are spelled out.
 */
final class VectorCross {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int V = S.length();
    /** Samples of a stretch: its four first rows stay in the first-level cache. */
    private static final int STRETCH = 1024;

    private VectorCross() {}

    static void cross(RowCross p, float[] lanes, float[] a, int aAt, float[] x, int xAt) {
        int taps = p.taps().length;
        for (int from = 0; from < p.length(); from += STRETCH) {
            int to = Math.min(p.length(), from + STRETCH);
            for (int tap = 0; tap < taps; tap += RowCross.TAPS) {
                block(p, lanes, tap, a, aAt, x, xAt, from, to);
            }
        }
    }

    /** Rows and taps beyond the last repeat the last one: their sums are never read. */
    private static void block(
            RowCross p, float[] lanes, int tap, float[] a, int aAt, float[] x, int xAt, int from, int to) {
        int[] taps = p.taps();
        int lastTap = taps.length - 1;
        int lastRow = p.rows() - 1;
        int at = RowCross.lane(0, tap);
        int r0 = aAt + Math.min(0, lastRow) * p.aStride();
        int r1 = aAt + Math.min(1, lastRow) * p.aStride();
        int r2 = aAt + Math.min(2, lastRow) * p.aStride();
        int r3 = aAt + Math.min(3, lastRow) * p.aStride();
        int t0 = xAt + taps[Math.min(tap + 0, lastTap)];
        int t1 = xAt + taps[Math.min(tap + 1, lastTap)];
        int t2 = xAt + taps[Math.min(tap + 2, lastTap)];
        int t3 = xAt + taps[Math.min(tap + 3, lastTap)];
        int t4 = xAt + taps[Math.min(tap + 4, lastTap)];
        FloatVector s00 = FloatVector.fromArray(S, lanes, at + 0 * RowCross.LANES);
        FloatVector s01 = FloatVector.fromArray(S, lanes, at + 1 * RowCross.LANES);
        FloatVector s02 = FloatVector.fromArray(S, lanes, at + 2 * RowCross.LANES);
        FloatVector s03 = FloatVector.fromArray(S, lanes, at + 3 * RowCross.LANES);
        FloatVector s04 = FloatVector.fromArray(S, lanes, at + 4 * RowCross.LANES);
        FloatVector s10 = FloatVector.fromArray(S, lanes, at + 5 * RowCross.LANES);
        FloatVector s11 = FloatVector.fromArray(S, lanes, at + 6 * RowCross.LANES);
        FloatVector s12 = FloatVector.fromArray(S, lanes, at + 7 * RowCross.LANES);
        FloatVector s13 = FloatVector.fromArray(S, lanes, at + 8 * RowCross.LANES);
        FloatVector s14 = FloatVector.fromArray(S, lanes, at + 9 * RowCross.LANES);
        FloatVector s20 = FloatVector.fromArray(S, lanes, at + 10 * RowCross.LANES);
        FloatVector s21 = FloatVector.fromArray(S, lanes, at + 11 * RowCross.LANES);
        FloatVector s22 = FloatVector.fromArray(S, lanes, at + 12 * RowCross.LANES);
        FloatVector s23 = FloatVector.fromArray(S, lanes, at + 13 * RowCross.LANES);
        FloatVector s24 = FloatVector.fromArray(S, lanes, at + 14 * RowCross.LANES);
        FloatVector s30 = FloatVector.fromArray(S, lanes, at + 15 * RowCross.LANES);
        FloatVector s31 = FloatVector.fromArray(S, lanes, at + 16 * RowCross.LANES);
        FloatVector s32 = FloatVector.fromArray(S, lanes, at + 17 * RowCross.LANES);
        FloatVector s33 = FloatVector.fromArray(S, lanes, at + 18 * RowCross.LANES);
        FloatVector s34 = FloatVector.fromArray(S, lanes, at + 19 * RowCross.LANES);
        int t = from;
        for (; t + V <= to; t += V) {
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
        if (t < to) {
            VectorMask<Float> mask = S.indexInRange(t, to);
            FloatVector a0 = FloatVector.fromArray(S, a, r0 + t, mask);
            FloatVector a1 = FloatVector.fromArray(S, a, r1 + t, mask);
            FloatVector a2 = FloatVector.fromArray(S, a, r2 + t, mask);
            FloatVector a3 = FloatVector.fromArray(S, a, r3 + t, mask);
            FloatVector x0 = FloatVector.fromArray(S, x, t0 + t, mask);
            s00 = a0.fma(x0, s00);
            s10 = a1.fma(x0, s10);
            s20 = a2.fma(x0, s20);
            s30 = a3.fma(x0, s30);
            FloatVector x1 = FloatVector.fromArray(S, x, t1 + t, mask);
            s01 = a0.fma(x1, s01);
            s11 = a1.fma(x1, s11);
            s21 = a2.fma(x1, s21);
            s31 = a3.fma(x1, s31);
            FloatVector x2 = FloatVector.fromArray(S, x, t2 + t, mask);
            s02 = a0.fma(x2, s02);
            s12 = a1.fma(x2, s12);
            s22 = a2.fma(x2, s22);
            s32 = a3.fma(x2, s32);
            FloatVector x3 = FloatVector.fromArray(S, x, t3 + t, mask);
            s03 = a0.fma(x3, s03);
            s13 = a1.fma(x3, s13);
            s23 = a2.fma(x3, s23);
            s33 = a3.fma(x3, s33);
            FloatVector x4 = FloatVector.fromArray(S, x, t4 + t, mask);
            s04 = a0.fma(x4, s04);
            s14 = a1.fma(x4, s14);
            s24 = a2.fma(x4, s24);
            s34 = a3.fma(x4, s34);
        }
        s00.intoArray(lanes, at + 0 * RowCross.LANES);
        s01.intoArray(lanes, at + 1 * RowCross.LANES);
        s02.intoArray(lanes, at + 2 * RowCross.LANES);
        s03.intoArray(lanes, at + 3 * RowCross.LANES);
        s04.intoArray(lanes, at + 4 * RowCross.LANES);
        s10.intoArray(lanes, at + 5 * RowCross.LANES);
        s11.intoArray(lanes, at + 6 * RowCross.LANES);
        s12.intoArray(lanes, at + 7 * RowCross.LANES);
        s13.intoArray(lanes, at + 8 * RowCross.LANES);
        s14.intoArray(lanes, at + 9 * RowCross.LANES);
        s20.intoArray(lanes, at + 10 * RowCross.LANES);
        s21.intoArray(lanes, at + 11 * RowCross.LANES);
        s22.intoArray(lanes, at + 12 * RowCross.LANES);
        s23.intoArray(lanes, at + 13 * RowCross.LANES);
        s24.intoArray(lanes, at + 14 * RowCross.LANES);
        s30.intoArray(lanes, at + 15 * RowCross.LANES);
        s31.intoArray(lanes, at + 16 * RowCross.LANES);
        s32.intoArray(lanes, at + 17 * RowCross.LANES);
        s33.intoArray(lanes, at + 18 * RowCross.LANES);
        s34.intoArray(lanes, at + 19 * RowCross.LANES);
    }
}
