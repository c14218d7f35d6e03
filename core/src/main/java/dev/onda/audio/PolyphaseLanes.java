package dev.onda.audio;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The arithmetic of a {@link PolyphaseFilter} in vectors, bit for bit as {@link PolyphaseDots} does it. A vector's lanes are
 * outputs of one phase in successive periods, and inputs are first sorted by their place in the period, so that the lanes of
 * every tap lie side by side. Eight vectors run at once: each is a chain of fused multiply-adds.
 */
final class PolyphaseLanes {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int WIDTH = SPECIES.length();
    /** Periods computed together. */
    private static final int BLOCK = 8 * WIDTH;
    /** Sorted inputs a tile should keep within: 32 KiB. */
    private static final int TILE_FLOATS = 8192;

    private final PolyphaseFilter filter;
    /** Periods a tile, a multiple of BLOCK. */
    private final int tile;
    /** Distance between the sorted inputs of neighbouring places in the period. */
    private final int stride;
    /** Where an input lands among the sorted ones, by its distance from the first of the tile. */
    private final int[] places;

    private final float[] sorted;
    private final float[] lanes;

    /**
     * @param periods as many as there will be at a time; more are done in pieces
     */
    PolyphaseLanes(PolyphaseFilter filter, int periods) {
        this.filter = filter;
        int wanted = Math.min(periods, TILE_FLOATS / filter.down);
        tile = Math.max(BLOCK, wanted / BLOCK * BLOCK);
        int down = filter.down;
        places = new int[down + filter.taps()];
        stride = tile + places.length / down + 1;
        for (int i = 0; i < places.length; i++) {
            places[i] = i % down * stride + i / down;
        }
        sorted = new float[down * stride];
        lanes = new float[tile];
    }

    /** Computes outputs from the first on, as long as there are enough whole periods; returns how many it did. */
    int apply(Span inputs, Span outputs) {
        int periods = wholePeriods(filter, outputs.length());
        for (int done = 0; done < periods; done += tile) {
            computeTile(inputs, outputs, done, Math.min(tile, periods - done));
        }
        return periods * filter.up;
    }

    /** How many periods of so many outputs can be done here. */
    private static int wholePeriods(PolyphaseFilter filter, int outputs) {
        return outputs / filter.up / BLOCK * BLOCK;
    }

    private void computeTile(Span inputs, Span outputs, int done, int periods) {
        long first = outputs.origin() + (long) done * filter.up;
        long firstInput = filter.firstInput(first);
        sort(inputs, (int) (firstInput - inputs.origin()), periods);
        for (int p = 0; p < filter.up; p++) {
            int place = (int) (filter.firstInput(first + p) - firstInput);
            int phase = (int) ((first + p) * filter.down % filter.up);
            for (int lane = 0; lane < periods; lane += BLOCK) {
                computeBlock(place, phase * filter.taps(), lane);
            }
            scatter(outputs.samples(), done * filter.up + p, periods);
        }
    }

    private void sort(Span inputs, int start, int periods) {
        float[] x = inputs.samples();
        int length = inputs.length();
        int down = filter.down;
        int most = periods + places.length / down + 1;
        for (int place = 0; place < down; place++) {
            int columns = Math.min(most, Math.ceilDiv(length - start - place, down));
            int from = start + place;
            int to = place * stride;
            for (int i = 0; i < columns; i++) {
                sorted[to + i] = x[from + i * down];
            }
        }
    }

    private void computeBlock(int place, int row, int lane) {
        FloatVector y0 = FloatVector.zero(SPECIES);
        FloatVector y1 = y0;
        FloatVector y2 = y0;
        FloatVector y3 = y0;
        FloatVector y4 = y0;
        FloatVector y5 = y0;
        FloatVector y6 = y0;
        FloatVector y7 = y0;
        float[] x = sorted;
        float[] h = filter.coefficients;
        int[] at = places;
        int taps = filter.taps();
        for (int k = 0; k < taps; k++) {
            int i = lane + at[place + k];
            FloatVector tap = FloatVector.broadcast(SPECIES, h[row + k]);
            y0 = FloatVector.fromArray(SPECIES, x, i).fma(tap, y0);
            y1 = FloatVector.fromArray(SPECIES, x, i + WIDTH).fma(tap, y1);
            y2 = FloatVector.fromArray(SPECIES, x, i + 2 * WIDTH).fma(tap, y2);
            y3 = FloatVector.fromArray(SPECIES, x, i + 3 * WIDTH).fma(tap, y3);
            y4 = FloatVector.fromArray(SPECIES, x, i + 4 * WIDTH).fma(tap, y4);
            y5 = FloatVector.fromArray(SPECIES, x, i + 5 * WIDTH).fma(tap, y5);
            y6 = FloatVector.fromArray(SPECIES, x, i + 6 * WIDTH).fma(tap, y6);
            y7 = FloatVector.fromArray(SPECIES, x, i + 7 * WIDTH).fma(tap, y7);
        }
        y0.intoArray(lanes, lane);
        y1.intoArray(lanes, lane + WIDTH);
        y2.intoArray(lanes, lane + 2 * WIDTH);
        y3.intoArray(lanes, lane + 3 * WIDTH);
        y4.intoArray(lanes, lane + 4 * WIDTH);
        y5.intoArray(lanes, lane + 5 * WIDTH);
        y6.intoArray(lanes, lane + 6 * WIDTH);
        y7.intoArray(lanes, lane + 7 * WIDTH);
    }

    private void scatter(float[] y, int start, int periods) {
        int up = filter.up;
        for (int lane = 0; lane < periods; lane++) {
            y[start + lane * up] = lanes[lane];
        }
    }
}
