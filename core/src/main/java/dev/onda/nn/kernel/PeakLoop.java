package dev.onda.nn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A loop of nothing but fused multiply-adds, as many at once as the registers allow: what one core of this processor can do
 * at best, and so the yardstick of the other kernels. It computes nothing that anybody needs.
 *
 * <p>A multiply-add takes about four cycles, and a core starts up to two a cycle: eight chains keep it busy, twelve surely
 * do, and sixteen no longer fit into the registers of a processor that has sixteen, beside the factor.
 */
public final class PeakLoop {

    private static final int CHAINS = 12;
    private static final boolean HAS_VECTORS = !(Kernels.best() instanceof ScalarKernels);

    /** Of the chains {@code c = c * f + f}: they settle at 1, far from overflow and from subnormal numbers, which are slow. */
    private static final float FACTOR = 0.5f;

    private PeakLoop() {}

    /** Floating-point operations of one round: a multiply-add counts as two. */
    public static long operationsPerRound() {
        return 2L * CHAINS * (HAS_VECTORS ? Vectors.S.length() : 1);
    }

    /** Runs so many rounds. Whoever calls it must use the result, or nothing is computed at all. */
    public static float run(int rounds) {
        return HAS_VECTORS ? Vectors.run(rounds) : scalar(rounds);
    }

    /** A class of its own, which is loaded only where the vector module is present. */
    private static final class Vectors {
        private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

        private static FloatVector start(int chain) {
            return FloatVector.broadcast(S, chain);
        }

        /** The chains are local variables, as the compiler keeps no array in registers. */
        private static float run(int rounds) {
            FloatVector f = FloatVector.broadcast(S, FACTOR);
            FloatVector c0 = start(0);
            FloatVector c1 = start(1);
            FloatVector c2 = start(2);
            FloatVector c3 = start(3);
            FloatVector c4 = start(4);
            FloatVector c5 = start(5);
            FloatVector c6 = start(6);
            FloatVector c7 = start(7);
            FloatVector c8 = start(8);
            FloatVector c9 = start(9);
            FloatVector c10 = start(10);
            FloatVector c11 = start(11);
            for (int i = 0; i < rounds; i++) {
                c0 = c0.fma(f, f);
                c1 = c1.fma(f, f);
                c2 = c2.fma(f, f);
                c3 = c3.fma(f, f);
                c4 = c4.fma(f, f);
                c5 = c5.fma(f, f);
                c6 = c6.fma(f, f);
                c7 = c7.fma(f, f);
                c8 = c8.fma(f, f);
                c9 = c9.fma(f, f);
                c10 = c10.fma(f, f);
                c11 = c11.fma(f, f);
            }
            FloatVector low = c0.add(c1).add(c2).add(c3).add(c4).add(c5);
            FloatVector high = c6.add(c7).add(c8).add(c9).add(c10).add(c11);
            return low.add(high).lane(0);
        }
    }

    /** The same without vectors. */
    static float scalar(int rounds) {
        float f = FACTOR;
        float c0 = 0;
        float c1 = 1;
        float c2 = 2;
        float c3 = 3;
        float c4 = 4;
        float c5 = 5;
        float c6 = 6;
        float c7 = 7;
        float c8 = 8;
        float c9 = 9;
        float c10 = 10;
        float c11 = 11;
        for (int i = 0; i < rounds; i++) {
            c0 = Math.fma(c0, f, f);
            c1 = Math.fma(c1, f, f);
            c2 = Math.fma(c2, f, f);
            c3 = Math.fma(c3, f, f);
            c4 = Math.fma(c4, f, f);
            c5 = Math.fma(c5, f, f);
            c6 = Math.fma(c6, f, f);
            c7 = Math.fma(c7, f, f);
            c8 = Math.fma(c8, f, f);
            c9 = Math.fma(c9, f, f);
            c10 = Math.fma(c10, f, f);
            c11 = Math.fma(c11, f, f);
        }
        return c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11;
    }
}
