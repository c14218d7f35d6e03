package dev.onda.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Both kernels against sums in float64, at awkward sizes, away from the start of their arrays, up to the very end of them,
 * and between guards that must stay as they are. Long, as each kernel has its sum spelled out here.
 */
final class KernelsTwinTest {

    private static final int[] SIZES = {1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 1021};
    private static final int[] ROWS = {1, 2, 3, 4, 7, 8, 9, 17, 18};
    private static final int[] TAPS = {0, 1, 2, 4, 5, 6, 41};
    /** Elements behind the range: none, so that reading too far throws, or some, so that writing too far shows. */
    private static final int[] REST = {0, 3};
    /** No kernel leaves this number as it is. */
    private static final float GUARD = -777.25f;
    /** Half a unit in the last place of 1: what one rounding may cost. */
    private static final double ROUNDING = 0x1p-24;

    static List<Kernels> kernels() {
        return List.of(new VectorKernels(), new ScalarKernels());
    }

    /** A range of random numbers between guards. */
    private record Span(float[] array, int at, int size, String what) {

        static Span random(int size, int rest, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            int at = random.nextInt(1, 20);
            float[] array = new float[at + size + rest];
            Arrays.fill(array, GUARD);
            for (int i = 0; i < size; i++) {
                array[at + i] = (float) random.nextGaussian();
            }
            return new Span(array, at, size, "size " + size + " at " + at + ", seed " + seed);
        }

        double get(int i) {
            return array[at + i];
        }

        Span copy() {
            return new Span(array.clone(), at, size, what);
        }

        double total(IntToDoubleFunction term) {
            double sum = 0;
            for (int i = 0; i < size; i++) {
                sum += term.applyAsDouble(i);
            }
            return sum;
        }

        void assertValues(IntToDoubleFunction expected, IntToDoubleFunction tolerance) {
            for (int i = 0; i < size; i++) {
                double wanted = expected.applyAsDouble(i);
                if (!(Math.abs(get(i) - wanted) <= tolerance.applyAsDouble(i))) {
                    assertThat(get(i)).as(what + ", element " + i).isEqualTo(wanted);
                }
            }
            for (int i = 0; i < array.length; i++) {
                if (i < at || i >= at + size) {
                    assertThat(array[i]).as(what + ", guard " + i).isEqualTo(GUARD);
                }
            }
        }
    }

    /** Something to do with every size. */
    private interface SizeCase {
        void accept(int size, int rest, long seed);
    }

