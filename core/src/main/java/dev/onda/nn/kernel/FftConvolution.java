package dev.onda.nn.kernel;

import dev.onda.nn.kernel.SpectrumProduct.Stride;
import java.util.Arrays;

/**
 * The form for long kernels: blocks of N samples are multiplied by the kernels at each frequency ("overlap-save", Stockham
 * 1966), all three sums in one run. {@link FftChoice} says how many samples those are.
 *
 * <p>A block yields {@code L = N + 1 - taps} outputs. Two blocks go through a transform as real and imaginary part, and stay
 * together: kernels are real, so their products with both parts do not mix. Backward, L samples of the output gradient and
 * zeros behind them make a block, whose spectrum serves both gradients: times the kernel's it is a piece of the input
 * gradient, which overlaps its neighbours ("overlap-add"); its conjugate, times that of the input block, summed over blocks
 * and clips is the weight gradient, of which one transform a weight is left to do. (The imaginary part of that sum belongs to
 * nobody.) A stride is taken away as in {@link PhaseRows}.
 *
 * <p>Work is shared out by clip, and the sum over clips by frequency: bits do not depend on the threads. Long, as all three sums share
 * spectra and memory.
 */
final class FftConvolution implements Convolution.ByClip {

    /**
     * Numbers between the spectra of one pair and the next, one line of the cache: without them all terms of a sum over pairs lie
     * 2 or 4 KiB apart, in the few places that the first level of cache has for such addresses.
     */
    private static final int GAP = 16;
    /** Clips whose spectra are kept at once, to be summed up: enough for all threads, few enough for the cache. */
    private static final int CHUNK = 8;

    private final Spectrum spectrum;
    /** Points of a spectrum, samples of a block: N. */
    private final int points;

    private final PhaseRows rows;
    private final Kernels kernels;
    private final Workers workers;
    private final int inputs;
    private final int outputs;
    private final int outLength;
    /** Outputs of a block. */
    private final int step;
    /** Pairs of blocks of a clip. */
    private final int pairs;

    /** Spectra of the kernels over N: (group of lanes, output, row). */
    private final float[] weights;

    private float[] bias = {};
    private final SpectrumProduct forward;
    private final SpectrumProduct toInput;
    private SpectrumProduct toWeights;
    private final Scratch[] scratch;
    /** Numbers from one pair's spectra to the next, of rows and of outputs. */
    private final int inputPitch;

    private final int outputPitch;
    /** Spectra of a chunk of clips: (group of lanes, clip, pair, row or output); taken when first needed. */
    private float[] inputSpectra = {};

    private float[] outputSpectra = {};
    private float[] weightSpectra = {};
    /** Sums of the output gradient, by clip and output. */
    private double[] biasSums = {};

    private final Job job = new Job();
    private final Workers.Task loadKernels = this::loadKernels;
    private final Workers.Task clipGradients = this::clipGradients;
    private final Workers.Task sumProducts = this::sumProducts;
    private final Workers.Task finish = this::finish;

    /** A thread's own memory. */
    private static final class Scratch {
        final float[] time;
        final float[] passes = new float[Spectrum.SCRATCH];
        final float[] row;
        final float[] input;
        final float[] output;

        Scratch(Spectrum spectrum, int row, int inputs, int outputs) {
            this.time = new float[spectrum.size()];
            this.row = new float[row];
            this.input = new float[inputs * spectrum.size()];
            this.output = new float[outputs * spectrum.size()];
        }
    }

    /** What the tasks of a run read. */
    private static final class Job {
        float[] w = {};
        float[] x = {};
        float[] y = {};
        float[] dx = {};
        float[] dw = {};
        int first;
        int clips;
    }

