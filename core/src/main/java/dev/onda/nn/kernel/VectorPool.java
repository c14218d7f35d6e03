package dev.onda.nn.kernel;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Kernels#pool} and its gradients on the Vector API, for twos and fours: neighbours are brought into the same
 * lane of two vectors and compared; what is behind whole vectors of groups is computed by one that overlaps the one before.
 * All is spelled out: what is handed to a method of ours, or comes from one, is made an object where the compiler calls it
 * instead of pasting it in.
 */
final class VectorPool {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int V = S.length();
    /** The lowest bit of each group of two, and of four. */
    private static final long TWOS = 0x5555555555555555L;

    private static final long FOURS = 0x1111111111111111L;

    /** Lanes that take from the second of two vectors: each other one, and each other two. */
    private static final VectorMask<Float> ODD = VectorMask.fromLong(S, 0xAAAAL & (1L << V) - 1);

    private static final VectorMask<Float> ODD_TWO = VectorMask.fromLong(S, 0xCCCCL & (1L << V) - 1);
    private static final VectorShuffle<Float> UP = shuffle(lane -> (lane + V - 1) % V);
    private static final VectorShuffle<Float> DOWN = shuffle(lane -> (lane + 1) % V);
    private static final VectorShuffle<Float> UP_TWO = shuffle(lane -> (lane + V - 2) % V);
    private static final VectorShuffle<Float> DOWN_TWO = shuffle(lane -> (lane + 2) % V);
    /** Puts results of two, and of four, vectors behind each other. */
    private static final VectorShuffle<Float> BEHIND_TWO = shuffle(lane -> lane * 2 % V + lane * 2 / V);

    private static final VectorShuffle<Float> BEHIND_FOUR = shuffle(lane -> lane * 4 % V + lane * 4 / V);
    private static final VectorShuffle<Float> TWICE_0 = shuffle(lane -> lane / 2);
    private static final VectorShuffle<Float> TWICE_1 = shuffle(lane -> (V + lane) / 2);
    private static final VectorShuffle<Float> FOUR_TIMES_0 = shuffle(lane -> lane / 4);
    private static final VectorShuffle<Float> FOUR_TIMES_1 = shuffle(lane -> (V + lane) / 4);
    private static final VectorShuffle<Float> FOUR_TIMES_2 = shuffle(lane -> (2 * V + lane) / 4);
    private static final VectorShuffle<Float> FOUR_TIMES_3 = shuffle(lane -> (3 * V + lane) / 4);

    private VectorPool() {}

    private static VectorShuffle<Float> shuffle(IntUnaryOperator from) {
        return VectorShuffle.fromOp(S, from);
    }

    /** Whether the vectors do it: for groups of this size, and if there is a vector of them. */
    static boolean takes(PoolRow row) {
        return V >= 4 && (row.size() == 2 || row.size() == 4) && row.outputs() >= V;
    }

    static void pool(float[] x, int xAt, float[] y, int yAt, PoolRow row, long[] first, int firstAt) {
        float sign = row.least() ? -1 : 1;
        if (first.length > 0) {
            Arrays.fill(first, firstAt, firstAt + PoolRow.words(row.outputs(), row.size()), 0);
        }
        if (row.size() == 2) {
            twos(x, xAt, y, yAt, row.outputs(), sign, first, firstAt);
        } else {
            fours(x, xAt, y, yAt, row.outputs(), sign, first, firstAt);
        }
    }

    private static void twos(float[] x, int at, float[] y, int to, int groups, float sign, long[] first, int firstAt) {
        for (int t = 0; t < groups; t += V) {
            int group = Math.min(t, groups - V);
            int from = at + 2 * group;
            FloatVector a = FloatVector.fromArray(S, x, from).mul(sign);
            FloatVector b = FloatVector.fromArray(S, x, from + V).mul(sign);
            FloatVector most = a.blend(b.rearrange(UP), ODD)
                    .max(a.rearrange(DOWN).blend(b, ODD))
                    .rearrange(BEHIND_TWO);
            most.mul(sign).intoArray(y, to + group);
            if (first.length > 0) {
                long less = a.compare(VectorOperators.LT, most.rearrange(TWICE_0))
                                .toLong()
                        | b.compare(VectorOperators.LT, most.rearrange(TWICE_1)).toLong() << V;
                mark(lowest(less, TWOS, 2 * V), first, firstAt, 2 * group);
            }
        }
    }

