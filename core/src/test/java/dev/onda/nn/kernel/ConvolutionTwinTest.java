package dev.onda.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolutions of every kind of shape, on both kernels, against the definition in float64. */
final class ConvolutionTwinTest {

    private static final int[] LENGTHS = {1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 1021};
    private static final List<Spectrum> SPECTRA = List.of(new Spectrum(128), new Spectrum(256), new Spectrum(512));
    private static final double TOLERANCE = 1e-5;
    private static final Workers WORKERS = new Workers(3);

    static List<Kernels> kernels() {
        return List.of(new VectorKernels(), new ScalarKernels());
    }

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void randomShapesAgree(Kernels kernels) {
        for (long seed = 1; seed <= 250; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            assertAgrees(randomShape(random), kernels, random, "seed " + seed);
        }
    }

    private static ConvShape randomShape(SplittableRandom random) {
        boolean depthwise = random.nextInt(5) == 0;
        int groups = depthwise || random.nextInt(3) == 0 ? random.nextInt(1, 7) : 1;
        int groupInputs = random.nextInt(4) == 0 ? random.nextInt(1, 10) : random.nextInt(1, 4);
        int groupOutputs = random.nextInt(1, groups > 1 ? 4 : 19);
        groupInputs = depthwise ? 1 : groupInputs;
        groupOutputs = depthwise ? 1 : groupOutputs;
        int length = LENGTHS[random.nextInt(LENGTHS.length)];
        int kernel = random.nextInt(3) == 0 ? random.nextInt(1, 102) : random.nextInt(1, 8);
        int stride = depthwise ? 1 : random.nextInt(1, 6);
        int dilation = random.nextInt(1, 4);
        int padding = 0;
        if (random.nextBoolean()) {
            int out = (length + stride - 1) / stride;
            padding = Math.max(0, (out - 1) * stride + dilation * (kernel - 1) + 1 - length);
        } else if (dilation * (kernel - 1) + 1 > length) {
            kernel = (length - 1) / dilation + 1;
        }
        return new ConvShape(
                groups * groupInputs,
                groups * groupOutputs,
                kernel,
                stride,
                dilation,
                groups,
                length,
                padding / 2,
                padding - padding / 2);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void depthwiseShapesAgree(Kernels kernels) {
        long seed = 1000;
        for (int multiplier : new int[] {1, 2, 3}) {
            for (int stride : new int[] {1, 2, 5}) {
                SplittableRandom random = new SplittableRandom(++seed);
                ConvShape shape = new ConvShape(7, 7 * multiplier, 9, stride, 1, 7, 133, 4, 4);
                assertAgrees(shape, kernels, random, "seed " + seed);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void denseShapesAgree(Kernels kernels) {
        long seed = 2000;
        for (int outputs : new int[] {1, 2, 3, 18, 30}) {
            for (int inputs : new int[] {1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 767, 768, 1021}) {
                ConvShape shape = new ConvShape(inputs, outputs, 1, 1, 1, 1, 1, 0, 0);
                assertThat(shape.isDense()).isTrue();
                assertAgrees(shape, kernels, new SplittableRandom(++seed), "seed " + seed);
            }
        }
    }

    /** More clips than one task of the dense layer takes, more taps than one task of the weight gradient takes. */
    @ParameterizedTest
    @MethodSource("kernels")
    void largeBatchesAgree(Kernels kernels) {
        for (ConvShape shape : List.of(
                new ConvShape(33, 10, 1, 1, 1, 1, 1, 0, 0),
                new ConvShape(9, 6, 1, 1, 1, 1, 17, 0, 0),
                new ConvShape(3, 5, 31, 2, 1, 1, 65, 15, 15))) {
            for (int clips : new int[] {39, 40, 41, 83}) {
                SplittableRandom random = new SplittableRandom(clips);
                Convolution convolution = Convolution.plan(shape, 90, kernels, WORKERS);
                new Case(shape, clips, random).assertAgrees(convolution, "seed " + clips);
            }
        }
    }

    /** The form for long kernels, also where it is not chosen: its kernels on both sides of a block, strides, dilation. */
    @ParameterizedTest
    @MethodSource("kernels")
    void spectraAgree(Kernels kernels) {
        for (Spectrum spectrum : SPECTRA) {
            int cases = kernels.hasFastFft(spectrum) ? 60 : 3;
            for (long seed = 1; seed <= cases; seed++) {
                SplittableRandom random = new SplittableRandom(seed);
                ConvShape shape = longKernel(spectrum.points(), random);
                FftConvolution convolution = new FftConvolution(shape, spectrum, kernels, WORKERS);
                for (int clips : new int[] {random.nextInt(1, 12), random.nextInt(1, 12)}) {
                    new Case(shape, clips, random).assertAgrees(convolution, spectrum + ", seed " + seed);
                }
            }
        }
    }

    private static ConvShape longKernel(int mostTaps, SplittableRandom random) {
        int kernel = new int[] {1, 2, 16, 20, 40, 60, 100, 128, 129, 200, 256}[random.nextInt(11)];
        int stride = random.nextInt(3) == 0 ? random.nextInt(2, 6) : 1;
        int dilation = random.nextInt(3) == 0 && kernel <= 60 ? random.nextInt(2, 4) : 1;
        kernel = Math.min(kernel, (mostTaps - 1) / dilation + 1);
        int reach = dilation * (kernel - 1);
        boolean padded = random.nextBoolean();
        int length = LENGTHS[random.nextInt(4, LENGTHS.length)] + (padded ? 0 : reach);
        return new ConvShape(
                random.nextInt(1, 6),
                random.nextInt(1, 10),
                kernel,
                stride,
                dilation,
                1,
                length,
                padded ? reach / 2 : 0,
                padded ? reach - reach / 2 : 0);
    }

    /** Sums over clips and blocks have one order. */
    @Test
    void spectraOfAnyNumberOfThreadsGiveTheSameBits() {
        ConvShape shape = new ConvShape(3, 5, 40, 1, 1, 1, 1021, 20, 19);
        for (Spectrum spectrum : SPECTRA) {
            Case numbers = new Case(shape, 19, new SplittableRandom(1));
            List<float[]> alone = numbers.results(spectrum, 1);
            for (int threads : new int[] {2, 3, 9}) {
                List<float[]> together = numbers.results(spectrum, threads);
                for (int i = 0; i < alone.size(); i++) {
                    assertThat(Arrays.equals(together.get(i), alone.get(i)))
                            .as("%s, %s threads, array %s", spectrum, threads, i)
                            .isTrue();
                }
            }
        }
    }

    /** One plan, batches of changing sizes, each with other numbers: nothing of an earlier one may be left over. */
    private static void assertAgrees(ConvShape shape, Kernels kernels, SplittableRandom random, String seed) {
        Convolution convolution = Convolution.plan(shape, 5, kernels, WORKERS);
        for (int clips : new int[] {random.nextInt(1, 6), random.nextInt(1, 6)}) {
            new Case(shape, clips, random).assertAgrees(convolution, seed);
        }
    }

    /** Random numbers for a shape, in arrays of just their sizes, and what is expected of them. */
    private static final class Case {
        private final ConvShape shape;
        private final int clips;
        private final float[] x;
        private final float[] w;
        private final float[] bias;
        private final float[] dy;
        private final double[] y;
        private final double[] dx;
        private final double[] dw;
        private final double[] db;

        Case(ConvShape shape, int clips, SplittableRandom random) {
            this.shape = shape;
            this.clips = clips;
            x = numbers(clips * shape.inChannels() * shape.length(), random);
            w = numbers(shape.weights(), random);
            bias = numbers(random.nextInt(4) == 0 ? 0 : shape.outChannels(), random);
            dy = numbers(clips * shape.outChannels() * shape.outLength(), random);
            y = new double[dy.length];
            dx = new double[x.length];
            dw = new double[w.length];
            db = new double[shape.outChannels()];
            for (int clip = 0; clip < clips; clip++) {
                for (int o = 0; o < shape.outChannels(); o++) {
                    for (int t = 0; t < shape.outLength(); t++) {
                        meet(clip, o, t);
                    }
                }
            }
        }

        private void meet(int clip, int o, int t) {
            int out = (clip * shape.outChannels() + o) * shape.outLength() + t;
            int firstInput = o / shape.groupOutputs() * shape.groupInputs();
            y[out] = bias.length > 0 ? bias[o] : 0;
            db[o] += dy[out];
            for (int i = 0; i < shape.groupInputs(); i++) {
                for (int k = 0; k < shape.kernel(); k++) {
                    int time = t * shape.stride() + k * shape.dilation() - shape.padLeft();
                    if (time < 0 || time >= shape.length()) {
                        continue;
                    }
                    int in = (clip * shape.inChannels() + firstInput + i) * shape.length() + time;
                    int weight = (o * shape.groupInputs() + i) * shape.kernel() + k;
                    y[out] += w[weight] * (double) x[in];
                    dw[weight] += dy[out] * (double) x[in];
                    dx[in] += dy[out] * (double) w[weight];
                }
            }
        }

        void assertAgrees(Convolution convolution, String seed) {
            String what = seed + ", " + clips + " clips, " + shape;
            convolution.load(w, bias);
            float[] signal = unset(y.length);
            convolution.forward(x, signal, clips);
            assertClose(what + ", y", signal, y);
            float[] input = unset(dx.length);
            float[] weights = unset(dw.length);
            float[] biases = unset(bias.length);
            convolution.gradients(x, dy, input, weights, biases, clips);
            assertClose(what + ", dw", weights, dw);
            if (bias.length > 0) {
                assertClose(what + ", db", biases, db);
            }
            assertClose(what + ", dx", input, dx);
        }

        /** Outputs and all gradients. */
        List<float[]> results(Spectrum spectrum, int threads) {
            try (Workers workers = new Workers(threads)) {
                FftConvolution convolution = new FftConvolution(shape, spectrum, new VectorKernels(), workers);
                convolution.load(w, bias);
                List<float[]> all = List.of(unset(y.length), unset(dx.length), unset(dw.length), unset(bias.length));
                convolution.forward(x, all.get(0), clips);
                convolution.gradients(x, dy, all.get(1), all.get(2), all.get(3), clips);
                return all;
            }
        }

        /** Of changing sign, but with a mean, so that no sum is all cancellation. */
        private static float[] numbers(int size, SplittableRandom random) {
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                values[i] = (float) (random.nextGaussian() + 0.5);
            }
            return values;
        }

        /** What is not overwritten shows. */
        private static float[] unset(int size) {
            float[] values = new float[size];
            Arrays.fill(values, Float.NaN);
            return values;
        }

        private static void assertClose(String what, float[] actual, double[] expected) {
            double difference = 0;
            double norm = 0;
            for (int i = 0; i < expected.length; i++) {
                difference += (actual[i] - expected[i]) * (actual[i] - expected[i]);
                norm += expected[i] * expected[i];
            }
            assertThat(Math.sqrt(difference))
                    .as(what + ": relative error")
                    .isLessThanOrEqualTo(TOLERANCE * Math.sqrt(norm));
        }
    }
}
