package dev.onda.nn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Kernels#outer} on the Vector API: 8 rows x 2 vectors of columns in registers; 4 x 2 where vectors are short and
 * registers few. The compiler keeps a sum in a register only if it is a local variable of its own, so they are spelled out.
 */
final class VectorOuter {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int V = S.length();
    private static final int BLOCK = Kernels.BLOCK;

    private VectorOuter() {}

    static void outer(OuterSum p, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt) {
        int j = p.from();
        for (; j + 2 * V <= p.to(); j += 2 * V) {
            if (VectorKernels.MANY_REGISTERS) {
                eightByTwo(a, aAt, b, bAt + j, p.bStep(), p.terms(), c, cAt + j, p.cStep());
            } else {
                fourByTwo(a, aAt, b, bAt + j, p.bStep(), p.terms(), c, cAt + j, p.cStep());
                fourByTwo(a, aAt + 4, b, bAt + j, p.bStep(), p.terms(), c, cAt + j + 4 * p.cStep(), p.cStep());
            }
        }
        if (j < p.to()) {
            eightByOne(a, aAt, b, bAt + j, p.bStep(), p.terms(), c, cAt + j, p.cStep());
        }
    }

    private static void eightByTwo(
            float[] a, int aAt, float[] b, int bAt, int bStep, int terms, float[] c, int cAt, int cStep) {
        FloatVector s0 = FloatVector.fromArray(S, c, cAt);
        FloatVector u0 = FloatVector.fromArray(S, c, cAt + V);
        FloatVector s1 = FloatVector.fromArray(S, c, cAt + cStep);
        FloatVector u1 = FloatVector.fromArray(S, c, cAt + cStep + V);
        FloatVector s2 = FloatVector.fromArray(S, c, cAt + 2 * cStep);
        FloatVector u2 = FloatVector.fromArray(S, c, cAt + 2 * cStep + V);
        FloatVector s3 = FloatVector.fromArray(S, c, cAt + 3 * cStep);
        FloatVector u3 = FloatVector.fromArray(S, c, cAt + 3 * cStep + V);
        FloatVector s4 = FloatVector.fromArray(S, c, cAt + 4 * cStep);
        FloatVector u4 = FloatVector.fromArray(S, c, cAt + 4 * cStep + V);
        FloatVector s5 = FloatVector.fromArray(S, c, cAt + 5 * cStep);
        FloatVector u5 = FloatVector.fromArray(S, c, cAt + 5 * cStep + V);
        FloatVector s6 = FloatVector.fromArray(S, c, cAt + 6 * cStep);
        FloatVector u6 = FloatVector.fromArray(S, c, cAt + 6 * cStep + V);
        FloatVector s7 = FloatVector.fromArray(S, c, cAt + 7 * cStep);
        FloatVector u7 = FloatVector.fromArray(S, c, cAt + 7 * cStep + V);
        int k = aAt;
        int at = bAt;
        for (int t = 0; t < terms; t++) {
            FloatVector x = FloatVector.fromArray(S, b, at);
            FloatVector y = FloatVector.fromArray(S, b, at + V);
            FloatVector k0 = FloatVector.broadcast(S, a[k + 0]);
            s0 = x.fma(k0, s0);
            u0 = y.fma(k0, u0);
            FloatVector k1 = FloatVector.broadcast(S, a[k + 1]);
            s1 = x.fma(k1, s1);
            u1 = y.fma(k1, u1);
            FloatVector k2 = FloatVector.broadcast(S, a[k + 2]);
            s2 = x.fma(k2, s2);
            u2 = y.fma(k2, u2);
            FloatVector k3 = FloatVector.broadcast(S, a[k + 3]);
            s3 = x.fma(k3, s3);
            u3 = y.fma(k3, u3);
            FloatVector k4 = FloatVector.broadcast(S, a[k + 4]);
            s4 = x.fma(k4, s4);
            u4 = y.fma(k4, u4);
            FloatVector k5 = FloatVector.broadcast(S, a[k + 5]);
            s5 = x.fma(k5, s5);
            u5 = y.fma(k5, u5);
            FloatVector k6 = FloatVector.broadcast(S, a[k + 6]);
            s6 = x.fma(k6, s6);
            u6 = y.fma(k6, u6);
            FloatVector k7 = FloatVector.broadcast(S, a[k + 7]);
            s7 = x.fma(k7, s7);
            u7 = y.fma(k7, u7);
            k += BLOCK;
            at += bStep;
        }
        s0.intoArray(c, cAt);
        u0.intoArray(c, cAt + V);
        s1.intoArray(c, cAt + cStep);
        u1.intoArray(c, cAt + cStep + V);
        s2.intoArray(c, cAt + 2 * cStep);
        u2.intoArray(c, cAt + 2 * cStep + V);
        s3.intoArray(c, cAt + 3 * cStep);
        u3.intoArray(c, cAt + 3 * cStep + V);
        s4.intoArray(c, cAt + 4 * cStep);
        u4.intoArray(c, cAt + 4 * cStep + V);
        s5.intoArray(c, cAt + 5 * cStep);
        u5.intoArray(c, cAt + 5 * cStep + V);
        s6.intoArray(c, cAt + 6 * cStep);
        u6.intoArray(c, cAt + 6 * cStep + V);
        s7.intoArray(c, cAt + 7 * cStep);
        u7.intoArray(c, cAt + 7 * cStep + V);
    }

