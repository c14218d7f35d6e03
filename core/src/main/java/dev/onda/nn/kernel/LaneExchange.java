package dev.onda.nn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * What turns squares of numbers over in registers (Eklundh 1972): a bit of a row's number changes places with one of a lane's. With
 * {@code BY} and {@code BIT} of that bit, rows a and b become {@code a.blend(b.rearrange(BY), BIT)} and
 * {@code a.rearrange(BY).blend(b, BIT)}.
 */
final class LaneExchange {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    static final VectorShuffle<Float> BY_1 = by(1);
    static final VectorShuffle<Float> BY_2 = by(2);
    static final VectorShuffle<Float> BY_4 = by(4);
    static final VectorShuffle<Float> BY_8 = by(8);
    static final VectorMask<Float> BIT_1 = bit(1);
    static final VectorMask<Float> BIT_2 = bit(2);
    static final VectorMask<Float> BIT_4 = bit(4);
    static final VectorMask<Float> BIT_8 = bit(8);

    private LaneExchange() {}

    /** Exchanges the lanes whose numbers differ in a bit; leaves all where they are if no number has it. */
    private static VectorShuffle<Float> by(int bit) {
        return VectorShuffle.fromOp(S, lane -> bit < S.length() ? lane ^ bit : lane);
    }

    /** The lanes whose number has a bit. */
    private static VectorMask<Float> bit(int bit) {
        boolean[] has = new boolean[S.length()];
        for (int lane = 0; lane < has.length; lane++) {
            has[lane] = (lane & bit) != 0;
        }
        return VectorMask.fromArray(S, has, 0);
    }
}
