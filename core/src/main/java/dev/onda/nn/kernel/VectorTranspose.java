package dev.onda.nn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Kernels#transpose} on the Vector API: squares of 8 by 8, or of 4 by 4 where vectors have no more lanes, in registers
 * (Eklundh 1972); where they have 16, two squares side by side. What is behind whole squares is done by one that overlaps the one
 * before.
 *
 * <p>Vectors are as long as everywhere else in these kernels, though shorter ones would do here: once the compiler has met two
 * lengths it no longer knows which one a sum has that comes out of a loop, and makes objects of such sums in all kernels.
 */
final class VectorTranspose {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int V = S.length();
    /** Rows of a square, and columns. */
    private static final int SIDE = Math.min(8, V);

    private static final VectorMask<Float> LOWER = S.indexInRange(0, 8);
    /** Columns that are done for all rows before the next: their lines of the result stay in the cache. */
    private static final int STRIP = 64;

    private VectorTranspose() {}

    static void transpose(float[] x, int xAt, float[] y, int yAt, int rows, int columns) {
        if (rows < SIDE || columns < V) {
            small(x, xAt, y, yAt, rows, columns);
            return;
        }
        for (int from = 0; from < columns; from += STRIP) {
            int to = Math.min(columns, from + STRIP);
            for (int r = 0; r < rows; r += SIDE) {
                int row = Math.min(r, rows - SIDE);
                for (int c = from; c < to; c += V) {
                    int column = Math.min(c, columns - V);
                    int at = xAt + row * columns + column;
                    if (V == 4) {
                        four(x, at, columns, y, yAt + column * rows + row, rows);
                    } else {
                        eight(x, at, columns, y, yAt + column * rows + row, rows);
                    }
                }
            }
        }
    }

