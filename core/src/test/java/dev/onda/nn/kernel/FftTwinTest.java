package dev.onda.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Transforms of each length on both kernels, against the definition in float64. */
final class FftTwinTest {

    private static final int[] LENGTHS = {128, 256, 512};
    private static final double TOLERANCE = 5e-7;
    private static final float GUARD = -777.25f;

    static List<Kernels> kernels() {
        return List.of(new VectorKernels(), new ScalarKernels());
    }

    /** Spectra somewhere in an array, real parts in front of imaginary ones, groups of lanes as far apart as they like. */
    private record Place(int points, int at, int step) {

        static Place random(int points, SplittableRandom random) {
            return new Place(points, random.nextInt(40), Spectrum.GROUP + random.nextInt(3) * 8);
        }

        int size() {
            return at + (points / Spectrum.LANES - 1) * step + Spectrum.GROUP;
        }

        int re(int i) {
            return at + i / Spectrum.LANES * step + i % Spectrum.LANES;
        }

        int im(int i) {
            return re(i) + Spectrum.LANES;
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void transformsAgree(Kernels kernels) {
        for (int points : LENGTHS) {
            for (long seed = 1; seed <= 5; seed++) {
                SplittableRandom random = new SplittableRandom(seed);
                Place from = Place.random(points, random);
                Place to = Place.random(points, random);
                float[] x = numbers(from, random);
                float[] y = transformed(kernels, x, from, to);
                double difference = 0;
                double norm = 0;
                for (int k = 0; k < points; k++) {
                    double real = 0;
                    double imaginary = 0;
                    for (int n = 0; n < points; n++) {
                        double angle = -2 * Math.PI * (n * k % points) / points;
                        real += x[from.re(n)] * Math.cos(angle) - x[from.im(n)] * Math.sin(angle);
                        imaginary += x[from.re(n)] * Math.sin(angle) + x[from.im(n)] * Math.cos(angle);
                    }
                    difference += Math.pow(y[to.re(k)] - real, 2) + Math.pow(y[to.im(k)] - imaginary, 2);
                    norm += real * real + imaginary * imaginary;
                }
                assertThat(Math.sqrt(difference / norm))
                        .as("%s points, seed %s", points, seed)
                        .isLessThanOrEqualTo(TOLERANCE);
                assertThat(countOf(GUARD, y)).as("guards").isEqualTo(y.length - 2 * points);
            }
        }
    }

    private static float[] numbers(Place place, SplittableRandom random) {
        float[] x = new float[place.size()];
        Arrays.fill(x, Float.NaN);
        for (int i = 0; i < place.points(); i++) {
            x[place.re(i)] = (float) random.nextGaussian();
            x[place.im(i)] = (float) random.nextGaussian();
        }
        return x;
    }

    private static float[] transformed(Kernels kernels, float[] x, Place from, Place to) {
        float[] y = new float[to.size()];
        Arrays.fill(y, GUARD);
        kernels.fft(
                new Spectrum(from.points()),
                x,
                from.re(0),
                from.im(0),
                from.step(),
                y,
                to.re(0),
                to.im(0),
                to.step(),
                new float[Spectrum.SCRATCH]);
        return y;
    }

    private static int countOf(float value, float[] numbers) {
        int count = 0;
        for (float number : numbers) {
            count += number == value ? 1 : 0;
        }
        return count;
    }

    @Test
    void refusesAnotherLength() {
        assertThatThrownBy(() -> new Spectrum(384))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("spectra have 128, 256 or 512 points, not 384");
    }
}
