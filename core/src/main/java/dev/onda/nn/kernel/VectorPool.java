package dev.onda.nn.kernel;

import java.util.function.IntUnaryOperator;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Kernels#pool} and its gradients on the Vector API, for twos and fours: neighbours are brought into two vectors, even
 * and odd, and compared.
 */
final class VectorPool {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int V = S.length();
    /** The lowest bit of each group of two, and of four. */
    private static final long TWOS = 0x5555555555555555L;

    private static final long FOURS = 0x1111111111111111L;

    private static final VectorShuffle<Float> EVEN = shuffle(lane -> lane * 2 % V);
    private static final VectorShuffle<Float> ODD = shuffle(lane -> (lane * 2 + 1) % V);
    private static final VectorMask<Float> UPPER = VectorMask.fromLong(S, ((1L << V) - 1) & -(1L << V / 2));
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

    /** Whether the vectors are long enough for groups of this size. */
    static boolean takes(int size) {
        return V >= 4 && (size == 2 || size == 4);
    }

    static void pool(float[] x, int xAt, float[] y, int yAt, PoolRow row, long[] first, int firstAt) {
        FloatVector sign = FloatVector.broadcast(S, row.least() ? -1 : 1);
        boolean marks = first.length > 0;
        int n = row.outputs();
        for (int t = 0; t < n; t += V) {
            long bits = row.size() == 2
                    ? twos(x, xAt + 2 * t, y, yAt + t, n - t, sign)
                    : fours(x, xAt + 4 * t, y, yAt + t, n - t, sign);
            if (marks) {
                int bit = t * row.size();
                int word = firstAt + bit / 64;
                first[word] = bit % 64 == 0 ? bits : first[word] | bits << bit;
            }
        }
    }

    /** Of at most V groups; returns a bit for each sample that is the first largest of its group. */
    private static long twos(float[] x, int at, float[] y, int to, int groups, FloatVector sign) {
        VectorMask<Float> in0 = S.indexInRange(0, 2 * groups);
        VectorMask<Float> in1 = S.indexInRange(V, 2 * groups);
        FloatVector a = FloatVector.fromArray(S, x, at, in0).mul(sign);
        FloatVector b = FloatVector.fromArray(S, x, at + V, in1).mul(sign);
        FloatVector even = a.rearrange(EVEN).blend(b.rearrange(EVEN), UPPER);
        FloatVector odd = a.rearrange(ODD).blend(b.rearrange(ODD), UPPER);
        FloatVector most = even.max(odd);
        most.mul(sign).intoArray(y, to, S.indexInRange(0, groups));
        long less = a.compare(VectorOperators.LT, most.rearrange(TWICE_0)).toLong()
                | b.compare(VectorOperators.LT, most.rearrange(TWICE_1)).toLong() << V;
        long not = ~less & (-1L >>> (64 - 2 * V));
        return not & ~(not - (TWOS & (-1L >>> (64 - 2 * V))));
    }

    private static long fours(float[] x, int at, float[] y, int to, int groups, FloatVector sign) {
        FloatVector a =
                FloatVector.fromArray(S, x, at, S.indexInRange(0, 4 * groups)).mul(sign);
        FloatVector b = FloatVector.fromArray(S, x, at + V, S.indexInRange(V, 4 * groups))
                .mul(sign);
        FloatVector c = FloatVector.fromArray(S, x, at + 2 * V, S.indexInRange(2 * V, 4 * groups))
                .mul(sign);
        FloatVector d = FloatVector.fromArray(S, x, at + 3 * V, S.indexInRange(3 * V, 4 * groups))
                .mul(sign);
        FloatVector ab = a.rearrange(EVEN)
                .blend(b.rearrange(EVEN), UPPER)
                .max(a.rearrange(ODD).blend(b.rearrange(ODD), UPPER));
        FloatVector cd = c.rearrange(EVEN)
                .blend(d.rearrange(EVEN), UPPER)
                .max(c.rearrange(ODD).blend(d.rearrange(ODD), UPPER));
        FloatVector most = ab.rearrange(EVEN)
                .blend(cd.rearrange(EVEN), UPPER)
                .max(ab.rearrange(ODD).blend(cd.rearrange(ODD), UPPER));
        most.mul(sign).intoArray(y, to, S.indexInRange(0, groups));
        long less = a.compare(VectorOperators.LT, most.rearrange(FOUR_TIMES_0)).toLong()
                | b.compare(VectorOperators.LT, most.rearrange(FOUR_TIMES_1)).toLong() << V
                | c.compare(VectorOperators.LT, most.rearrange(FOUR_TIMES_2)).toLong() << 2 * V
                | d.compare(VectorOperators.LT, most.rearrange(FOUR_TIMES_3)).toLong() << 3 * V;
        long not = ~less & (-1L >>> (64 - 4 * V));
        return not & ~(not - (FOURS & (-1L >>> (64 - 4 * V))));
    }

    static void unpool(float[] dy, int dyAt, PoolRow row, long[] first, int firstAt, float[] dx, int dxAt) {
        int n = row.outputs();
        for (int t = 0; t < n; t += V) {
            int bit = t * row.size();
            long bits = first[firstAt + bit / 64] >>> bit;
            FloatVector g = FloatVector.fromArray(S, dy, dyAt + t, S.indexInRange(t, n));
            int to = dxAt + bit;
            int left = n * row.size() - bit;
            if (row.size() == 2) {
                store(g.rearrange(TWICE_0), bits, dx, to, left);
                store(g.rearrange(TWICE_1), bits >>> V, dx, to + V, left - V);
            } else {
                store(g.rearrange(FOUR_TIMES_0), bits, dx, to, left);
                store(g.rearrange(FOUR_TIMES_1), bits >>> V, dx, to + V, left - V);
                store(g.rearrange(FOUR_TIMES_2), bits >>> 2 * V, dx, to + 2 * V, left - 2 * V);
                store(g.rearrange(FOUR_TIMES_3), bits >>> 3 * V, dx, to + 3 * V, left - 3 * V);
            }
        }
    }

    private static void store(FloatVector g, long bits, float[] dx, int to, int left) {
        FloatVector chosen = FloatVector.zero(S).blend(g, VectorMask.fromLong(S, bits));
        if (left >= V) {
            chosen.intoArray(dx, to);
        } else if (left > 0) {
            chosen.intoArray(dx, to, S.indexInRange(0, left));
        }
    }
}
