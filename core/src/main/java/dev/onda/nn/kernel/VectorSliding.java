package dev.onda.nn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Kernels#slide} and {@link Kernels#slidingSums} on the Vector API. No mask is needed: what a row has beyond whole
 * vectors is computed by one that overlaps the one before, and sums run over zeros behind the end.
 */
final class VectorSliding {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int V = S.length();
    private static final int L = SlidingRow.LANES;

    private VectorSliding() {}

    static void slide(SlidingRow p, float[] w, int wAt, float bias, float[] x, int xAt, float[] y, int yAt) {
        int length = p.length();
        int t = 0;
        while (t < length) {
            if (length - t > 4 * V && length >= 8 * V) {
                int at = Math.min(t, length - 8 * V);
                eight(p, w, wAt, bias, x, xAt + at, y, yAt + at);
                t += 8 * V;
            } else if (length - t > V && length >= 4 * V) {
                int at = Math.min(t, length - 4 * V);
                four(p, w, wAt, bias, x, xAt + at, y, yAt + at);
                t += 4 * V;
            } else {
                int at = Math.min(t, length - V);
                one(p, w, wAt, bias, x, xAt + at, y, yAt + at);
                t += V;
            }
        }
    }

    private static void eight(SlidingRow p, float[] w, int wAt, float bias, float[] x, int xAt, float[] y, int yAt) {
        FloatVector s0 = FloatVector.broadcast(S, bias);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        int at = xAt;
        for (int k = wAt; k < wAt + p.taps(); k++) {
            FloatVector weight = FloatVector.broadcast(S, w[k]);
            s0 = FloatVector.fromArray(S, x, at).fma(weight, s0);
            s1 = FloatVector.fromArray(S, x, at + V).fma(weight, s1);
            s2 = FloatVector.fromArray(S, x, at + 2 * V).fma(weight, s2);
            s3 = FloatVector.fromArray(S, x, at + 3 * V).fma(weight, s3);
            s4 = FloatVector.fromArray(S, x, at + 4 * V).fma(weight, s4);
            s5 = FloatVector.fromArray(S, x, at + 5 * V).fma(weight, s5);
            s6 = FloatVector.fromArray(S, x, at + 6 * V).fma(weight, s6);
            s7 = FloatVector.fromArray(S, x, at + 7 * V).fma(weight, s7);
            at += p.dilation();
        }
        s0.intoArray(y, yAt);
        s1.intoArray(y, yAt + V);
        s2.intoArray(y, yAt + 2 * V);
        s3.intoArray(y, yAt + 3 * V);
        s4.intoArray(y, yAt + 4 * V);
        s5.intoArray(y, yAt + 5 * V);
        s6.intoArray(y, yAt + 6 * V);
        s7.intoArray(y, yAt + 7 * V);
    }

    private static void four(SlidingRow p, float[] w, int wAt, float bias, float[] x, int xAt, float[] y, int yAt) {
        FloatVector s0 = FloatVector.broadcast(S, bias);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int at = xAt;
        for (int k = wAt; k < wAt + p.taps(); k++) {
            FloatVector weight = FloatVector.broadcast(S, w[k]);
            s0 = FloatVector.fromArray(S, x, at).fma(weight, s0);
            s1 = FloatVector.fromArray(S, x, at + V).fma(weight, s1);
            s2 = FloatVector.fromArray(S, x, at + 2 * V).fma(weight, s2);
            s3 = FloatVector.fromArray(S, x, at + 3 * V).fma(weight, s3);
            at += p.dilation();
        }
        s0.intoArray(y, yAt);
        s1.intoArray(y, yAt + V);
        s2.intoArray(y, yAt + 2 * V);
        s3.intoArray(y, yAt + 3 * V);
    }

    private static void one(SlidingRow p, float[] w, int wAt, float bias, float[] x, int xAt, float[] y, int yAt) {
        FloatVector s0 = FloatVector.broadcast(S, bias);
        int at = xAt;
        for (int k = wAt; k < wAt + p.taps(); k++) {
            FloatVector weight = FloatVector.broadcast(S, w[k]);
            s0 = FloatVector.fromArray(S, x, at).fma(weight, s0);
            at += p.dilation();
        }
        s0.intoArray(y, yAt);
    }

    static void sums(SlidingRow p, float[] sums, int sumsAt, float[] a, int aAt, float[] x, int xAt) {
        for (int tap = 0; tap < p.taps(); tap += SlidingRow.BLOCK) {
            for (int lane = 0; lane < L; lane += V) {
                block(p, tap, sums, sumsAt + tap * L + lane, a, aAt + lane, x, xAt + lane);
            }
        }
    }

    /** Taps beyond the last repeat the last one: their sums are never read. */
    private static void block(SlidingRow p, int tap, float[] sums, int at, float[] a, int aAt, float[] x, int xAt) {
        int last = p.taps() - 1;
        int d = p.dilation();
        int x0 = xAt + tap * d;
        int x1 = xAt + Math.min(tap + 1, last) * d;
        int x2 = xAt + Math.min(tap + 2, last) * d;
        int x3 = xAt + Math.min(tap + 3, last) * d;
        int x4 = xAt + Math.min(tap + 4, last) * d;
        int x5 = xAt + Math.min(tap + 5, last) * d;
        int x6 = xAt + Math.min(tap + 6, last) * d;
        int x7 = xAt + Math.min(tap + 7, last) * d;
        FloatVector s0 = FloatVector.fromArray(S, sums, at);
        FloatVector s1 = FloatVector.fromArray(S, sums, at + L);
        FloatVector s2 = FloatVector.fromArray(S, sums, at + 2 * L);
        FloatVector s3 = FloatVector.fromArray(S, sums, at + 3 * L);
        FloatVector s4 = FloatVector.fromArray(S, sums, at + 4 * L);
        FloatVector s5 = FloatVector.fromArray(S, sums, at + 5 * L);
        FloatVector s6 = FloatVector.fromArray(S, sums, at + 6 * L);
        FloatVector s7 = FloatVector.fromArray(S, sums, at + 7 * L);
        for (int t = 0; t < p.wholeLength(); t += L) {
            FloatVector own = FloatVector.fromArray(S, a, aAt + t);
            s0 = FloatVector.fromArray(S, x, x0 + t).fma(own, s0);
            s1 = FloatVector.fromArray(S, x, x1 + t).fma(own, s1);
            s2 = FloatVector.fromArray(S, x, x2 + t).fma(own, s2);
            s3 = FloatVector.fromArray(S, x, x3 + t).fma(own, s3);
            s4 = FloatVector.fromArray(S, x, x4 + t).fma(own, s4);
            s5 = FloatVector.fromArray(S, x, x5 + t).fma(own, s5);
            s6 = FloatVector.fromArray(S, x, x6 + t).fma(own, s6);
            s7 = FloatVector.fromArray(S, x, x7 + t).fma(own, s7);
        }
        s0.intoArray(sums, at);
        s1.intoArray(sums, at + L);
        s2.intoArray(sums, at + 2 * L);
        s3.intoArray(sums, at + 3 * L);
        s4.intoArray(sums, at + 4 * L);
        s5.intoArray(sums, at + 5 * L);
        s6.intoArray(sums, at + 6 * L);
        s7.intoArray(sums, at + 7 * L);
    }
}