    private static void fours(float[] x, int at, float[] y, int to, int groups, float sign, long[] first, int firstAt) {
        for (int t = 0; t < groups; t += V) {
            int group = Math.min(t, groups - V);
            int from = at + 4 * group;
            FloatVector a = FloatVector.fromArray(S, x, from).mul(sign);
            FloatVector b = FloatVector.fromArray(S, x, from + V).mul(sign);
            FloatVector c = FloatVector.fromArray(S, x, from + 2 * V).mul(sign);
            FloatVector d = FloatVector.fromArray(S, x, from + 3 * V).mul(sign);
            FloatVector ab = a.blend(b.rearrange(UP), ODD).max(a.rearrange(DOWN).blend(b, ODD));
            FloatVector cd = c.blend(d.rearrange(UP), ODD).max(c.rearrange(DOWN).blend(d, ODD));
            FloatVector most = ab.blend(cd.rearrange(UP_TWO), ODD_TWO)
                    .max(ab.rearrange(DOWN_TWO).blend(cd, ODD_TWO))
                    .rearrange(BEHIND_FOUR);
            most.mul(sign).intoArray(y, to + group);
            if (first.length > 0) {
                long less = a.compare(VectorOperators.LT, most.rearrange(FOUR_TIMES_0))
                                .toLong()
                        | b.compare(VectorOperators.LT, most.rearrange(FOUR_TIMES_1))
                                        .toLong()
                                << V
                        | c.compare(VectorOperators.LT, most.rearrange(FOUR_TIMES_2))
                                        .toLong()
                                << (2 * V)
                        | d.compare(VectorOperators.LT, most.rearrange(FOUR_TIMES_3))
                                        .toLong()
                                << (3 * V);
                mark(lowest(less, FOURS, 4 * V), first, firstAt, 4 * group);
            }
        }
    }

    /** Of each group, the bit of the first sample that is not less. */
    private static long lowest(long less, long groups, int samples) {
        long all = -1L >>> (64 - samples);
        long not = ~less & all;
        return not & ~(not - (groups & all));
    }

    /** Sets bits, from bit {@code at} behind the first word on. */
    private static void mark(long bits, long[] first, int firstAt, int at) {
        int word = firstAt + at / 64;
        first[word] |= bits << at;
        long rest = bits >>> 1 >>> (63 - at % 64);
        if (rest != 0) {
            first[word + 1] |= rest;
        }
    }

    /** The bits from there on, 64 of them, or as many as there are up to word {@code end}. */
    private static long marks(long[] first, int firstAt, int at, int end) {
        int word = firstAt + at / 64;
        long bits = first[word] >>> at;
        return word + 1 < end ? bits | first[word + 1] << 1 << (63 - at % 64) : bits;
    }

    static void unpool(float[] dy, int dyAt, PoolRow row, long[] first, int firstAt, float[] dx, int dxAt) {
        int groups = row.outputs();
        int end = firstAt + PoolRow.words(groups, row.size());
        FloatVector zero = FloatVector.zero(S);
        for (int t = 0; t < groups; t += V) {
            int group = Math.min(t, groups - V);
            int to = dxAt + group * row.size();
            long bits = marks(first, firstAt, group * row.size(), end);
            FloatVector g = FloatVector.fromArray(S, dy, dyAt + group);
            if (row.size() == 2) {
                zero.blend(g.rearrange(TWICE_0), VectorMask.fromLong(S, bits)).intoArray(dx, to);
                zero.blend(g.rearrange(TWICE_1), VectorMask.fromLong(S, bits >>> V))
                        .intoArray(dx, to + V);
            } else {
                zero.blend(g.rearrange(FOUR_TIMES_0), VectorMask.fromLong(S, bits))
                        .intoArray(dx, to);
                zero.blend(g.rearrange(FOUR_TIMES_1), VectorMask.fromLong(S, bits >>> V))
                        .intoArray(dx, to + V);
                zero.blend(g.rearrange(FOUR_TIMES_2), VectorMask.fromLong(S, bits >>> (2 * V)))
                        .intoArray(dx, to + 2 * V);
                zero.blend(g.rearrange(FOUR_TIMES_3), VectorMask.fromLong(S, bits >>> (3 * V)))
                        .intoArray(dx, to + 3 * V);
            }
        }
    }
}
