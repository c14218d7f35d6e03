package dev.onda.nn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Kernels#product} on the Vector API: 8 rows x 2 vectors of time in registers, each loaded stretch of input used by 8
 * rows; 6 x 2 where vectors are short and registers few, two taps a turn, without which the compiler runs out of registers. It
 * keeps a sum in one only if it is a local variable of its own and is not handed to a method of ours, which it may call instead
 * of pasting it in; so all is spelled out, and this file is long.
 *
 * <p>All rows are done for one stretch of time before the next: its input, one line of the cache for each tap, stays in the
 * first level, and the weights are read from front to end. What a row has beyond whole vectors is computed by one that overlaps
 * the one before.
 */
final class VectorProduct {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int V = S.length();
    private static final boolean MANY = VectorKernels.MANY_REGISTERS;
    /** Rows side by side. */
    static final int BLOCK = MANY ? 8 : 6;

    private VectorProduct() {}

    static void product(RowProduct p, float[] w, int wAt, float[] x, int xAt, float[] y, int yAt) {
        int rows = p.rows();
        int taps = p.taps().length;
        int weights = wAt + p.packedRows();
        if (rows <= 2) {
            for (int r = 0; r < rows; r++) {
                single(p, w, wAt + r, weights + r * taps, x, xAt, y, yAt + r * p.yStride());
            }
            return;
        }
        int length = p.length();
        int t = 0;
        while (t < length) {
            boolean two = MANY ? length - t >= 2 * V : length - t > V && length >= 2 * V;
            int at = length < V ? 0 : Math.min(t, length - (two ? 2 * V : V));
            for (int r = 0; r < rows; r += BLOCK) {
                int to = yAt + r * p.yStride() + at;
                block(p, two, w, wAt + r, weights + r * taps, x, xAt + at, y, to, rows - r);
            }
            t += two ? 2 * V : V;
        }
    }

    /** Rows of a block, of two vectors or of one or less. */
    private static void block(
            RowProduct p, boolean two, float[] w, int bias, int wAt, float[] x, int xAt, float[] y, int yAt, int rows) {
        if (two && MANY) {
            eightByTwo(p.taps(), w, bias, wAt, x, xAt, y, yAt, p.yStride(), rows);
        } else if (two && rows > 4) {
            sixByTwo(p.taps(), w, bias, wAt, x, xAt, y, yAt, p.yStride(), rows);
        } else if (two) {
            fourByTwo(p.taps(), w, bias, wAt, x, xAt, y, yAt, p.yStride(), rows);
        } else if (p.length() >= V && MANY) {
            eightByOne(p.taps(), w, bias, wAt, x, xAt, y, yAt, p.yStride(), rows);
        } else if (p.length() >= V) {
            sixByOne(p.taps(), w, bias, wAt, x, xAt, y, yAt, p.yStride(), rows);
        } else {
            VectorMask<Float> mask = S.indexInRange(0, p.length());
            for (int r = 0; r < Math.min(rows, BLOCK); r += 2) {
                int to = yAt + r * p.yStride();
                twoByOne(p.taps(), w, bias + r, wAt + r, x, xAt, y, to, p.yStride(), rows - r, mask);
            }
        }
    }

    /** One row at a time, for depthwise layers: four vectors of time. */
    private static void single(RowProduct p, float[] w, int bias, int wAt, float[] x, int xAt, float[] y, int yAt) {
        int[] taps = p.taps();
        FloatVector start = FloatVector.broadcast(S, w[bias]);
        int t = 0;
        for (; t + 4 * V <= p.length(); t += 4 * V) {
            FloatVector a = start;
            FloatVector b = start;
            FloatVector c = start;
            FloatVector d = start;
            for (int j = 0; j < taps.length; j++) {
                FloatVector k = FloatVector.broadcast(S, w[wAt + j]);
                int at = xAt + taps[j] + t;
                a = FloatVector.fromArray(S, x, at).fma(k, a);
                b = FloatVector.fromArray(S, x, at + V).fma(k, b);
                c = FloatVector.fromArray(S, x, at + 2 * V).fma(k, c);
                d = FloatVector.fromArray(S, x, at + 3 * V).fma(k, d);
            }
            a.intoArray(y, yAt + t);
            b.intoArray(y, yAt + t + V);
            c.intoArray(y, yAt + t + 2 * V);
            d.intoArray(y, yAt + t + 3 * V);
        }
        for (; t < p.length(); t += V) {
            VectorMask<Float> mask = S.indexInRange(t, p.length());
            FloatVector a = start;
            for (int j = 0; j < taps.length; j++) {
                a = FloatVector.fromArray(S, x, xAt + taps[j] + t, mask).fma(FloatVector.broadcast(S, w[wAt + j]), a);
            }
            a.intoArray(y, yAt + t, mask);
        }
    }

