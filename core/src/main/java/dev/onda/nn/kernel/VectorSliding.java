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
        switch (p.taps()) {
            case 9 -> nine(p, w, wAt, bias, x, xAt, y, yAt);
            case 11 -> eleven(p, w, wAt, bias, x, xAt, y, yAt);
            default -> any(p, w, wAt, bias, x, xAt, y, yAt);
        }
    }

    /** All weights in registers, which leaves room for few sums. */
    private static void nine(SlidingRow p, float[] w, int wAt, float bias, float[] x, int xAt, float[] y, int yAt) {
        FloatVector w0 = FloatVector.broadcast(S, w[wAt]);
        FloatVector w1 = FloatVector.broadcast(S, w[wAt + 1]);
        FloatVector w2 = FloatVector.broadcast(S, w[wAt + 2]);
        FloatVector w3 = FloatVector.broadcast(S, w[wAt + 3]);
        FloatVector w4 = FloatVector.broadcast(S, w[wAt + 4]);
        FloatVector w5 = FloatVector.broadcast(S, w[wAt + 5]);
        FloatVector w6 = FloatVector.broadcast(S, w[wAt + 6]);
        FloatVector w7 = FloatVector.broadcast(S, w[wAt + 7]);
        FloatVector w8 = FloatVector.broadcast(S, w[wAt + 8]);
        FloatVector start = FloatVector.broadcast(S, bias);
        int d = p.dilation();
        int last = p.length() - V;
        for (int t = 0; t < last + V; t += V) {
            int at = Math.min(t, last);
            FloatVector sum = w0.fma(FloatVector.fromArray(S, x, xAt + at), start);
            sum = w1.fma(FloatVector.fromArray(S, x, xAt + d + at), sum);
            sum = w2.fma(FloatVector.fromArray(S, x, xAt + 2 * d + at), sum);
            sum = w3.fma(FloatVector.fromArray(S, x, xAt + 3 * d + at), sum);
            sum = w4.fma(FloatVector.fromArray(S, x, xAt + 4 * d + at), sum);
            sum = w5.fma(FloatVector.fromArray(S, x, xAt + 5 * d + at), sum);
            sum = w6.fma(FloatVector.fromArray(S, x, xAt + 6 * d + at), sum);
            sum = w7.fma(FloatVector.fromArray(S, x, xAt + 7 * d + at), sum);
            sum = w8.fma(FloatVector.fromArray(S, x, xAt + 8 * d + at), sum);
            sum.intoArray(y, yAt + at);
        }
    }

    private static void eleven(SlidingRow p, float[] w, int wAt, float bias, float[] x, int xAt, float[] y, int yAt) {
        FloatVector w0 = FloatVector.broadcast(S, w[wAt]);
        FloatVector w1 = FloatVector.broadcast(S, w[wAt + 1]);
        FloatVector w2 = FloatVector.broadcast(S, w[wAt + 2]);
        FloatVector w3 = FloatVector.broadcast(S, w[wAt + 3]);
        FloatVector w4 = FloatVector.broadcast(S, w[wAt + 4]);
        FloatVector w5 = FloatVector.broadcast(S, w[wAt + 5]);
        FloatVector w6 = FloatVector.broadcast(S, w[wAt + 6]);
        FloatVector w7 = FloatVector.broadcast(S, w[wAt + 7]);
        FloatVector w8 = FloatVector.broadcast(S, w[wAt + 8]);
        FloatVector w9 = FloatVector.broadcast(S, w[wAt + 9]);
        FloatVector w10 = FloatVector.broadcast(S, w[wAt + 10]);
        FloatVector start = FloatVector.broadcast(S, bias);
        int d = p.dilation();
        int last = p.length() - V;
        for (int t = 0; t < last + V; t += V) {
            int at = Math.min(t, last);
            FloatVector sum = w0.fma(FloatVector.fromArray(S, x, xAt + at), start);
            sum = w1.fma(FloatVector.fromArray(S, x, xAt + d + at), sum);
            sum = w2.fma(FloatVector.fromArray(S, x, xAt + 2 * d + at), sum);
            sum = w3.fma(FloatVector.fromArray(S, x, xAt + 3 * d + at), sum);
            sum = w4.fma(FloatVector.fromArray(S, x, xAt + 4 * d + at), sum);
            sum = w5.fma(FloatVector.fromArray(S, x, xAt + 5 * d + at), sum);
            sum = w6.fma(FloatVector.fromArray(S, x, xAt + 6 * d + at), sum);
            sum = w7.fma(FloatVector.fromArray(S, x, xAt + 7 * d + at), sum);
            sum = w8.fma(FloatVector.fromArray(S, x, xAt + 8 * d + at), sum);
            sum = w9.fma(FloatVector.fromArray(S, x, xAt + 9 * d + at), sum);
            sum = w10.fma(FloatVector.fromArray(S, x, xAt + 10 * d + at), sum);
            sum.intoArray(y, yAt + at);
        }
    }

    /** Many sums in registers, which leaves room for one weight. */
    private static void any(SlidingRow p, float[] w, int wAt, float bias, float[] x, int xAt, float[] y, int yAt) {
        int length = p.length();
        int t = 0;
        while (t < length) {
            if (length - t > 4 * V && length > 7 * V) {
                int at = Math.clamp(length - 8 * V, 0, t);
                eight(p, w, wAt, bias, x, xAt + at, y, yAt + at, Math.min(7 * V, length - V));
                t += 8 * V;
            } else if (length - t > V && length > 3 * V) {
                int at = Math.clamp(length - 4 * V, 0, t);
                four(p, w, wAt, bias, x, xAt + at, y, yAt + at, Math.min(3 * V, length - V));
                t += 4 * V;
            } else {
                int at = Math.min(t, length - V);
                one(p, w, wAt, bias, x, xAt + at, y, yAt + at);
                t += V;
            }
        }
    }

    /** Eight vectors of outputs, the last of them {@code last} behind the first. */
    private static void eight(
            SlidingRow p, float[] w, int wAt, float bias, float[] x, int xAt, float[] y, int yAt, int last) {
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
            s0 = weight.fma(FloatVector.fromArray(S, x, at), s0);
            s1 = weight.fma(FloatVector.fromArray(S, x, at + V), s1);
            s2 = weight.fma(FloatVector.fromArray(S, x, at + 2 * V), s2);
            s3 = weight.fma(FloatVector.fromArray(S, x, at + 3 * V), s3);
            s4 = weight.fma(FloatVector.fromArray(S, x, at + 4 * V), s4);
            s5 = weight.fma(FloatVector.fromArray(S, x, at + 5 * V), s5);
            s6 = weight.fma(FloatVector.fromArray(S, x, at + 6 * V), s6);
            s7 = weight.fma(FloatVector.fromArray(S, x, at + last), s7);
            at += p.dilation();
        }
        s0.intoArray(y, yAt);
        s1.intoArray(y, yAt + V);
        s2.intoArray(y, yAt + 2 * V);
        s3.intoArray(y, yAt + 3 * V);
        s4.intoArray(y, yAt + 4 * V);
        s5.intoArray(y, yAt + 5 * V);
        s6.intoArray(y, yAt + 6 * V);
        s7.intoArray(y, yAt + last);
    }

    private static void four(
            SlidingRow p, float[] w, int wAt, float bias, float[] x, int xAt, float[] y, int yAt, int last) {
        FloatVector s0 = FloatVector.broadcast(S, bias);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int at = xAt;
        for (int k = wAt; k < wAt + p.taps(); k++) {
            FloatVector weight = FloatVector.broadcast(S, w[k]);
            s0 = weight.fma(FloatVector.fromArray(S, x, at), s0);
            s1 = weight.fma(FloatVector.fromArray(S, x, at + V), s1);
            s2 = weight.fma(FloatVector.fromArray(S, x, at + 2 * V), s2);
            s3 = weight.fma(FloatVector.fromArray(S, x, at + last), s3);
            at += p.dilation();
        }
        s0.intoArray(y, yAt);
        s1.intoArray(y, yAt + V);
        s2.intoArray(y, yAt + 2 * V);
        s3.intoArray(y, yAt + last);
    }

    private static void one(SlidingRow p, float[] w, int wAt, float bias, float[] x, int xAt, float[] y, int yAt) {
        FloatVector s0 = FloatVector.broadcast(S, bias);
        int at = xAt;
        for (int k = wAt; k < wAt + p.taps(); k++) {
            FloatVector weight = FloatVector.broadcast(S, w[k]);
            s0 = weight.fma(FloatVector.fromArray(S, x, at), s0);
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