    private static void small(float[] x, int xAt, float[] y, int yAt, int rows, int columns) {
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                y[yAt + c * rows + r] = x[xAt + r * columns + c];
            }
        }
    }

    private static void four(float[] x, int at, int step, float[] y, int to, int toStep) {
        FloatVector a = FloatVector.fromArray(S, x, at);
        FloatVector b = FloatVector.fromArray(S, x, at + step);
        FloatVector c = FloatVector.fromArray(S, x, at + 2 * step);
        FloatVector d = FloatVector.fromArray(S, x, at + 3 * step);
        FloatVector ac = a.blend(c.rearrange(LaneExchange.BY_2), LaneExchange.BIT_2);
        FloatVector ca = a.rearrange(LaneExchange.BY_2).blend(c, LaneExchange.BIT_2);
        FloatVector bd = b.blend(d.rearrange(LaneExchange.BY_2), LaneExchange.BIT_2);
        FloatVector db = b.rearrange(LaneExchange.BY_2).blend(d, LaneExchange.BIT_2);
        ac.blend(bd.rearrange(LaneExchange.BY_1), LaneExchange.BIT_1).intoArray(y, to);
        ac.rearrange(LaneExchange.BY_1).blend(bd, LaneExchange.BIT_1).intoArray(y, to + toStep);
        ca.blend(db.rearrange(LaneExchange.BY_1), LaneExchange.BIT_1).intoArray(y, to + 2 * toStep);
        ca.rearrange(LaneExchange.BY_1).blend(db, LaneExchange.BIT_1).intoArray(y, to + 3 * toStep);
    }

    private static void eight(float[] x, int at, int step, float[] y, int to, int toStep) {
        FloatVector a = FloatVector.fromArray(S, x, at);
        FloatVector b = FloatVector.fromArray(S, x, at + step);
        FloatVector c = FloatVector.fromArray(S, x, at + 2 * step);
        FloatVector d = FloatVector.fromArray(S, x, at + 3 * step);
        FloatVector e = FloatVector.fromArray(S, x, at + 4 * step);
        FloatVector f = FloatVector.fromArray(S, x, at + 5 * step);
        FloatVector g = FloatVector.fromArray(S, x, at + 6 * step);
        FloatVector h = FloatVector.fromArray(S, x, at + 7 * step);
        FloatVector ae = a.blend(e.rearrange(LaneExchange.BY_4), LaneExchange.BIT_4);
        FloatVector ea = a.rearrange(LaneExchange.BY_4).blend(e, LaneExchange.BIT_4);
        FloatVector bf = b.blend(f.rearrange(LaneExchange.BY_4), LaneExchange.BIT_4);
        FloatVector fb = b.rearrange(LaneExchange.BY_4).blend(f, LaneExchange.BIT_4);
        FloatVector cg = c.blend(g.rearrange(LaneExchange.BY_4), LaneExchange.BIT_4);
        FloatVector gc = c.rearrange(LaneExchange.BY_4).blend(g, LaneExchange.BIT_4);
        FloatVector dh = d.blend(h.rearrange(LaneExchange.BY_4), LaneExchange.BIT_4);
        FloatVector hd = d.rearrange(LaneExchange.BY_4).blend(h, LaneExchange.BIT_4);
        a = ae.blend(cg.rearrange(LaneExchange.BY_2), LaneExchange.BIT_2);
        c = ae.rearrange(LaneExchange.BY_2).blend(cg, LaneExchange.BIT_2);
        b = bf.blend(dh.rearrange(LaneExchange.BY_2), LaneExchange.BIT_2);
        d = bf.rearrange(LaneExchange.BY_2).blend(dh, LaneExchange.BIT_2);
        e = ea.blend(gc.rearrange(LaneExchange.BY_2), LaneExchange.BIT_2);
        g = ea.rearrange(LaneExchange.BY_2).blend(gc, LaneExchange.BIT_2);
        f = fb.blend(hd.rearrange(LaneExchange.BY_2), LaneExchange.BIT_2);
        h = fb.rearrange(LaneExchange.BY_2).blend(hd, LaneExchange.BIT_2);
        FloatVector c0 = a.blend(b.rearrange(LaneExchange.BY_1), LaneExchange.BIT_1);
        FloatVector c1 = a.rearrange(LaneExchange.BY_1).blend(b, LaneExchange.BIT_1);
        FloatVector c2 = c.blend(d.rearrange(LaneExchange.BY_1), LaneExchange.BIT_1);
        FloatVector c3 = c.rearrange(LaneExchange.BY_1).blend(d, LaneExchange.BIT_1);
        FloatVector c4 = e.blend(f.rearrange(LaneExchange.BY_1), LaneExchange.BIT_1);
        FloatVector c5 = e.rearrange(LaneExchange.BY_1).blend(f, LaneExchange.BIT_1);
        FloatVector c6 = g.blend(h.rearrange(LaneExchange.BY_1), LaneExchange.BIT_1);
        FloatVector c7 = g.rearrange(LaneExchange.BY_1).blend(h, LaneExchange.BIT_1);
        if (V == 8) {
            c0.intoArray(y, to);
            c1.intoArray(y, to + toStep);
            c2.intoArray(y, to + 2 * toStep);
            c3.intoArray(y, to + 3 * toStep);
            c4.intoArray(y, to + 4 * toStep);
            c5.intoArray(y, to + 5 * toStep);
            c6.intoArray(y, to + 6 * toStep);
            c7.intoArray(y, to + 7 * toStep);
            return;
        }
        c0.intoArray(y, to, LOWER);
        c1.intoArray(y, to + toStep, LOWER);
        c2.intoArray(y, to + 2 * toStep, LOWER);
        c3.intoArray(y, to + 3 * toStep, LOWER);
        c4.intoArray(y, to + 4 * toStep, LOWER);
        c5.intoArray(y, to + 5 * toStep, LOWER);
        c6.intoArray(y, to + 6 * toStep, LOWER);
        c7.intoArray(y, to + 7 * toStep, LOWER);
        int upper = to + 8 * toStep;
        c0.rearrange(LaneExchange.BY_8).intoArray(y, upper, LOWER);
        c1.rearrange(LaneExchange.BY_8).intoArray(y, upper + toStep, LOWER);
        c2.rearrange(LaneExchange.BY_8).intoArray(y, upper + 2 * toStep, LOWER);
        c3.rearrange(LaneExchange.BY_8).intoArray(y, upper + 3 * toStep, LOWER);
        c4.rearrange(LaneExchange.BY_8).intoArray(y, upper + 4 * toStep, LOWER);
        c5.rearrange(LaneExchange.BY_8).intoArray(y, upper + 5 * toStep, LOWER);
        c6.rearrange(LaneExchange.BY_8).intoArray(y, upper + 6 * toStep, LOWER);
        c7.rearrange(LaneExchange.BY_8).intoArray(y, upper + 7 * toStep, LOWER);
    }
}