    private static void eightByTwo(
            int[] taps, float[] w, int bias, int wAt, float[] x, int xAt, float[] y, int yAt, int stride, int rows) {
        FloatVector a0 = FloatVector.broadcast(S, w[bias + 0]);
        FloatVector b0 = a0;
        FloatVector a1 = FloatVector.broadcast(S, w[bias + 1]);
        FloatVector b1 = a1;
        FloatVector a2 = FloatVector.broadcast(S, w[bias + 2]);
        FloatVector b2 = a2;
        FloatVector a3 = FloatVector.broadcast(S, w[bias + 3]);
        FloatVector b3 = a3;
        FloatVector a4 = FloatVector.broadcast(S, w[bias + 4]);
        FloatVector b4 = a4;
        FloatVector a5 = FloatVector.broadcast(S, w[bias + 5]);
        FloatVector b5 = a5;
        FloatVector a6 = FloatVector.broadcast(S, w[bias + 6]);
        FloatVector b6 = a6;
        FloatVector a7 = FloatVector.broadcast(S, w[bias + 7]);
        FloatVector b7 = a7;
        int k = wAt;
        for (int tap : taps) {
            int at = xAt + tap;
            FloatVector xa = FloatVector.fromArray(S, x, at);
            FloatVector xb = FloatVector.fromArray(S, x, at + V);
            FloatVector k0 = FloatVector.broadcast(S, w[k + 0]);
            a0 = xa.fma(k0, a0);
            b0 = xb.fma(k0, b0);
            FloatVector k1 = FloatVector.broadcast(S, w[k + 1]);
            a1 = xa.fma(k1, a1);
            b1 = xb.fma(k1, b1);
            FloatVector k2 = FloatVector.broadcast(S, w[k + 2]);
            a2 = xa.fma(k2, a2);
            b2 = xb.fma(k2, b2);
            FloatVector k3 = FloatVector.broadcast(S, w[k + 3]);
            a3 = xa.fma(k3, a3);
            b3 = xb.fma(k3, b3);
            FloatVector k4 = FloatVector.broadcast(S, w[k + 4]);
            a4 = xa.fma(k4, a4);
            b4 = xb.fma(k4, b4);
            FloatVector k5 = FloatVector.broadcast(S, w[k + 5]);
            a5 = xa.fma(k5, a5);
            b5 = xb.fma(k5, b5);
            FloatVector k6 = FloatVector.broadcast(S, w[k + 6]);
            a6 = xa.fma(k6, a6);
            b6 = xb.fma(k6, b6);
            FloatVector k7 = FloatVector.broadcast(S, w[k + 7]);
            a7 = xa.fma(k7, a7);
            b7 = xb.fma(k7, b7);
            k += BLOCK;
        }
        int to = yAt;
        a0.intoArray(y, to);
        b0.intoArray(y, to + V);
        to += stride;
        if (rows > 1) {
            a1.intoArray(y, to);
            b1.intoArray(y, to + V);
        }
        to += stride;
        if (rows > 2) {
            a2.intoArray(y, to);
            b2.intoArray(y, to + V);
        }
        to += stride;
        if (rows > 3) {
            a3.intoArray(y, to);
            b3.intoArray(y, to + V);
        }
        to += stride;
        if (rows > 4) {
            a4.intoArray(y, to);
            b4.intoArray(y, to + V);
        }
        to += stride;
        if (rows > 5) {
            a5.intoArray(y, to);
            b5.intoArray(y, to + V);
        }
        to += stride;
        if (rows > 6) {
            a6.intoArray(y, to);
            b6.intoArray(y, to + V);
        }
        to += stride;
        if (rows > 7) {
            a7.intoArray(y, to);
            b7.intoArray(y, to + V);
        }
    }

