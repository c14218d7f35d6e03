package dev.onda.nn.kernel;

import java.util.Arrays;

/**
 * A convolution's padded input as rows that a convolution of stride 1 can slide over: sample n of phase p is padded input
 * sample {@code n stride + p}, so a stride of s makes s rows of each channel. Row {@code channel * stride + phase}.
 */
final class PhaseRows {

    private final ConvShape shape;
    private final int length;
    /** By row and tap, which weight of an output channel it is; -1 where there is none. */
    private final int[] weights;

    /**
     * @param length samples of a row, zeros behind the input's last included
     */
    PhaseRows(ConvShape shape, int length) {
        this.shape = shape;
        this.length = length;
        this.weights = new int[count() * taps()];
        for (int row = 0; row < count(); row++) {
            for (int tap = 0; tap < taps(); tap++) {
                int at = tap * shape.stride() + row % shape.stride();
                boolean met = at % shape.dilation() == 0 && at / shape.dilation() < shape.kernel();
                int weight = row / shape.stride() * shape.kernel() + at / shape.dilation();
                weights[row * taps() + tap] = met ? weight : -1;
            }
        }
    }

    /** Taps from the first to the last of a row, those between dilated ones included. */
    static int taps(ConvShape shape) {
        return shape.dilation() * (shape.kernel() - 1) / shape.stride() + 1;
    }

    int taps() {
        return taps(shape);
    }

    int count() {
        return shape.inChannels() * shape.stride();
    }

    int length() {
        return length;
    }

    /** Numbers of one clip of the input. */
    int clipSize() {
        return shape.inChannels() * shape.length();
    }

    /** Weights of one output channel. */
    int weights() {
        return shape.groupInputs() * shape.kernel();
    }

    /** Copies a row's weights of an output channel, times a factor; taps without a weight become 0. */
    void spread(float[] w, int wAt, int row, float factor, float[] to) {
        int taps = taps();
        for (int tap = 0; tap < taps; tap++) {
            int weight = weights[row * taps + tap];
            to[tap] = weight < 0 ? 0 : w[wAt + weight] * factor;
        }
    }

    /** The other way: a row's taps, times a factor, to where its weights belong. */
    void collect(float[] from, int row, float factor, float[] w, int wAt) {
        int taps = taps();
        for (int tap = 0; tap < taps; tap++) {
            int weight = weights[row * taps + tap];
            if (weight >= 0) {
                w[wAt + weight] = from[tap] * factor;
            }
        }
    }

    /** Copies an output channel's weights from the order (tap, row). */
    void collectTurned(float[] from, int at, float[] w, int wAt) {
        int taps = taps();
        int count = count();
        for (int row = 0; row < count; row++) {
            for (int tap = 0; tap < taps; tap++) {
                int weight = weights[row * taps + tap];
                if (weight >= 0) {
                    w[wAt + weight] = from[at + tap * count + row];
                }
            }
        }
    }

    /** Input samples from the row's first one on, and that one's place in the row. */
    private int first(int row) {
        return Math.floorMod(row % shape.stride() - shape.padLeft(), shape.stride());
    }

    private int place(int row) {
        return (first(row) + shape.padLeft() - row % shape.stride()) / shape.stride();
    }

    /** Samples of a row that are input, at most what fits. */
    private int samples(int row) {
        int all = (shape.length() - first(row) + shape.stride() - 1) / shape.stride();
        return Math.clamp(length - place(row), 0, Math.max(0, all));
    }

    /** Writes a whole row of the clip that starts at {@code xAt}. */
    void gather(float[] x, int xAt, int row, float[] to, int at) {
        int from = xAt + row / shape.stride() * shape.length() + first(row);
        int place = place(row);
        int samples = samples(row);
        Arrays.fill(to, at, at + Math.min(length, place), 0);
        if (shape.stride() == 1) {
            System.arraycopy(x, samples > 0 ? from : 0, to, at + place, samples);
        } else {
            for (int i = 0; i < samples; i++) {
                to[at + place + i] = x[from + i * shape.stride()];
            }
        }
        Arrays.fill(to, at + Math.min(length, place + samples), at + length, 0);
    }

    /** The other way: writes the row's samples to the clip that starts at {@code xAt}; those it does not reach become 0. */
    void scatter(float[] from, int at, int row, float[] x, int xAt) {
        int to = xAt + row / shape.stride() * shape.length() + first(row);
        int place = place(row);
        int samples = samples(row);
        for (int i = 0; i < samples; i++) {
            x[to + i * shape.stride()] = from[at + place + i];
        }
        for (int i = samples; first(row) + i * shape.stride() < shape.length(); i++) {
            x[to + i * shape.stride()] = 0;
        }
    }
}