    FftConvolution(ConvShape shape, Spectrum spectrum, Kernels kernels, Workers workers) {
        this.spectrum = spectrum;
        this.points = spectrum.points();
        this.kernels = kernels;
        this.workers = workers;
        this.outLength = shape.outLength();
        this.step = points + 1 - PhaseRows.taps(shape);
        int blocks = (outLength + step - 1) / step;
        this.pairs = (blocks + 1) / 2;
        this.rows = new PhaseRows(shape, (2 * pairs - 1) * step + points);
        this.inputs = rows.count();
        this.outputs = shape.outChannels();
        this.weights = new float[inputs * outputs * spectrum.size()];
        int in = inputs * Spectrum.GROUP;
        int out = outputs * Spectrum.GROUP;
        int one = Spectrum.GROUP;
        this.inputPitch = in + GAP;
        this.outputPitch = out + GAP;
        this.forward = new SpectrumProduct(
                outputs, pairs, inputs, new Stride(in, one), new Stride(in, one), new Stride(one, out), true, false);
        this.toInput = new SpectrumProduct(
                inputs,
                pairs,
                outputs,
                new Stride(outputPitch, one),
                new Stride(one, in),
                new Stride(one, in),
                false,
                false);
        this.toWeights = new SpectrumProduct(
                outputs,
                inputs,
                pairs,
                new Stride(one, inputPitch),
                new Stride(one, outputPitch),
                new Stride(in, one),
                true,
                true);
        this.scratch = new Scratch[workers.threads()];
        for (int i = 0; i < scratch.length; i++) {
            scratch[i] = new Scratch(spectrum, rows.length(), pairs * inputs, pairs * outputs);
        }
    }

    @Override
    public void load(float[] w, float[] newBias) {
        bias = newBias;
        job.w = w;
        workers.run(outputs, loadKernels);
    }

    private void loadKernels(int output, int worker) {
        Scratch s = scratch[worker];
        float[] time = s.time;
        int groupStride = inputs * outputs * Spectrum.GROUP;
        Arrays.fill(time, 0);
        for (int row = 0; row < inputs; row++) {
            rows.spread(job.w, output * rows.weights(), row, 1f / points, time);
            int to = (output * inputs + row) * Spectrum.GROUP;
            transform(time, 0, points, weights, to, groupStride, s);
        }
    }

    /** Time to spectrum: real parts from {@code re} on, imaginary ones from {@code im} on. */
    private void transform(float[] x, int re, int im, float[] spectra, int at, int groupStride, Scratch s) {
        kernels.fft(spectrum, x, re, im, Spectrum.LANES, spectra, at, at + Spectrum.LANES, groupStride, s.passes);
    }

    /** Spectrum to time, without the factor 1 / N: the same transform with the parts exchanged. */
    private void inverse(float[] spectra, int at, int groupStride, Scratch s) {
        kernels.fft(
                spectrum, spectra, at + Spectrum.LANES, at, groupStride, s.time, points, 0, Spectrum.LANES, s.passes);
    }

    @Override
    public void forward(float[] x, float[] y, int clips) {
        workers.run(clips, (clip, worker) -> forward(x, clip * rows.clipSize(), y, clip * outputs * outLength, worker));
    }

    @Override
    public void forward(float[] x, int xAt, float[] y, int yAt, int worker) {
        Scratch s = scratch[worker];
        int xStride = pairs * inputs * Spectrum.GROUP;
        int yStride = pairs * outputs * Spectrum.GROUP;
        spectra(x, xAt, s.input, 0, inputs * Spectrum.GROUP, xStride, s);
        for (int group = 0; group < spectrum.groups(); group++) {
            int w = group * inputs * outputs * Spectrum.GROUP;
            kernels.multiply(forward, s.input, group * xStride, weights, w, s.output, group * yStride);
        }
        for (int pair = 0; pair < pairs; pair++) {
            for (int o = 0; o < outputs; o++) {
                inverse(s.output, (pair * outputs + o) * Spectrum.GROUP, yStride, s);
                float shift = bias.length > 0 ? bias[o] : 0;
                for (int part = 0; part < 2; part++) {
                    int t = (2 * pair + part) * step;
                    int some = Math.min(step, outLength - t);
                    if (some > 0) {
                        kernels.scaleShift(s.time, part * points, y, yAt + o * outLength + t, some, 1, shift);
                    }
                }
            }
        }
    }

    /** Spectra of a clip's input, by pair and row, from {@code to} on in each group of lanes. */
    private void spectra(float[] x, int xAt, float[] spectra, int to, int pitch, int groupStride, Scratch s) {
        for (int row = 0; row < inputs; row++) {
            rows.gather(x, xAt, row, s.row, 0);
            for (int pair = 0; pair < pairs; pair++) {
                int at = 2 * pair * step;
                transform(s.row, at, at + step, spectra, to + pair * pitch + row * Spectrum.GROUP, groupStride, s);
            }
        }
    }