    private static void sixByTwo(
            int[] taps, float[] w, int bias, int wAt, float[] x, int xAt, float[] y, int yAt, int stride, int rows) {
        FloatVector a0 = FloatVector.broadcast(S, w[bias + 0]);
        FloatVector b0 = a0;
        FloatVector a1 = FloatVector.broadcast(S, w[bias + 1]);
        FloatVector b1 = a1;
        FloatVector a2 = FloatVector.broadcast(S, w[bias + 2]);
        FloatVector b2 = a2;
        FloatVector a3 = FloatVector.broadcast(S, w[bias + 3]);
        FloatVector b3 = a3;
        FloatVector a4 = FloatVector.broadcast(S, w[bias + 4]);
        FloatVector b4 = a4;
        FloatVector a5 = FloatVector.broadcast(S, w[bias + 5]);
        FloatVector b5 = a5;
        int k = wAt;
        int j = 0;
        for (; j + 1 < taps.length; j += 2) {
            int at = xAt + taps[j];
            FloatVector xa = FloatVector.fromArray(S, x, at);
            FloatVector xb = FloatVector.fromArray(S, x, at + V);
            FloatVector k0 = FloatVector.broadcast(S, w[k + 0]);
            a0 = xa.fma(k0, a0);
            b0 = xb.fma(k0, b0);
            FloatVector k1 = FloatVector.broadcast(S, w[k + 1]);
            a1 = xa.fma(k1, a1);
            b1 = xb.fma(k1, b1);
            FloatVector k2 = FloatVector.broadcast(S, w[k + 2]);
            a2 = xa.fma(k2, a2);
            b2 = xb.fma(k2, b2);
            FloatVector k3 = FloatVector.broadcast(S, w[k + 3]);
            a3 = xa.fma(k3, a3);
            b3 = xb.fma(k3, b3);
            FloatVector k4 = FloatVector.broadcast(S, w[k + 4]);
            a4 = xa.fma(k4, a4);
            b4 = xb.fma(k4, b4);
            FloatVector k5 = FloatVector.broadcast(S, w[k + 5]);
            a5 = xa.fma(k5, a5);
            b5 = xb.fma(k5, b5);
            int behind = xAt + taps[j + 1];
            FloatVector ya = FloatVector.fromArray(S, x, behind);
            FloatVector yb = FloatVector.fromArray(S, x, behind + V);
            FloatVector n0 = FloatVector.broadcast(S, w[k + 6]);
            a0 = ya.fma(n0, a0);
            b0 = yb.fma(n0, b0);
            FloatVector n1 = FloatVector.broadcast(S, w[k + 7]);
            a1 = ya.fma(n1, a1);
            b1 = yb.fma(n1, b1);
            FloatVector n2 = FloatVector.broadcast(S, w[k + 8]);
            a2 = ya.fma(n2, a2);
            b2 = yb.fma(n2, b2);
            FloatVector n3 = FloatVector.broadcast(S, w[k + 9]);
            a3 = ya.fma(n3, a3);
            b3 = yb.fma(n3, b3);
            FloatVector n4 = FloatVector.broadcast(S, w[k + 10]);
            a4 = ya.fma(n4, a4);
            b4 = yb.fma(n4, b4);
            FloatVector n5 = FloatVector.broadcast(S, w[k + 11]);
            a5 = ya.fma(n5, a5);
            b5 = yb.fma(n5, b5);
            k += 2 * BLOCK;
        }
        if (j < taps.length) {
            int at = xAt + taps[j];
            FloatVector xa = FloatVector.fromArray(S, x, at);
            FloatVector xb = FloatVector.fromArray(S, x, at + V);
            FloatVector k0 = FloatVector.broadcast(S, w[k + 0]);
            a0 = xa.fma(k0, a0);
            b0 = xb.fma(k0, b0);
            FloatVector k1 = FloatVector.broadcast(S, w[k + 1]);
            a1 = xa.fma(k1, a1);
            b1 = xb.fma(k1, b1);
            FloatVector k2 = FloatVector.broadcast(S, w[k + 2]);
            a2 = xa.fma(k2, a2);
            b2 = xb.fma(k2, b2);
            FloatVector k3 = FloatVector.broadcast(S, w[k + 3]);
            a3 = xa.fma(k3, a3);
            b3 = xb.fma(k3, b3);
            FloatVector k4 = FloatVector.broadcast(S, w[k + 4]);
            a4 = xa.fma(k4, a4);
            b4 = xb.fma(k4, b4);
            FloatVector k5 = FloatVector.broadcast(S, w[k + 5]);
            a5 = xa.fma(k5, a5);
            b5 = xb.fma(k5, b5);
        }
        int to = yAt;
        a0.intoArray(y, to);
        b0.intoArray(y, to + V);
        to += stride;
        a1.intoArray(y, to);
        b1.intoArray(y, to + V);
        to += stride;
        a2.intoArray(y, to);
        b2.intoArray(y, to + V);
        to += stride;
        a3.intoArray(y, to);
        b3.intoArray(y, to + V);
        to += stride;
        a4.intoArray(y, to);
        b4.intoArray(y, to + V);
        to += stride;
        if (rows > 5) {
            a5.intoArray(y, to);
            b5.intoArray(y, to + V);
        }
    }

