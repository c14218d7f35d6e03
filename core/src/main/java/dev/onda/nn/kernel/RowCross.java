package dev.onda.nn.kernel;

import java.util.Arrays;

/**
 * What {@link Kernels#cross} computes, planned once.
 *
 * <p>Rows are taken {@link #ROWS} at a time and taps {@link #TAPS} at a time; the sums of such a block lie side by side,
 * each spread over {@link #LANES} lanes.
 *
 * @param taps offsets of the second rows; not copied
 * @param rows how many first rows, 1 to {@link #ROWS}
 * @param aStride elements from one first row to the next
 * @param length elements a row
 */
public record RowCross(int[] taps, int rows, int aStride, int length) {

    static final int ROWS = 4;
    static final int TAPS = 5;
    /** At least the longest vector: 512 bits of float. */
    static final int LANES = 16;

    /** Elements that the running sums of so many taps need. */
    public static int scratchSize(int taps) {
        return (taps + TAPS - 1) / TAPS * TAPS * ROWS * LANES;
    }

    /** Starts the sums over. */
    public void clear(float[] lanes) {
        Arrays.fill(lanes, 0, scratchSize(taps.length), 0);
    }

    static int lane(int row, int tap) {
        return (tap / TAPS * TAPS * ROWS + row * TAPS + tap % TAPS) * LANES;
    }

    /** The sum of a row with a tap: its lanes, added in a fixed order. */
    public static float total(float[] lanes, int row, int tap) {
        int at = lane(row, tap);
        float sum = 0;
        for (int i = at; i < at + LANES / 4; i++) {
            sum += (lanes[i] + lanes[i + 4]) + (lanes[i + 8] + lanes[i + 12]);
        }
        return sum;
    }
}