    private static void fourByTwo(
            float[] a, int aAt, float[] b, int bAt, int bStep, int terms, float[] c, int cAt, int cStep) {
        FloatVector s0 = FloatVector.fromArray(S, c, cAt);
        FloatVector u0 = FloatVector.fromArray(S, c, cAt + V);
        FloatVector s1 = FloatVector.fromArray(S, c, cAt + cStep);
        FloatVector u1 = FloatVector.fromArray(S, c, cAt + cStep + V);
        FloatVector s2 = FloatVector.fromArray(S, c, cAt + 2 * cStep);
        FloatVector u2 = FloatVector.fromArray(S, c, cAt + 2 * cStep + V);
        FloatVector s3 = FloatVector.fromArray(S, c, cAt + 3 * cStep);
        FloatVector u3 = FloatVector.fromArray(S, c, cAt + 3 * cStep + V);
        int k = aAt;
        int at = bAt;
        for (int t = 0; t < terms; t++) {
            FloatVector x = FloatVector.fromArray(S, b, at);
            FloatVector y = FloatVector.fromArray(S, b, at + V);
            FloatVector k0 = FloatVector.broadcast(S, a[k + 0]);
            s0 = x.fma(k0, s0);
            u0 = y.fma(k0, u0);
            FloatVector k1 = FloatVector.broadcast(S, a[k + 1]);
            s1 = x.fma(k1, s1);
            u1 = y.fma(k1, u1);
            FloatVector k2 = FloatVector.broadcast(S, a[k + 2]);
            s2 = x.fma(k2, s2);
            u2 = y.fma(k2, u2);
            FloatVector k3 = FloatVector.broadcast(S, a[k + 3]);
            s3 = x.fma(k3, s3);
            u3 = y.fma(k3, u3);
            k += BLOCK;
            at += bStep;
        }
        s0.intoArray(c, cAt);
        u0.intoArray(c, cAt + V);
        s1.intoArray(c, cAt + cStep);
        u1.intoArray(c, cAt + cStep + V);
        s2.intoArray(c, cAt + 2 * cStep);
        u2.intoArray(c, cAt + 2 * cStep + V);
        s3.intoArray(c, cAt + 3 * cStep);
        u3.intoArray(c, cAt + 3 * cStep + V);
    }

    private static void eightByOne(
            float[] a, int aAt, float[] b, int bAt, int bStep, int terms, float[] c, int cAt, int cStep) {
        FloatVector s0 = FloatVector.fromArray(S, c, cAt);
        FloatVector s1 = FloatVector.fromArray(S, c, cAt + cStep);
        FloatVector s2 = FloatVector.fromArray(S, c, cAt + 2 * cStep);
        FloatVector s3 = FloatVector.fromArray(S, c, cAt + 3 * cStep);
        FloatVector s4 = FloatVector.fromArray(S, c, cAt + 4 * cStep);
        FloatVector s5 = FloatVector.fromArray(S, c, cAt + 5 * cStep);
        FloatVector s6 = FloatVector.fromArray(S, c, cAt + 6 * cStep);
        FloatVector s7 = FloatVector.fromArray(S, c, cAt + 7 * cStep);
        int k = aAt;
        int at = bAt;
        for (int t = 0; t < terms; t++) {
            FloatVector x = FloatVector.fromArray(S, b, at);
            FloatVector k0 = FloatVector.broadcast(S, a[k + 0]);
            s0 = x.fma(k0, s0);
            FloatVector k1 = FloatVector.broadcast(S, a[k + 1]);
            s1 = x.fma(k1, s1);
            FloatVector k2 = FloatVector.broadcast(S, a[k + 2]);
            s2 = x.fma(k2, s2);
            FloatVector k3 = FloatVector.broadcast(S, a[k + 3]);
            s3 = x.fma(k3, s3);
            FloatVector k4 = FloatVector.broadcast(S, a[k + 4]);
            s4 = x.fma(k4, s4);
            FloatVector k5 = FloatVector.broadcast(S, a[k + 5]);
            s5 = x.fma(k5, s5);
            FloatVector k6 = FloatVector.broadcast(S, a[k + 6]);
            s6 = x.fma(k6, s6);
            FloatVector k7 = FloatVector.broadcast(S, a[k + 7]);
            s7 = x.fma(k7, s7);
            k += BLOCK;
            at += bStep;
        }
        s0.intoArray(c, cAt);
        s1.intoArray(c, cAt + cStep);
        s2.intoArray(c, cAt + 2 * cStep);
        s3.intoArray(c, cAt + 3 * cStep);
        s4.intoArray(c, cAt + 4 * cStep);
        s5.intoArray(c, cAt + 5 * cStep);
        s6.intoArray(c, cAt + 6 * cStep);
        s7.intoArray(c, cAt + 7 * cStep);
    }
}