    private static void fourByTwo(
            int[] taps, float[] w, int bias, int wAt, float[] x, int xAt, float[] y, int yAt, int stride, int rows) {
        FloatVector a0 = FloatVector.broadcast(S, w[bias + 0]);
        FloatVector b0 = a0;
        FloatVector a1 = FloatVector.broadcast(S, w[bias + 1]);
        FloatVector b1 = a1;
        FloatVector a2 = FloatVector.broadcast(S, w[bias + 2]);
        FloatVector b2 = a2;
        FloatVector a3 = FloatVector.broadcast(S, w[bias + 3]);
        FloatVector b3 = a3;
        int k = wAt;
        for (int tap : taps) {
            int at = xAt + tap;
            FloatVector xa = FloatVector.fromArray(S, x, at);
            FloatVector xb = FloatVector.fromArray(S, x, at + V);
            FloatVector k0 = FloatVector.broadcast(S, w[k + 0]);
            a0 = xa.fma(k0, a0);
            b0 = xb.fma(k0, b0);
            FloatVector k1 = FloatVector.broadcast(S, w[k + 1]);
            a1 = xa.fma(k1, a1);
            b1 = xb.fma(k1, b1);
            FloatVector k2 = FloatVector.broadcast(S, w[k + 2]);
            a2 = xa.fma(k2, a2);
            b2 = xb.fma(k2, b2);
            FloatVector k3 = FloatVector.broadcast(S, w[k + 3]);
            a3 = xa.fma(k3, a3);
            b3 = xb.fma(k3, b3);
            k += BLOCK;
        }
        int to = yAt;
        a0.intoArray(y, to);
        b0.intoArray(y, to + V);
        to += stride;
        if (rows > 1) {
            a1.intoArray(y, to);
            b1.intoArray(y, to + V);
        }
        to += stride;
        if (rows > 2) {
            a2.intoArray(y, to);
            b2.intoArray(y, to + V);
        }
        to += stride;
        if (rows > 3) {
            a3.intoArray(y, to);
            b3.intoArray(y, to + V);
        }
    }

