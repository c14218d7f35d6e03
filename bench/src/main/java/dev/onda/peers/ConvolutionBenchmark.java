package dev.onda.peers;

import dev.onda.nn.kernel.ConvShape;
import dev.onda.nn.kernel.Convolution;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The convolutions of the networks, layer by layer, on a batch of 32 clips: milliseconds a batch. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class ConvolutionBenchmark {

    private static final int BATCH = 32;
    private static final float[] NOT_WANTED = {};

    /** Layers with weights, by network and name; the numbers are channels in, channels out, taps and samples. */
    public enum Shape {
        ARTICLE_C1(1, 8, 100, 1, 8_000, true),
        ARTICLE_C2(8, 16, 60, 1, 4_000, true),
        ARTICLE_C3(16, 24, 40, 1, 2_000, true),
        ARTICLE_C4(24, 32, 20, 1, 1_000, true),
        ARTICLE_D1(32, 64, 1, 1, 500, false),
        ARTICLE_D2(64, 128, 1, 1, 500, false),
        ARTICLE_OUT(64_000, 30, 1, 1, 1, false),
        M5_C1(1, 32, 80, 4, 8_000, false),
        M5_C2(32, 32, 3, 1, 495, false),
        M5_C3(32, 64, 3, 1, 123, false),
        M5_C4(64, 64, 3, 1, 30, false);

        private final int in;
        private final int out;
        private final int kernel;
        private final int stride;
        private final int length;
        private final int zeros;

        Shape(int in, int out, int kernel, int stride, int length, boolean padded) {
            this.in = in;
            this.out = out;
            this.kernel = kernel;
            this.stride = stride;
            this.length = length;
            this.zeros = padded ? kernel - 1 : 0;
        }

        private ConvShape convolution() {
            return new ConvShape(in, out, kernel, stride, 1, 1, length, zeros / 2, zeros - zeros / 2);
        }
    }

    /** The layer. */
    @Param
    public Shape layer = Shape.ARTICLE_C1;

    /** Threads that share a batch. */
    @Param("1")
    public int threads = 1;

    private Workers workers = new Workers(1);
    private Convolution convolution = plan();
    private float[] x = {};
    private float[] w = {};
    private float[] bias = {};
    private float[] y = {};
    private float[] dx = {};
    private float[] dw = {};
    private float[] db = {};

    /** The one place that knows how a convolution is made. */
    private Convolution plan() {
        return Convolution.plan(layer.convolution(), BATCH, Kernels.best(), workers);
    }

    /** Draws the numbers. */
    @Setup(Level.Trial)
    public void setUp() {
        workers.close();
        workers = new Workers(threads);
        convolution = plan();
        ConvShape s = layer.convolution();
        SplittableRandom random = new SplittableRandom(1);
        x = noise(BATCH * s.inChannels() * s.length(), random);
        w = noise(s.weights(), random);
        bias = noise(s.outChannels(), random);
        y = noise(BATCH * s.outChannels() * s.outLength(), random);
        dx = new float[x.length];
        dw = new float[w.length];
        db = new float[bias.length];
        convolution.load(w, bias);
    }

    private static float[] noise(int count, SplittableRandom random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (0.1 * random.nextGaussian());
        }
        return values;
    }

    /** Ends the threads. */
    @TearDown(Level.Trial)
    public void tearDown() {
        workers.close();
    }

    /** What is done once a step, when the weights have changed. */
    @Benchmark
    public void load() {
        convolution.load(w, bias);
    }

    /** Outputs. */
    @Benchmark
    public float[] forward() {
        convolution.forward(x, y, BATCH);
        return y;
    }

    /** Gradients towards weights and bias alone: all that a first layer needs. */
    @Benchmark
    public float[] weightGradient() {
        convolution.gradients(x, y, NOT_WANTED, dw, db, BATCH);
        return dw;
    }

    /** All gradients. */
    @Benchmark
    public float[] gradients() {
        convolution.gradients(x, y, dx, dw, db, BATCH);
        return dx;
    }
}
