package dev.onda.nn.kernel;

import java.util.function.IntUnaryOperator;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Kernels#pool} and its gradients on the Vector API, for twos and fours: neighbours are brought into the same
 * lane of two vectors and compared; what is behind whole vectors of groups is computed by one that overlaps the one before.
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

    /** Whether the vectors are long enough for groups of this size. */
    static boolean takes(int size) {
        return V >= 4 && (size == 2 || size == 4);
    }

    static void pool(float[] x, int xAt, float[] y, int yAt, PoolRow row, long[] first, int firstAt) {
        float sign = row.least() ? -1 : 1;
        if (first.length > 0) {
            mark(x, xAt, y, yAt, row, sign, first, firstAt);
        } else if (row.size() == 2) {
            twos(x, xAt, y, yAt, row.outputs(), sign);
        } else {
            fours(x, xAt, y, yAt, row.outputs(), sign);
        }
    }

    private static void twos(float[] x, int at, float[] y, int to, int groups, float sign) {
        if (groups < V) {
            markTwos(x, at, y, to, groups, sign);
            return;
        }
        for (int t = 0; t < groups; t += V) {
            int group = Math.min(t, groups - V);
            FloatVector a = FloatVector.fromArray(S, x, at + 2 * group);
            FloatVector b = FloatVector.fromArray(S, x, at + 2 * group + V);
            mostOfTwos(a.mul(sign), b.mul(sign)).mul(sign).intoArray(y, to + group);
        }
    }

    private static void fours(float[] x, int at, float[] y, int to, int groups, float sign) {
        if (groups < V) {
            markFours(x, at, y, to, groups, sign);
            return;
        }
        for (int t = 0; t < groups; t += V) {
            int group = Math.min(t, groups - V);
            int from = at + 4 * group;
            FloatVector a = FloatVector.fromArray(S, x, from);
            FloatVector b = FloatVector.fromArray(S, x, from + V);
            FloatVector c = FloatVector.fromArray(S, x, from + 2 * V);
            FloatVector d = FloatVector.fromArray(S, x, from + 3 * V);
            mostOfFours(a.mul(sign), b.mul(sign), c.mul(sign), d.mul(sign))
                    .mul(sign)
                    .intoArray(y, to + group);
        }
    }

    /** The largest of each two neighbours, those of a before those of b. */
    private static FloatVector mostOfTwos(FloatVector a, FloatVector b) {
        return byTurns(a, b).rearrange(BEHIND_TWO);
    }

    /** The largest of each four neighbours, those of a first. */
    private static FloatVector mostOfFours(FloatVector a, FloatVector b, FloatVector c, FloatVector d) {
        FloatVector ab = byTurns(a, b);
        FloatVector cd = byTurns(c, d);
        FloatVector one = ab.blend(cd.rearrange(UP_TWO), ODD_TWO);
        FloatVector other = ab.rearrange(DOWN_TWO).blend(cd, ODD_TWO);
        return one.max(other).rearrange(BEHIND_FOUR);
    }

    /** The largest of each two neighbours, in turn one of a and one of b. */
    private static FloatVector byTurns(FloatVector a, FloatVector b) {
        FloatVector one = a.blend(b.rearrange(UP), ODD);
        FloatVector other = a.rearrange(DOWN).blend(b, ODD);
        return one.max(other);
    }

    private static void mark(
            float[] x, int xAt, float[] y, int yAt, PoolRow row, float sign, long[] first, int firstAt) {
        int n = row.outputs();
        for (int t = 0; t < n; t += V) {
            long bits = row.size() == 2
                    ? markTwos(x, xAt + 2 * t, y, yAt + t, n - t, sign)
                    : markFours(x, xAt + 4 * t, y, yAt + t, n - t, sign);
            int bit = t * row.size();
            int word = firstAt + bit / 64;
            first[word] = bit % 64 == 0 ? bits : first[word] | bits << bit;
        }
    }

    /** Of at most V groups; returns a bit for each sample that is the first largest of its group. */
    private static long markTwos(float[] x, int at, float[] y, int to, int groups, float sign) {
        FloatVector a = load(x, at, 2 * groups).mul(sign);
        FloatVector b = load(x, at + V, 2 * groups - V).mul(sign);
        FloatVector most = mostOfTwos(a, b);
        store(most.mul(sign), y, to, groups);
        long less = a.compare(VectorOperators.LT, most.rearrange(TWICE_0)).toLong()
                | b.compare(VectorOperators.LT, most.rearrange(TWICE_1)).toLong() << V;
        long not = ~less & (-1L >>> (64 - 2 * V));
        return not & ~(not - (TWOS & (-1L >>> (64 - 2 * V))));
    }

    private static long markFours(float[] x, int at, float[] y, int to, int groups, float sign) {
        FloatVector a = load(x, at, 4 * groups).mul(sign);
        FloatVector b = load(x, at + V, 4 * groups - V).mul(sign);
        FloatVector c = load(x, at + 2 * V, 4 * groups - 2 * V).mul(sign);
        FloatVector d = load(x, at + 3 * V, 4 * groups - 3 * V).mul(sign);
        FloatVector most = mostOfFours(a, b, c, d);
        store(most.mul(sign), y, to, groups);
        long less = a.compare(VectorOperators.LT, most.rearrange(FOUR_TIMES_0)).toLong()
                | b.compare(VectorOperators.LT, most.rearrange(FOUR_TIMES_1)).toLong() << V
                | c.compare(VectorOperators.LT, most.rearrange(FOUR_TIMES_2)).toLong() << (2 * V)
                | d.compare(VectorOperators.LT, most.rearrange(FOUR_TIMES_3)).toLong() << (3 * V);
        long not = ~less & (-1L >>> (64 - 4 * V));
        return not & ~(not - (FOURS & (-1L >>> (64 - 4 * V))));
    }

    static void unpool(float[] dy, int dyAt, PoolRow row, long[] first, int firstAt, float[] dx, int dxAt) {
        int n = row.outputs();
        for (int t = 0; t < n; t += V) {
            int bit = t * row.size();
            long bits = first[firstAt + bit / 64] >>> bit;
            if (row.size() == 2) {
                spreadTwos(dy, dyAt + t, n - t, bits, dx, dxAt + bit);
            } else if (n - t >= V) {
                spreadFours(dy, dyAt + t, bits, dx, dxAt + bit);
            } else {
                for (int i = 0; i < 4 * (n - t); i++) {
                    dx[dxAt + bit + i] = (bits >>> i & 1) == 0 ? 0 : dy[dyAt + t + i / 4];
                }
            }
        }
    }

    private static void spreadTwos(float[] dy, int at, int groups, long bits, float[] dx, int to) {
        FloatVector g = load(dy, at, groups);
        store(g.rearrange(TWICE_0), bits, dx, to, 2 * groups);
        store(g.rearrange(TWICE_1), bits >>> V, dx, to + V, 2 * groups - V);
    }

    private static void spreadFours(float[] dy, int at, long bits, float[] dx, int to) {
        FloatVector g = FloatVector.fromArray(S, dy, at);
        FloatVector zero = FloatVector.zero(S);
        zero.blend(g.rearrange(FOUR_TIMES_0), VectorMask.fromLong(S, bits)).intoArray(dx, to);
        zero.blend(g.rearrange(FOUR_TIMES_1), VectorMask.fromLong(S, bits >>> V))
                .intoArray(dx, to + V);
        zero.blend(g.rearrange(FOUR_TIMES_2), VectorMask.fromLong(S, bits >>> (2 * V)))
                .intoArray(dx, to + 2 * V);
        zero.blend(g.rearrange(FOUR_TIMES_3), VectorMask.fromLong(S, bits >>> (3 * V)))
                .intoArray(dx, to + 3 * V);
    }

    private static void store(FloatVector g, long bits, float[] dx, int to, int left) {
        store(FloatVector.zero(S).blend(g, VectorMask.fromLong(S, bits)), dx, to, left);
    }

    /** What is there of a vector; zeros behind it. */
    private static FloatVector load(float[] x, int at, int left) {
        return left >= V
                ? FloatVector.fromArray(S, x, at)
                : FloatVector.fromArray(S, x, at, S.indexInRange(0, Math.max(0, left)));
    }

    private static void store(FloatVector v, float[] y, int to, int left) {
        if (left >= V) {
            v.intoArray(y, to);
        } else if (left > 0) {
            v.intoArray(y, to, S.indexInRange(0, left));
        }
    }
}
