package dev.onda.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each augmentation does to known samples: long, as there are many of them. */
class AugmentationTest {

    private static final int RATE_HZ = 1_000;
    private static final Surroundings AROUND = new Surroundings(RATE_HZ, List.of(noise()));
    private static final int AT = 3;
    private static final int N = 64;
    private static final int CASES = 300;

    private static List<Augmentation> all(double probability) {
        return List.of(
                new NoiseInjection(probability, 0.25),
                new TimeShift(probability, 10),
                new Gain(probability, -12, -1),
                new BackgroundNoise(probability, -5, 10),
                new ColouredNoise(probability, -5, 10),
                new Speed(probability, 0.2),
                new PolarityFlip(probability),
                new BandDrop(probability, 0.2),
                new ChunkDrop(probability, 30));
    }

    private static float[] noise() {
        float[] x = new float[50];
        for (int i = 0; i < x.length; i++) {
            x[i] = i % 7 - 3.5f;
        }
        return x;
    }

    static List<Augmentation> always() {
        return all(1);
    }

    static List<Augmentation> never() {
        return all(0);
    }

    /** Every sample differs, none is zero. */
    private static float[] clip() {
        float[] x = new float[AT + N + 5];
        for (int i = 0; i < x.length; i++) {
            x[i] = 0.01f * (i + 1);
        }
        return x;
    }

    private static float[] applied(Augmentation augmentation, long seed) {
        float[] x = clip();
        augmentation.maybeApply(x, AT, N, AROUND, new SplittableRandom(seed));
        return x;
    }

    @ParameterizedTest
    @MethodSource("never")
    void probability0LeavesTheClip(Augmentation augmentation) {
        for (int seed = 0; seed < CASES; seed++) {
            assertThat(applied(augmentation, seed)).as("seed %d", seed).isEqualTo(clip());
        }
    }

    @ParameterizedTest
    @MethodSource("always")
    void probability1ChangesTheClipAndNothingBesideIt(Augmentation augmentation) {
        int changed = 0;
        for (int seed = 0; seed < CASES; seed++) {
            float[] x = applied(augmentation, seed);
            changed += Arrays.equals(x, clip()) ? 0 : 1;
            assertThat(Arrays.mismatch(x, clip())).as("seed %d", seed).isNotIn(0, 1, 2);
            assertThat(Arrays.equals(x, AT + N, x.length, clip(), AT + N, x.length))
                    .as("seed %d", seed)
                    .isTrue();
        }
        // One shift in 21 is of 0 samples.
        assertThat(changed).isGreaterThan(CASES * 9 / 10);
    }

    @ParameterizedTest
    @MethodSource("always")
    void theSameSeedGivesTheSameBits(Augmentation augmentation) {
        assertThat(applied(augmentation, 5)).isEqualTo(applied(augmentation, 5));
        assertThat(IntStream.range(6, 10)
                        .anyMatch(seed -> augmentation instanceof PolarityFlip
                                || !Arrays.equals(applied(augmentation, seed), applied(augmentation, 5))))
                .isTrue();
    }

    @Test
    void noiseIsAddedFromZeroToItsAmplitude() {
        float[] x = new float[10_000];
        new NoiseInjection(1, 0.25).apply(x, 0, x.length, AROUND, new SplittableRandom(1));
        float[] sorted = x.clone();
        Arrays.sort(sorted);
        assertThat(sorted[0]).isBetween(0f, 0.001f);
        assertThat(sorted[x.length - 1]).isBetween(0.249f, Math.nextDown(0.25f));
        assertThat(sorted[x.length / 2]).isCloseTo(0.125f, within(0.01f));
    }

    @ParameterizedTest
    @MethodSource("always")
    void whatIsDoneDoesNotDependOnThePlaceInTheBatch(Augmentation augmentation) {
        for (int at : new int[] {0, 1, 7, 16, 33}) {
            float[] x = new float[at + N];
            System.arraycopy(clip(), AT, x, at, N);
            augmentation.maybeApply(x, at, N, AROUND, new SplittableRandom(9));
            assertThat(Arrays.copyOfRange(x, at, at + N))
                    .as("at %d", at)
                    .isEqualTo(Arrays.copyOfRange(applied(augmentation, 9), AT, AT + N));
        }
    }

