package dev.onda.nn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * What turns squares of numbers over in registers (Eklundh 1972): a bit of a row's number changes places with one of a lane's. With
 * {@code by} and {@code bit} of that bit, rows a and b become {@code a.blend(b.rearrange(by), bit)} and
 * {@code a.rearrange(by).blend(b, bit)}.
 */
final class LaneExchange {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    private LaneExchange() {}

    /** Exchanges the lanes whose numbers differ in a bit; leaves all where they are if no number has it. */
    static VectorShuffle<Float> by(int bit) {
        return VectorShuffle.fromOp(S, lane -> bit < S.length() ? lane ^ bit : lane);
    }

    /** The lanes whose number has a bit. */
    static VectorMask<Float> bit(int bit) {
        boolean[] has = new boolean[S.length()];
        for (int lane = 0; lane < has.length; lane++) {
            has[lane] = (lane & bit) != 0;
        }
        return VectorMask.fromArray(S, has, 0);
    }
}