    private static void forSizes(SizeCase check) {
        long seed = 1;
        for (int size : SIZES) {
            for (int rest : REST) {
                check.accept(size, rest, seed++);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void productsAgree(Kernels kernels) {
        long seed = 0;
        for (int rows : ROWS) {
            for (int taps : TAPS) {
                for (int length : SIZES) {
                    assertProduct(kernels, rows, taps, length, ++seed);
                }
            }
        }
    }

    private static void assertProduct(Kernels kernels, int rows, int tapCount, int length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] taps = offsets(tapCount, random);
        int stride = length + random.nextInt(4);
        RowProduct p = new RowProduct(kernels.productRows(), taps, rows, stride, length);
        Span w = Span.random(rows * tapCount, 0, seed + 1);
        Span bias = Span.random(random.nextBoolean() ? rows : 0, 0, seed + 2);
        Span packed = Span.random(p.packedSize(), random.nextInt(2), seed + 3);
        float[] biases = bias.size() > 0 ? bias.array() : new float[0];
        p.pack(w.array(), w.at(), tapCount, 1, packed.array(), packed.at());
        p.packBias(biases, bias.at(), packed.array(), packed.at());
        assertThat(packed.array()[packed.at() - 1]).isEqualTo(GUARD);
        Span x = Span.random(reach(taps) + length, 0, seed + 4);
        int yAt = random.nextInt(1, 9);
        float[] y = new float[yAt + (rows - 1) * stride + length + random.nextInt(2) * 3];
        Arrays.fill(y, GUARD);

        kernels.product(p, packed.array(), packed.at(), x.array(), x.at(), y, yAt);

        String what = "rows " + rows + ", taps " + tapCount + ", length " + length + ", seed " + seed;
        for (int i = 0; i < y.length; i++) {
            int row = Math.floorDiv(i - yAt, stride);
            int t = Math.floorMod(i - yAt, stride);
            if (row < 0 || row >= rows || t >= length) {
                assertThat(y[i]).as(what + ", guard " + i).isEqualTo(GUARD);
                continue;
            }
            double sum = bias.size() > 0 ? bias.get(row) : 0;
            double magnitude = Math.abs(sum);
            for (int j = 0; j < tapCount; j++) {
                double term = w.get(row * tapCount + j) * x.get(taps[j] + t);
                sum += term;
                magnitude += Math.abs(term);
            }
            assertNear(what + ", row " + row + ", time " + t, y[i], sum, ROUNDING * (tapCount + 1) * magnitude);
        }
    }

    private static void assertNear(String what, double actual, double expected, double tolerance) {
        if (!(Math.abs(actual - expected) <= tolerance)) {
            assertThat(actual).as(what).isCloseTo(expected, within(tolerance));
        }
    }

    private static int[] offsets(int count, SplittableRandom random) {
        int[] taps = new int[count];
        for (int j = 0; j < count; j++) {
            taps[j] = random.nextInt(3 * count);
        }
        return taps;
    }

    private static int reach(int[] taps) {
        return Arrays.stream(taps).max().orElse(0);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void crossesAgreeAndGoOnFromClipToClip(Kernels kernels) {
        long seed = 0;
        for (int rows = 1; rows <= RowCross.ROWS; rows++) {
            for (int taps : TAPS) {
                for (int length : SIZES) {
                    assertCross(kernels, rows, taps, length, ++seed);
                }
                assertCross(kernels, rows, taps, 2065, ++seed);
            }
        }
    }

    private static void assertCross(Kernels kernels, int rows, int tapCount, int length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] taps = offsets(tapCount, random);
        int stride = length + random.nextInt(4);
        RowCross p = new RowCross(taps, rows, stride, length);
        float[] lanes = new float[RowCross.scratchSize(tapCount) + 5];
        Arrays.fill(lanes, GUARD);
        p.clear(lanes);
        double[][] sums = new double[rows][tapCount];
        double[][] magnitudes = new double[rows][tapCount];
        for (int clip = 0; clip < 2; clip++) {
            Span a = Span.random((rows - 1) * stride + length, 0, seed + 10 + clip);
            Span x = Span.random(reach(taps) + length, 0, seed + 20 + clip);
            kernels.cross(p, lanes, a.array(), a.at(), x.array(), x.at());
            for (int r = 0; r < rows; r++) {
                for (int j = 0; j < tapCount; j++) {
                    for (int t = 0; t < length; t++) {
                        double term = a.get(r * stride + t) * x.get(taps[j] + t);
                        sums[r][j] += term;
                        magnitudes[r][j] += Math.abs(term);
                    }
                }
            }
        }
        String what = "rows " + rows + ", taps " + tapCount + ", length " + length + ", seed " + seed;
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < tapCount; j++) {
                double tolerance = ROUNDING * (2.0 * length + RowCross.LANES) * magnitudes[r][j];
                assertNear(what + ", row " + r + ", tap " + j, RowCross.total(lanes, r, j), sums[r][j], tolerance);
            }
        }
        for (int i = RowCross.scratchSize(tapCount); i < lanes.length; i++) {
            assertThat(lanes[i]).as(what + ", guard " + i).isEqualTo(GUARD);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void sumsAgree(Kernels kernels) {
        float mean = 0.37f;
        forSizes((size, rest, seed) -> {
            Span x = Span.random(size, rest, seed);
            Span a = Span.random(size, rest, seed + 100);
            double rounding = ROUNDING * (size + 2);
            assertNear(
                    "sum, " + x.what(),
                    kernels.sum(x.array(), x.at(), size),
                    x.total(x::get),
                    rounding * x.total(i -> Math.abs(x.get(i))));
            double squares = x.total(i -> (x.get(i) - mean) * (x.get(i) - mean));
            assertNear(
                    "squares, " + x.what(),
                    kernels.sumOfSquares(x.array(), x.at(), size, mean),
                    squares,
                    2 * rounding * squares);
            assertNear(
                    "dot, " + x.what(),
                    kernels.dotCentered(a.array(), a.at(), x.array(), x.at(), size, mean),
                    x.total(i -> a.get(i) * (x.get(i) - mean)),
                    2 * rounding * x.total(i -> Math.abs(a.get(i) * (x.get(i) - mean))));
        });
    }

    /** Bit for bit: an order left to the compiler would change in the midst of a training. */
    @Test
    void vectorSumsHaveOneOrder() {
        int lanes = FloatVector.SPECIES_PREFERRED.length();
        forSizes((size, rest, seed) -> {
            Span x = Span.random(size, rest, seed);
            Span a = Span.random(size, rest, seed + 100);
            float[] sum = new float[4 * lanes];
            float[] squares = new float[4 * lanes];
            float[] dot = new float[4 * lanes];
            for (int i = 0; i < size; i++) {
                float d = (float) x.get(i) - 0.37f;
                int lane = i < size - size % (4 * lanes) ? i % (4 * lanes) : i % lanes;
                sum[lane] += (float) x.get(i);
                squares[lane] = Math.fma(d, d, squares[lane]);
                dot[lane] = Math.fma((float) a.get(i), d, dot[lane]);
            }
            Kernels vector = new VectorKernels();
            assertThat(vector.sum(x.array(), x.at(), size)).as(x.what()).isEqualTo(byHalves(sum));
            assertThat(vector.sumOfSquares(x.array(), x.at(), size, 0.37f))
                    .as(x.what())
                    .isEqualTo(byHalves(squares));
            assertThat(vector.dotCentered(a.array(), a.at(), x.array(), x.at(), size, 0.37f))
                    .as(x.what())
                    .isEqualTo(byHalves(dot));
        });
    }

    /** Four vectors, added as pairs, and then the halves of what is left. */
    private static double byHalves(float[] four) {
        int length = four.length / 4;
        float[] lanes = new float[length];
        for (int i = 0; i < length; i++) {
            lanes[i] = (four[i] + four[length + i]) + (four[2 * length + i] + four[3 * length + i]);
        }
        for (int half = lanes.length / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                lanes[i] += lanes[i + half];
            }
        }
        return lanes[0];
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void sumsOfNothingAreZero(Kernels kernels) {
        float[] x = {GUARD};
        assertThat(kernels.sum(x, 1, 0)).isZero();
        assertThat(kernels.sumOfSquares(x, 1, 0, 3)).isZero();
        assertThat(kernels.dotCentered(x, 1, x, 1, 0, 3)).isZero();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void longSumsOfOneSignStayExact(Kernels kernels) {
        float[] x = new float[3_000_017];
        Arrays.fill(x, 0.1f);
        double expected = x.length * (double) 0.1f;
        assertThat(kernels.sum(x, 0, x.length)).isCloseTo(expected, within(1e-5 * expected));
        assertThat(kernels.sumOfSquares(x, 0, x.length, 0)).isCloseTo(0.1 * expected, within(1e-6 * expected));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void scalingAgrees(Kernels kernels) {
        float scale = -1.7f;
        float shift = 0.3f;
        forSizes((size, rest, seed) -> {
            Span x = Span.random(size, 0, seed);
            Span y = Span.random(size, rest, seed + 50);
            kernels.scaleShift(x.array(), x.at(), y.array(), y.at(), size, scale, shift);
            y.assertValues(i -> x.get(i) * scale + shift, i -> ROUNDING * Math.abs(x.get(i) * scale + shift));
            Span same = x.copy();
            kernels.scaleShift(same.array(), same.at(), same.array(), same.at(), size, scale, shift);
            same.assertValues(y::get, _ -> 0);
        });
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void combiningAgrees(Kernels kernels) {
        float a = 1.3f;
        float b = -0.7f;
        float c = 0.21f;
        forSizes((size, rest, seed) -> {
            Span dy = Span.random(size, rest, seed);
            float[] x = Span.random(size, rest + 20, seed + 7).array();
            IntToDoubleFunction expected = i -> dy.get(i) * a + (x[dy.at() + i] * (double) b + c);
            IntToDoubleFunction tolerance =
                    i -> 2 * ROUNDING * (Math.abs(dy.get(i) * a) + Math.abs(x[dy.at() + i] * (double) b) + c);
            Span dx = dy.copy();
            kernels.combine(dx.array(), dx.at(), x, dy.at(), size, a, b, c);
            dx.assertValues(expected, tolerance);
        });
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void addingAgrees(Kernels kernels) {
        forSizes((size, rest, seed) -> {
            Span y = Span.random(size, rest, seed);
            Span x = Span.random(size, rest + 3, seed + 7);
            Span sum = y.copy();
            kernels.add(x.array(), x.at(), sum.array(), sum.at(), size);
            sum.assertValues(i -> (float) (y.get(i) + x.get(i)), _ -> 0);
        });
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void transposingAgrees(Kernels kernels) {
        for (int rows : new int[] {1, 3, 4, 7, 8, 64, 67}) {
            for (int columns : SIZES) {
                float[] x = Span.random(rows * columns, 0, rows * 31L + columns).array();
                float[] y = new float[rows * columns + 3];
                Arrays.fill(y, GUARD);
                kernels.transpose(x, 1, y, 2, rows, columns);
                for (int i = 0; i < rows * columns; i++) {
                    assertThat(y[2 + i % columns * rows + i / columns]).isEqualTo(x[1 + i]);
                }
                assertThat(new float[] {y[0], y[1], y[y.length - 1]}).containsOnly(GUARD);
            }
        }
    }

    /** Groups of equals, too: the first of them is marked. */
    @ParameterizedTest
    @MethodSource("kernels")
    void poolsAgree(Kernels kernels) {
        for (int size : new int[] {1, 2, 3, 4, 5, 8}) {
            for (int outputs : SIZES) {
                for (boolean least : new boolean[] {false, true}) {
                    assertPool(kernels, new PoolRow(outputs, size, least), outputs * 31L + size);
                }
            }
        }
    }

    private static void assertPool(Kernels kernels, PoolRow row, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int n = row.outputs() * row.size();
        float[] x = new float[n + 5];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextInt(-2, 3);
        }
        int words = PoolRow.words(row.outputs(), row.size());
        long[] first = new long[words + 2];
        Arrays.fill(first, -1);
        float[] y = new float[row.outputs() + 2];
        Arrays.fill(y, GUARD);
        kernels.pool(x, 3, y, 1, row, first, 1);
        float[] dy = new float[row.outputs() + 1];
        float[] dx = new float[n + 2];
        Arrays.fill(dx, GUARD);
        for (int t = 0; t < row.outputs(); t++) {
            dy[t + 1] = random.nextInt(1, 9);
        }
        kernels.unpool(dy, 1, row, first, 1, dx, 1);
        for (int t = 0; t < row.outputs(); t++) {
            int best = t * row.size();
            for (int i = best; i < (t + 1) * row.size(); i++) {
                if (row.least() ? x[3 + i] < x[3 + best] : x[3 + i] > x[3 + best]) {
                    best = i;
                }
            }
            assertThat(y[1 + t]).as("%s, group %s", row, t).isEqualTo(x[3 + best]);
            for (int i = t * row.size(); i < (t + 1) * row.size(); i++) {
                assertThat(dx[1 + i]).as("%s, sample %s", row, i).isEqualTo(i == best ? dy[1 + t] : 0);
            }
        }
        assertThat(new float[] {y[0], y[y.length - 1], dx[0], dx[n + 1]}).containsOnly(GUARD);
        assertThat(new long[] {first[0], first[words + 1]}).containsOnly(-1);
        float[] unmarked = new float[y.length];
        kernels.pool(x, 3, unmarked, 1, row, new long[0], 0);
        assertThat(Arrays.copyOfRange(unmarked, 1, y.length - 1)).isEqualTo(Arrays.copyOfRange(y, 1, y.length - 1));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void activationsAgree(Kernels kernels) {
        forSizes((size, rest, seed) -> {
            Span x = Span.random(size, rest, seed);
            Span relu = x.copy();
            kernels.activate(Activation.RELU, relu.array(), relu.at(), size);
            relu.assertValues(i -> Math.max(0, x.get(i)), _ -> 0);
            Span tanh = x.copy();
            kernels.activate(Activation.TANH, tanh.array(), tanh.at(), size);
            tanh.assertValues(i -> Math.tanh(x.get(i)), i -> 1e-6 * Math.abs(Math.tanh(x.get(i))));
        });
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void slopesAgree(Kernels kernels) {
        forSizes((size, rest, seed) -> {
            Span dy = Span.random(size, rest, seed);
            float[] y = new float[dy.array().length];
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < y.length; i++) {
                y[i] = random.nextInt(4) == 0 ? 0 : (float) random.nextDouble(-1, 1);
            }
            Span relu = dy.copy();
            kernels.activateGradient(Activation.RELU, y, dy.at(), relu.array(), relu.at(), size);
            relu.assertValues(i -> y[dy.at() + i] > 0 ? dy.get(i) : 0, _ -> 0);
            Span tanh = dy.copy();
            kernels.activateGradient(Activation.TANH, y, dy.at(), tanh.array(), tanh.at(), size);
            tanh.assertValues(
                    i -> dy.get(i) * (1 - y[dy.at() + i] * (double) y[dy.at() + i]),
                    i -> 4 * ROUNDING * Math.abs(dy.get(i)));
        });
    }

    /** Every so many floats from 0 on, those below the smallest normal one included, and beyond 10. */
    @ParameterizedTest
    @MethodSource("kernels")
    void tanhIsExactToAMillionth(Kernels kernels) {
        int end = Float.floatToIntBits(10.5f);
        float[] x = new float[2 * (end / 4093 + 1)];
        for (int i = 0; i < x.length; i += 2) {
            x[i] = Float.intBitsToFloat(i / 2 * 4093);
            x[i + 1] = -x[i];
        }
        float[] y = x.clone();
        kernels.activate(Activation.TANH, y, 0, y.length);
        for (int i = 0; i < x.length; i++) {
            double expected = Math.tanh(x[i]);
            double tolerance = Math.max(Float.MIN_VALUE, 1e-6 * Math.abs(expected));
            assertNear("tanh(" + x[i] + ")", y[i], expected, tolerance);
            assertThat(Math.abs(y[i]) <= 1)
                    .as("tanh(%s) = %s lies in [-1, 1]", x[i], y[i])
                    .isTrue();
        }
        assertThat(Float.floatToRawIntBits(y[1])).as("tanh(-0)").isEqualTo(Float.floatToRawIntBits(-0f));
    }

    /** Often enough that the compiler's code answers too, which has instructions of its own for maximum and minimum. */
    @ParameterizedTest
    @MethodSource("kernels")
    void notANumberStaysSoAndInfinityHasItsLimit(Kernels kernels) {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 2000; round++) {
            float[] x = new float[67];
            int nan = random.nextInt(x.length);
            int infinite = (nan + 1 + random.nextInt(x.length - 1)) % x.length;
            float infinity = random.nextBoolean() ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
            x[nan] = Float.NaN;
            x[infinite] = infinity;
            float[] tanh = x.clone();
            kernels.activate(Activation.TANH, tanh, 0, x.length);
            assertThat(tanh[nan]).as("tanh, round " + round).isNaN();
            assertThat(tanh[infinite]).isCloseTo(Math.signum(infinity), within(1e-6f));
            float[] relu = x.clone();
            kernels.activate(Activation.RELU, relu, 0, x.length);
            assertThat(relu[nan]).as("relu, round " + round).isNaN();
            assertThat(relu[infinite]).isEqualTo(Math.max(0, infinity));
            for (Activation f : Activation.values()) {
                float[] dy = x.clone();
                Arrays.fill(dy, 1);
                kernels.activateGradient(f, x, 0, dy, 0, dy.length);
                assertThat(dy[nan]).as("slope of %s, round %s", f, round).isNotZero();
                float[] y = new float[x.length];
                Arrays.fill(y, 0.5f);
                dy[nan] = Float.NaN;
                kernels.activateGradient(f, y, 0, dy, 0, dy.length);
                assertThat(dy[nan]).as("gradient of %s, round %s", f, round).isNaN();
            }
            assertThat(kernels.sum(x, 0, x.length)).isNaN();
            assertThat(kernels.sumOfSquares(x, 0, x.length, 0)).isNaN();
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void aStoppedReluPassesNoGradientHoweverLarge(Kernels kernels) {
        float[] y = new float[19];
        float[] dy = new float[19];
        Arrays.fill(dy, Float.POSITIVE_INFINITY);
        dy[18] = -1;
        kernels.activateGradient(Activation.RELU, y, 0, dy, 0, dy.length);
        assertThat(dy).containsOnly(0f);
    }

    @Test
    void dropoutDropsTheSameInBothKernels() {
        SplittableRandom seeds = new SplittableRandom(11);
        forSizes((size, rest, seed) -> {
            Span x = Span.random(size, rest, seed);
            for (double rate : new double[] {0.1, 0.3, 0.5, 0.9}) {
                int dropSeed = seeds.nextInt();
                DropoutRate threshold = DropoutRate.of(rate);
                Span vector = x.copy();
                new VectorKernels().dropout(vector.array(), x.at(), size, dropSeed, threshold);
                Span scalar = x.copy();
                new ScalarKernels().dropout(scalar.array(), x.at(), size, dropSeed, threshold);
                assertSameBits(x.what() + ", drop seed " + dropSeed, vector.array(), scalar.array());
                scalar.assertValues(
                        i -> (Hash.mix(dropSeed + i) >>> 1) < threshold.keepBelow()
                                ? (float) x.get(i) * threshold.scale()
                                : 0,
                        _ -> 0);
            }
        });
    }

    private static void assertSameBits(String what, float[] actual, float[] expected) {
        for (int i = 0; i < expected.length; i++) {
            if (Float.floatToRawIntBits(actual[i]) != Float.floatToRawIntBits(expected[i])) {
                assertThat(actual[i]).as(what + ", element " + i + ", bits").isEqualTo(expected[i]);
                assertThat(Float.floatToRawIntBits(actual[i])).isEqualTo(Float.floatToRawIntBits(expected[i]));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void dropoutKeepsItsShareAndTheMean(Kernels kernels) {
        for (double rate : new double[] {0.1, 0.3, 0.5, 0.9}) {
            float[] x = new float[200_000];
            Arrays.fill(x, 1);
            kernels.dropout(x, 0, x.length, 20_261, DropoutRate.of(rate));
            int kept = 0;
            double sum = 0;
            for (float v : x) {
                kept += v != 0 ? 1 : 0;
                sum += v;
            }
            double share = kept / (double) x.length;
            double deviation = Math.sqrt(rate * (1 - rate) / x.length);
            assertThat(share).as("kept at rate " + rate).isCloseTo(1 - rate, within(4 * deviation));
            assertThat(sum / x.length).as("mean at rate " + rate).isCloseTo(share / (1 - rate), within(1e-6));
        }
    }

    @Test
    void adamStepsToTheSameBitsInBothKernels() {
        forSizes((size, rest, seed) -> {
            Adams vector = Adams.random(size, rest, seed);
            Adams scalar = Adams.random(size, rest, seed);
            for (int step = 1; step <= 3; step++) {
                vector.step(new VectorKernels(), step);
                scalar.step(new ScalarKernels(), step);
            }
            for (int i = 0; i < 4; i++) {
                assertSameBits(vector.p().what() + ", array " + i, vector.all()[i], scalar.all()[i]);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void adamAgrees(Kernels kernels) {
        forSizes((size, rest, seed) -> {
            Adams before = Adams.random(size, rest, seed);
            Adams after = Adams.random(size, rest, seed);
            after.step(kernels, 3);
            AdamStep s = Adams.constants(3);
            int at = before.p().at();
            IntToDoubleFunction mean =
                    i -> s.beta1() * before.m()[at + i] + (1 - (double) s.beta1()) * before.g()[at + i];
            IntToDoubleFunction square = i -> s.beta2() * (double) before.v()[at + i]
                    + (1 - (double) s.beta2()) * before.g()[at + i] * before.g()[at + i];
            IntToDoubleFunction value = i -> before.p().get(i) * s.shrink()
                    - s.rate() * mean.applyAsDouble(i) / (Math.sqrt(square.applyAsDouble(i)) * s.root() + s.epsilon());
            after.p().assertValues(value, _ -> 1e-6);
            new Span(after.m(), at, size, "mean").assertValues(mean, _ -> 1e-6);
            new Span(after.v(), at, size, "square").assertValues(square, _ -> 1e-6);
            assertSameBits("gradient", after.g(), before.g());
        });
    }

    /** What Adam works on: values, gradient, mean and square, the guards of all in the same places. */
    private record Adams(Span p, float[] g, float[] m, float[] v) {

        static Adams random(int size, int rest, long seed) {
            Span p = Span.random(size, rest, seed);
            SplittableRandom random = new SplittableRandom(seed + 1);
            float[] g = p.array().clone();
            float[] m = g.clone();
            float[] v = g.clone();
            for (int i = p.at(); i < p.at() + size; i++) {
                g[i] = (float) random.nextGaussian();
                m[i] = (float) random.nextGaussian();
                v[i] = (float) random.nextDouble(0.1, 2);
            }
            return new Adams(p, g, m, v);
        }

        static AdamStep constants(int step) {
            double root = 1 / Math.sqrt(1 - Math.pow(0.999, step));
            return new AdamStep(0.9f, 0.999f, 1e-7f, (float) (1e-2 / (1 - Math.pow(0.9, step))), (float) root, 0.99f);
        }

        float[][] all() {
            return new float[][] {p.array(), g, m, v};
        }

        void step(Kernels kernels, int step) {
            kernels.adam(constants(step), new AdamArrays(p.array(), g, m, v), p.at(), p.at() + p.size());
        }
    }
}