    /** Of 4,000 numbers the correlation of two noises is 0 with a deviation of 0.016. */
    @Test
    void noisesAreUnrelatedWhateverTheyAreShiftedBy() {
        int n = 4_000;
        double[][] noises = new double[8][];
        for (int seed = 0; seed < noises.length; seed++) {
            float[] x = new float[n + 40];
            new NoiseInjection(1, 1).apply(x, 0, x.length, AROUND, new SplittableRandom(seed));
            noises[seed] =
                    IntStream.range(0, x.length).mapToDouble(i -> x[i] - 0.5).toArray();
        }
        for (int a = 0; a < noises.length; a++) {
            for (int b = 0; b < noises.length; b++) {
                for (int shift = a == b ? 1 : 0; shift < 40; shift++) {
                    double sum = 0;
                    for (int i = 0; i < n; i++) {
                        sum += noises[a][i] * noises[b][i + shift];
                    }
                    assertThat(sum * 12 / n)
                            .as("seeds %d and %d, shift %d", a, b, shift)
                            .isBetween(-0.09, 0.09);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.03, 0.005, 1, 3e-39})
    void noiseStaysBelowItsAmplitude(double amplitude) {
        float[] x = new float[200_000];
        new NoiseInjection(1, amplitude).apply(x, 0, x.length, AROUND, new SplittableRandom(3));
        for (float u : x) {
            assertThat(u >= 0 && u < (float) amplitude).as("%s", u).isTrue();
        }
    }

    @Test
    void aShiftMovesByAtMostItsLimitAndFillsWithSilence() {
        int least = 0;
        int most = 0;
        for (int seed = 0; seed < CASES; seed++) {
            float[] x = applied(new TimeShift(1, 10), seed);
            int shift = shiftOf(x);
            for (int i = 0; i < N; i++) {
                boolean kept = i >= shift && i < N + shift;
                assertThat(x[AT + i]).as("seed %d, sample %d", seed, i).isEqualTo(kept ? clip()[AT + i - shift] : 0);
            }
            least = Math.min(least, shift);
            most = Math.max(most, shift);
        }
        assertThat(least).isEqualTo(-10);
        assertThat(most).isEqualTo(10);
    }

    private static int shiftOf(float[] x) {
        int left = 0;
        int right = 0;
        while (x[AT + left] == 0) {
            left++;
        }
        while (x[AT + N - 1 - right] == 0) {
            right++;
        }
        return left - right;
    }

    @ParameterizedTest
    @ValueSource(doubles = {64, 1_000, 3e9, 1e300, Double.MAX_VALUE})
    void aShiftLongerThanTheClipStaysWithinIt(double maxMs) {
        for (int seed = 0; seed < 20; seed++) {
            float[] x = applied(new TimeShift(1, maxMs), seed);
            assertThat(x[AT - 1]).isEqualTo(clip()[AT - 1]);
            assertThat(x[AT + N]).isEqualTo(clip()[AT + N]);
        }
    }

    @Test
    void aGainStaysBetweenItsDecibels() {
        double least = 100;
        double most = -100;
        for (int seed = 0; seed < CASES; seed++) {
            float[] x = applied(new Gain(1, -10, 6), seed);
            double db = 20 * Math.log10(x[AT] / clip()[AT]);
            assertThat(20 * Math.log10(x[AT + N - 1] / clip()[AT + N - 1]))
                    .as("seed %d", seed)
                    .isCloseTo(db, within(1e-4));
            least = Math.min(least, db);
            most = Math.max(most, db);
        }
        assertThat(least).isBetween(-10.0001, -9.5);
        assertThat(most).isBetween(5.5, 6.0001);
    }

    @Test
    void noiseHasTheRatioThatWasAskedFor() {
        for (double db : new double[] {-5, 0, 10, 30}) {
            for (Augmentation noise : List.of(new BackgroundNoise(1, db, db), new ColouredNoise(1, db, db))) {
                for (int seed = 0; seed < 20; seed++) {
                    float[] added = applied(noise, seed);
                    for (int i = 0; i < added.length; i++) {
                        added[i] -= clip()[i];
                    }
                    double ratio = Level.rms(clip(), AT, N) / Level.rms(added, AT, N);
                    assertThat(20 * Math.log10(ratio))
                            .as("%s, seed %d", noise, seed)
                            .isCloseTo(db, within(0.01));
                }
            }
        }
    }

    @Test
    void withoutABackgroundNoneIsAdded() {
        float[] x = clip();
        new BackgroundNoise(1, 0, 0).apply(x, AT, N, Surroundings.quiet(RATE_HZ), new SplittableRandom(1));
        assertThat(x).isEqualTo(clip());
    }

    /** Power above a quarter of the sample rate, as a share of all, for each colour that the seeds bring. */
    @Test
    void coloursDifferInTheirHighFrequencies() {
        int n = 1 << 14;
        double[] shares = IntStream.range(0, 60)
                .mapToDouble(seed -> {
                    float[] x = new float[n];
                    new ColouredNoise(1, 0, 0).apply(x, 0, n, AROUND, new SplittableRandom(seed));
                    double rough = 0;
                    double all = 0;
                    for (int i = 1; i < n; i++) {
                        rough += (x[i] - x[i - 1]) * (x[i] - x[i - 1]);
                        all += x[i] * x[i];
                    }
                    return rough / all;
                })
                .map(share -> Math.round(share * 10) / 10.0)
                .distinct()
                .sorted()
                .toArray();
        // White has 2, its differences 3 times as much; falling colours have less, rising ones lie between.
        assertThat(shares[0]).isLessThan(0.1);
        assertThat(shares[shares.length - 1]).isBetween(2.8, 3.2);
        assertThat(shares).contains(2.0).hasSizeGreaterThanOrEqualTo(5);
    }

    private static float[] tone(double hertz, int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) Math.sin(2 * Math.PI * hertz * (i - (n - 1) / 2.0) / RATE_HZ);
        }
        return x;
    }

