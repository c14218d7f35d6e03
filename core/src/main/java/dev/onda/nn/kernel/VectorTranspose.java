package dev.onda.nn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** {@link Kernels#transpose} on the Vector API: squares of 4 by 4, in registers of 128 bits (Eklundh 1972). */
final class VectorTranspose {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_128;
    private static final VectorShuffle<Float> BY_1 = VectorShuffle.fromOp(S, lane -> lane ^ 1);
    private static final VectorShuffle<Float> BY_2 = VectorShuffle.fromOp(S, lane -> lane ^ 2);
    private static final VectorMask<Float> BIT_1 = VectorMask.fromValues(S, false, true, false, true);
    private static final VectorMask<Float> BIT_2 = VectorMask.fromValues(S, false, false, true, true);
    /** Columns that are done for all rows before the next: their lines of the result stay in the cache. */
    private static final int STRIP = 64;

    private VectorTranspose() {}

    static void transpose(float[] x, int xAt, float[] y, int yAt, int rows, int columns) {
        int wholeRows = rows - rows % 4;
        int wholeColumns = columns - columns % 4;
        for (int from = 0; from < wholeColumns; from += STRIP) {
            int to = Math.min(wholeColumns, from + STRIP);
            for (int r = 0; r < wholeRows; r += 4) {
                for (int c = from; c < to; c += 4) {
                    square(x, xAt + r * columns + c, columns, y, yAt + c * rows + r, rows);
                }
            }
        }
        for (int r = 0; r < rows; r++) {
            for (int c = r < wholeRows ? wholeColumns : 0; c < columns; c++) {
                y[yAt + c * rows + r] = x[xAt + r * columns + c];
            }
        }
    }

    private static void square(float[] x, int at, int step, float[] y, int to, int toStep) {
        FloatVector a = FloatVector.fromArray(S, x, at);
        FloatVector b = FloatVector.fromArray(S, x, at + step);
        FloatVector c = FloatVector.fromArray(S, x, at + 2 * step);
        FloatVector d = FloatVector.fromArray(S, x, at + 3 * step);
        FloatVector ac = a.blend(c.rearrange(BY_2), BIT_2);
        FloatVector ca = a.rearrange(BY_2).blend(c, BIT_2);
        FloatVector bd = b.blend(d.rearrange(BY_2), BIT_2);
        FloatVector db = b.rearrange(BY_2).blend(d, BIT_2);
        ac.blend(bd.rearrange(BY_1), BIT_1).intoArray(y, to);
        ac.rearrange(BY_1).blend(bd, BIT_1).intoArray(y, to + toStep);
        ca.blend(db.rearrange(BY_1), BIT_1).intoArray(y, to + 2 * toStep);
        ca.rearrange(BY_1).blend(db, BIT_1).intoArray(y, to + 3 * toStep);
    }
}