    @Override
    public void gradients(float[] x, float[] dy, float[] dx, float[] dw, float[] db, int clips) {
        int chunk = Math.max(CHUNK, workers.threads());
        if (weightSpectra.length == 0) {
            inputSpectra = new float[chunk * pairs * inputPitch * spectrum.groups()];
            outputSpectra = new float[chunk * pairs * outputPitch * spectrum.groups()];
            weightSpectra = new float[inputs * outputs * spectrum.size()];
        }
        if (biasSums.length < clips * outputs) {
            biasSums = new double[clips * outputs];
        }
        Arrays.fill(weightSpectra, 0);
        job.x = x;
        job.y = dy;
        job.dx = dx;
        job.dw = dw;
        for (int first = 0; first < clips; first += chunk) {
            job.first = first;
            job.clips = Math.min(chunk, clips - first);
            if (toWeights.terms() != job.clips * pairs) {
                toWeights = toWeights.withTerms(job.clips * pairs);
            }
            workers.run(job.clips, clipGradients);
            workers.run(spectrum.groups(), sumProducts);
        }
        workers.run(outputs, finish);
        BiasGradient.add(biasSums, outputs, clips, db);
    }

    /** Spectra of a clip's input and output gradient, and its input gradient. */
    private void clipGradients(int place, int worker) {
        Scratch s = scratch[worker];
        int clip = job.first + place;
        int xStride = job.clips * pairs * inputPitch;
        int yStride = job.clips * pairs * outputPitch;
        spectra(job.x, clip * rows.clipSize(), inputSpectra, place * pairs * inputPitch, inputPitch, xStride, s);
        int to = place * pairs * outputPitch;
        Arrays.fill(s.time, 0);
        for (int pair = 0; pair < pairs; pair++) {
            for (int o = 0; o < outputs; o++) {
                for (int part = 0; part < 2; part++) {
                    int t = (2 * pair + part) * step;
                    int some = Math.clamp(outLength - t, 0, step);
                    int from = (clip * outputs + o) * outLength + t;
                    System.arraycopy(job.y, some > 0 ? from : 0, s.time, part * points, some);
                    Arrays.fill(s.time, part * points + some, part * points + step, 0);
                }
                transform(s.time, 0, points, outputSpectra, to + pair * outputPitch + o * Spectrum.GROUP, yStride, s);
            }
        }
        for (int o = 0; o < outputs; o++) {
            int at = clip * outputs + o;
            biasSums[at] = kernels.sum(job.y, at * outLength, outLength);
        }
        if (job.dx.length > 0) {
            clipInputGradient(clip, to, yStride, s);
        }
    }

    private void clipInputGradient(int clip, int to, int yStride, Scratch s) {
        int dxStride = pairs * inputs * Spectrum.GROUP;
        for (int group = 0; group < spectrum.groups(); group++) {
            int w = group * inputs * outputs * Spectrum.GROUP;
            kernels.multiply(toInput, outputSpectra, to + group * yStride, weights, w, s.input, group * dxStride);
        }
        for (int row = 0; row < inputs; row++) {
            Arrays.fill(s.row, 0);
            for (int pair = 0; pair < pairs; pair++) {
                inverse(s.input, (pair * inputs + row) * Spectrum.GROUP, dxStride, s);
                kernels.add(s.time, 0, s.row, 2 * pair * step, points);
                kernels.add(s.time, points, s.row, (2 * pair + 1) * step, points);
            }
            rows.scatter(s.row, 0, row, job.dx, clip * rows.clipSize());
        }
    }

    /** Adds the chunk's products to the weight gradient's spectra, in one group of lanes. */
    private void sumProducts(int group, int worker) {
        int x = group * job.clips * pairs * inputPitch;
        int y = group * job.clips * pairs * outputPitch;
        int w = group * inputs * outputs * Spectrum.GROUP;
        kernels.multiply(toWeights, inputSpectra, x, outputSpectra, y, weightSpectra, w);
    }

    private void finish(int output, int worker) {
        Scratch s = scratch[worker];
        int groupStride = inputs * outputs * Spectrum.GROUP;
        for (int row = 0; row < inputs; row++) {
            inverse(weightSpectra, (output * inputs + row) * Spectrum.GROUP, groupStride, s);
            rows.collect(s.time, row, 1f / points, job.dw, output * rows.weights());
        }
    }
}