    @Test
    void speedScalesFrequenciesAroundTheMiddle() {
        int n = 1_000;
        double least = 2;
        double most = 0;
        for (int seed = 0; seed < 100; seed++) {
            float[] x = tone(50, n);
            new Speed(1, 0.2).apply(x, 0, n, AROUND, new SplittableRandom(seed));
            double speed = 1 + 0.2 * (2 * new SplittableRandom(seed).nextDouble() - 1);
            float[] expected = tone(50 * speed, n);
            for (int i = 150; i < n - 150; i++) {
                assertThat(x[i]).as("seed %d, sample %d", seed, i).isCloseTo(expected[i], within(5e-3f));
            }
            least = Math.min(least, speed);
            most = Math.max(most, speed);
        }
        assertThat(least).isLessThan(0.83);
        assertThat(most).isGreaterThan(1.17);
    }

    @Test
    void aDroppedBandIsGoneAndTheRestStays() {
        int n = 2_000;
        int gone = 0;
        int kept = 0;
        for (int seed = 0; seed < 100; seed++) {
            float[] x = tone(250, n);
            new BandDrop(1, 0.2).apply(x, 0, n, AROUND, new SplittableRandom(seed));
            double low = 0.8 * new SplittableRandom(seed).nextDouble();
            double share = Level.rms(x, 200, n - 400) * Math.sqrt(2);
            // The tone lies at half of half the sample rate; the filter's edges are 0.1 of it wide.
            if (low < 0.44 && low > 0.36) {
                gone++;
                assertThat(share).as("seed %d", seed).isLessThan(0.05);
            } else if (low > 0.56 || low < 0.24) {
                kept++;
                assertThat(share).as("seed %d", seed).isBetween(0.95, 1.05);
            }
        }
        assertThat(gone).isPositive();
        assertThat(kept).isPositive();
    }

    @Test
    void aDroppedChunkIsNoLongerThanItsLimit() {
        int longest = 0;
        for (int seed = 0; seed < CASES; seed++) {
            float[] x = applied(new ChunkDrop(1, 30), seed);
            int zeros = 0;
            for (int i = AT; i < AT + N; i++) {
                boolean dropped = x[i] == 0;
                zeros += dropped ? 1 : 0;
                assertThat(dropped || x[i] == clip()[i]).isTrue();
            }
            longest = Math.max(longest, zeros);
        }
        assertThat(longest).isEqualTo(30);
    }

    @Test
    void aBlendIsBothClipsByTheirShares() {
        float[] other = new float[N];
        Arrays.fill(other, -1);
        boolean[] halves = new boolean[2];
        for (int seed = 0; seed < CASES; seed++) {
            float[] x = clip();
            double share = new Mixing.Mixup(1, 0.5).apply(x, AT, other, N, new SplittableRandom(seed));
            assertThat(share).isBetween(0.0, 1.0);
            halves[share < 0.5 ? 0 : 1] = true;
            for (int i = AT; i < AT + N; i++) {
                assertThat((double) x[i]).isCloseTo(share * clip()[i] - (1 - share), within(1e-6));
            }
            x = clip();
            share = new Mixing.TimeCut(1).apply(x, AT, other, N, new SplittableRandom(seed));
            for (int i = 0; i < N; i++) {
                assertThat(x[AT + i]).isEqualTo(i < share * N ? clip()[AT + i] : -1);
            }
        }
        assertThat(halves).containsOnly(true);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN})
    void refusesWhatIsNoProbability(double p) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> all(p))
                .withMessage("a probability is in [0, 1], not " + p);
        assertThatIllegalArgumentException().isThrownBy(() -> new TimeShift(p, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Gain(p, 0, 1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAmountsOutOfRange(double amount) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NoiseInjection(1, amount))
                .withMessageEndingWith(", not " + amount);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimeShift(1, amount))
                .withMessageEndingWith(", not " + amount);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Gain(1, 1, amount))
                .withMessage("gains go from low to high, not from 1.0 to " + amount + " dB");
    }
}
