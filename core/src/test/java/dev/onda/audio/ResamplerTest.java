package dev.onda.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResamplerTest {

    private static final int[][] RATES = {
        {16000, 8000},
        {8000, 16000},
        {48000, 16000},
        {44100, 16000},
        {11025, 16000},
        {16000, 44100},
        {44101, 16000},
        {16000, 44101},
        {22050, 16000},
        {8000, 8000},
        {96000, 8000}
    };
    private static final int[] LENGTHS = {0, 1, 2, 3, 7, 17, 333, 1021};

    /** Errors of rounding and of the line between rows: at most -110 dB of full scale on average. */
    @Test
    void agreesWithItsDefinition() {
        for (int[] rates : RATES) {
            for (int length : LENGTHS) {
                float[] input = noise(length, length);
                float[] output = Resampler.of(rates[0], rates[1]).resample(input);
                double[] expected =
                        rates[0] == rates[1] ? doubles(input) : SlowResampler.resample(input, rates[0], rates[1]);

                assertThat(output)
                        .as("%s, length %d", Arrays.toString(rates), length)
                        .hasSize(expected.length);
                double error = 0;
                for (int n = 0; n < output.length; n++) {
                    error += Math.pow(output[n] - expected[n], 2) / output.length;
                }
                assertThat(10 * Math.log10(error + 1e-30))
                        .as("error in dB, %s, length %d", Arrays.toString(rates), length)
                        .isLessThan(-110);
            }
        }
    }

    @Test
    void givesTheDocumentedLength() {
        assertThat(Resampler.of(16000, 8000).resample(new float[17])).hasSize(9);
        assertThat(Resampler.of(8000, 16000).resample(new float[17])).hasSize(34);
        assertThat(Resampler.of(44100, 16000).resample(new float[44100])).hasSize(16000);
        assertThat(Resampler.of(44100, 16000).resample(new float[44101])).hasSize(16001);
        assertThat(Resampler.of(16000, 8000).resample(new float[0])).isEmpty();
        assertThat(Resampler.of(16000, 8000).resample(new float[1])).hasSize(1);
    }

    /** An impulse at 1 s comes out at 1 s, its greatest value in the middle and its sides alike to 1e-7. */
    @Test
    void keepsAnImpulseInItsPlace() {
        for (int[] rates : RATES) {
            float[] input = new float[2 * rates[0]];
            input[rates[0]] = 1;
            float[] output = Resampler.of(rates[0], rates[1]).resample(input);
            int middle = rates[1];

            for (int i = 1; i < 200; i++) {
                assertThat(output[middle - i])
                        .as("%s, %d beside the middle", Arrays.toString(rates), i)
                        .isCloseTo(output[middle + i], within(1e-6f))
                        .isLessThan(output[middle]);
            }
        }
    }

    /** Away from the edges a constant stays what it is, to 1e-6. */
    @Test
    void keepsAConstant() {
        for (int[] rates : RATES) {
            float[] input = new float[rates[0] / 4];
            Arrays.fill(input, 0.75f);
            float[] output = Resampler.of(rates[0], rates[1]).resample(input);

            for (int n = output.length / 4; n < output.length * 3 / 4; n++) {
                assertThat(output[n]).as(Arrays.toString(rates)).isCloseTo(0.75f, within(1e-6f));
            }
        }
    }

    /** Linear to 5e-6: some hundred roundings of sums of magnitude 2 and less. */
    @Test
    void isLinear() {
        for (int[] rates : RATES) {
            float[] a = noise(2000, 1);
            float[] b = noise(2000, 2);
            float[] mixed = new float[2000];
            for (int n = 0; n < mixed.length; n++) {
                mixed[n] = 2 * a[n] - 0.5f * b[n];
            }
            Resampler resampler = Resampler.of(rates[0], rates[1]);
            float[] outputA = resampler.resample(a);
            float[] outputB = resampler.resample(b);
            float[] output = resampler.resample(mixed);

            for (int n = 0; n < output.length; n++) {
                assertThat(output[n])
                        .as(Arrays.toString(rates))
                        .isCloseTo(2 * outputA[n] - 0.5f * outputB[n], within(5e-6f));
            }
        }
    }

    @Test
    void changesNothingAtEqualRates() {
        Wave wave = new Wave(new float[] {1, -0.0f, 3}, 16000);
        Resampler resampler = Resampler.of(16000, 16000);

        assertThat(resampler.resample(wave)).isSameAs(wave);
        assertThat(resampler.resample(wave.samples())).isEqualTo(wave.samples()).isNotSameAs(wave.samples());
    }

    @Test
    void keepsItsTables() {
        assertThat(Resampler.of(16000, 8000)).isSameAs(Resampler.of(16000, 8000));
    }

    @Test
    void givesWavesTheirNewRate() {
        Wave wave = Resampler.of(16000, 8000).resample(new Wave(new float[100], 16000));

        assertThat(wave.sampleRateHz()).isEqualTo(8000);
        assertThat(wave.samples()).hasSize(50);
    }

    @Test
    void refusesWhatItCannotDo() {
        String rest = ": rates are at least 1 Hz, and at most 256 times each other";
        assertThatThrownBy(() -> Resampler.of(0, 8000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot resample 0 Hz to 8000 Hz" + rest);
        assertThatThrownBy(() -> Resampler.of(16000, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot resample 16000 Hz to 1 Hz" + rest);
        assertThatThrownBy(() -> Resampler.of(16000, 8000).resample(new Wave(new float[1], 8000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the wave has 8000 Hz, this resampler takes 16000 Hz");
    }

    /** The largest ratios and terms there are: they must work, in bounded memory. */
    @Test
    void worksAtTheExtremes() {
        int[][] extremes = {{256, 1}, {1, 256}, {Integer.MAX_VALUE, Integer.MAX_VALUE - 1}, {Integer.MAX_VALUE, 1 << 23}
        };
        for (int[] rates : extremes) {
            float[] input = new float[1000];
            Arrays.fill(input, 1);
            float[] output = Resampler.of(rates[0], rates[1]).resample(input);

            assertThat(output).hasSize((int) Math.ceilDiv(1000L * rates[1], (long) rates[0]));
            assertThat(new PolyphaseFilter(rates[0], rates[1]).coefficients.length)
                    .isLessThan(200_000);
        }
    }

    private static float[] noise(int length, long seed) {
        Random random = new Random(seed);
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = 2 * random.nextFloat() - 1;
        }
        return samples;
    }

    private static double[] doubles(float[] samples) {
        double[] doubles = new double[samples.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = samples[i];
        }
        return doubles;
    }
}
