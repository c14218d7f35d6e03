package dev.onda.audio;

/**
 * The arithmetic of a {@link PolyphaseFilter} in plain loops. Its bits are the reference: each output is one chain of fused
 * multiply-adds in the order of the taps, which {@link PolyphaseLanes} keeps. Sums run in floats: over some hundred taps they
 * err by about -135 dB.
 */
final class PolyphaseDots {

    private PolyphaseDots() {}

    /** Computes the outputs from index {@code done} on. */
    static void apply(PolyphaseFilter filter, Span inputs, Span outputs, int done) {
        float[] y = outputs.samples();
        int n = done;
        if (filter.isExact()) {
            for (; n + 4 <= outputs.length(); n += 4) {
                four(filter, inputs, outputs, n);
            }
        }
        for (; n < outputs.length(); n++) {
            y[n] = one(filter, inputs, outputs.origin() + n);
        }
    }

    /** Four outputs side by side: a chain alone would wait for its own last sum. */
    private static void four(PolyphaseFilter filter, Span inputs, Span outputs, int n) {
        long output = outputs.origin() + n;
        int x0 = start(filter, inputs, output);
        int x1 = start(filter, inputs, output + 1);
        int x2 = start(filter, inputs, output + 2);
        int x3 = start(filter, inputs, output + 3);
        int h0 = row(filter, output);
        int h1 = row(filter, output + 1);
        int h2 = row(filter, output + 2);
        int h3 = row(filter, output + 3);
        float[] x = inputs.samples();
        float[] h = filter.coefficients;
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        int taps = filter.taps();
        for (int k = 0; k < taps; k++) {
            sum0 = Math.fma(x[x0 + k], h[h0 + k], sum0);
            sum1 = Math.fma(x[x1 + k], h[h1 + k], sum1);
            sum2 = Math.fma(x[x2 + k], h[h2 + k], sum2);
            sum3 = Math.fma(x[x3 + k], h[h3 + k], sum3);
        }
        float[] y = outputs.samples();
        y[n] = sum0;
        y[n + 1] = sum1;
        y[n + 2] = sum2;
        y[n + 3] = sum3;
    }

    /** One output; on the line between two rows if the filter has not one for every phase. */
    private static float one(PolyphaseFilter filter, Span inputs, long output) {
        float[] x = inputs.samples();
        float[] h = filter.coefficients;
        int taps = filter.taps();
        int start = start(filter, inputs, output);
        int row = row(filter, output);
        int nextRow = row + taps;
        float before = 0;
        float after = 0;
        for (int k = 0; k < taps; k++) {
            before = Math.fma(x[start + k], h[row + k], before);
            after = Math.fma(x[start + k], h[nextRow + k], after);
        }
        return filter.isExact() ? before : before + weight(filter, output) * (after - before);
    }

    private static int start(PolyphaseFilter filter, Span inputs, long output) {
        return (int) (filter.firstInput(output) - inputs.origin());
    }

    private static int row(PolyphaseFilter filter, long output) {
        long phase = output * filter.down % filter.up;
        return (int) (phase * filter.rows / filter.up) * filter.taps();
    }

    /** How far the output lies from its row towards the next, in [0, 1). */
    private static float weight(PolyphaseFilter filter, long output) {
        long phase = output * filter.down % filter.up;
        return phase * filter.rows % filter.up / (float) filter.up;
    }
}