    private static void eightByOne(
            int[] taps, float[] w, int bias, int wAt, float[] x, int xAt, float[] y, int yAt, int stride, int rows) {
        FloatVector a0 = FloatVector.broadcast(S, w[bias + 0]);
        FloatVector a1 = FloatVector.broadcast(S, w[bias + 1]);
        FloatVector a2 = FloatVector.broadcast(S, w[bias + 2]);
        FloatVector a3 = FloatVector.broadcast(S, w[bias + 3]);
        FloatVector a4 = FloatVector.broadcast(S, w[bias + 4]);
        FloatVector a5 = FloatVector.broadcast(S, w[bias + 5]);
        FloatVector a6 = FloatVector.broadcast(S, w[bias + 6]);
        FloatVector a7 = FloatVector.broadcast(S, w[bias + 7]);
        int k = wAt;
        for (int tap : taps) {
            int at = xAt + tap;
            FloatVector xa = FloatVector.fromArray(S, x, at);
            FloatVector k0 = FloatVector.broadcast(S, w[k + 0]);
            a0 = xa.fma(k0, a0);
            FloatVector k1 = FloatVector.broadcast(S, w[k + 1]);
            a1 = xa.fma(k1, a1);
            FloatVector k2 = FloatVector.broadcast(S, w[k + 2]);
            a2 = xa.fma(k2, a2);
            FloatVector k3 = FloatVector.broadcast(S, w[k + 3]);
            a3 = xa.fma(k3, a3);
            FloatVector k4 = FloatVector.broadcast(S, w[k + 4]);
            a4 = xa.fma(k4, a4);
            FloatVector k5 = FloatVector.broadcast(S, w[k + 5]);
            a5 = xa.fma(k5, a5);
            FloatVector k6 = FloatVector.broadcast(S, w[k + 6]);
            a6 = xa.fma(k6, a6);
            FloatVector k7 = FloatVector.broadcast(S, w[k + 7]);
            a7 = xa.fma(k7, a7);
            k += BLOCK;
        }
        int to = yAt;
        a0.intoArray(y, to);
        to += stride;
        if (rows > 1) {
            a1.intoArray(y, to);
        }
        to += stride;
        if (rows > 2) {
            a2.intoArray(y, to);
        }
        to += stride;
        if (rows > 3) {
            a3.intoArray(y, to);
        }
        to += stride;
        if (rows > 4) {
            a4.intoArray(y, to);
        }
        to += stride;
        if (rows > 5) {
            a5.intoArray(y, to);
        }
        to += stride;
        if (rows > 6) {
            a6.intoArray(y, to);
        }
        to += stride;
        if (rows > 7) {
            a7.intoArray(y, to);
        }
    }

    private static void sixByOne(
            int[] taps, float[] w, int bias, int wAt, float[] x, int xAt, float[] y, int yAt, int stride, int rows) {
        FloatVector a0 = FloatVector.broadcast(S, w[bias + 0]);
        FloatVector a1 = FloatVector.broadcast(S, w[bias + 1]);
        FloatVector a2 = FloatVector.broadcast(S, w[bias + 2]);
        FloatVector a3 = FloatVector.broadcast(S, w[bias + 3]);
        FloatVector a4 = FloatVector.broadcast(S, w[bias + 4]);
        FloatVector a5 = FloatVector.broadcast(S, w[bias + 5]);
        int k = wAt;
        for (int tap : taps) {
            FloatVector xa = FloatVector.fromArray(S, x, xAt + tap);
            a0 = xa.fma(FloatVector.broadcast(S, w[k + 0]), a0);
            a1 = xa.fma(FloatVector.broadcast(S, w[k + 1]), a1);
            a2 = xa.fma(FloatVector.broadcast(S, w[k + 2]), a2);
            a3 = xa.fma(FloatVector.broadcast(S, w[k + 3]), a3);
            a4 = xa.fma(FloatVector.broadcast(S, w[k + 4]), a4);
            a5 = xa.fma(FloatVector.broadcast(S, w[k + 5]), a5);
            k += BLOCK;
        }
        int to = yAt;
        a0.intoArray(y, to);
        to += stride;
        if (rows > 1) {
            a1.intoArray(y, to);
        }
        to += stride;
        if (rows > 2) {
            a2.intoArray(y, to);
        }
        to += stride;
        if (rows > 3) {
            a3.intoArray(y, to);
        }
        to += stride;
        if (rows > 4) {
            a4.intoArray(y, to);
        }
        to += stride;
        if (rows > 5) {
            a5.intoArray(y, to);
        }
    }

    /** One or two rows shorter than a vector. */
    private static void twoByOne(
            int[] taps,
            float[] w,
            int bias,
            int wAt,
            float[] x,
            int xAt,
            float[] y,
            int yAt,
            int stride,
            int rows,
            VectorMask<Float> mask) {
        FloatVector a = FloatVector.broadcast(S, w[bias]);
        FloatVector b = FloatVector.broadcast(S, w[bias + 1]);
        int k = wAt;
        for (int tap : taps) {
            FloatVector xa = FloatVector.fromArray(S, x, xAt + tap, mask);
            a = xa.fma(FloatVector.broadcast(S, w[k]), a);
            b = xa.fma(FloatVector.broadcast(S, w[k + 1]), b);
            k += BLOCK;
        }
        a.intoArray(y, yAt, mask);
        if (rows > 1) {
            b.intoArray(y, yAt + stride, mask);
        }
    }
}
