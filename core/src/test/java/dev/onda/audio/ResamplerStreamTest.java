package dev.onda.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResamplerStreamTest {

    private static final int[][] RATES = {
        {16000, 8000},
        {8000, 16000},
        {48000, 16000},
        {44100, 16000},
        {16000, 11025},
        {44101, 16000},
        {16000, 44101},
        {16000, 16000},
        {256, 1},
        {1, 256}
    };
    private static final int[] LENGTHS = {0, 1, 2, 17, 1021, 30_011};

    @Test
    void givesInPiecesExactlyWhatTheWholeGives() {
        for (int[] rates : RATES) {
            Resampler resampler = Resampler.of(rates[0], rates[1]);
            for (int length : LENGTHS) {
                for (int most : new int[] {1, 160, 5000, 100_000}) {
                    if (length > 2000 && (most == 1 || rates[1] == 256)) {
                        continue;
                    }
                    Random random = new Random(length + most);
                    float[] input = noise(length, random);

                    assertThat(inPieces(resampler, input, most, random))
                            .as("%s, length %d, pieces up to %d", Arrays.toString(rates), length, most)
                            .isEqualTo(resampler.resample(input));
                }
            }
        }
    }

    /** Bits must not depend on how far a stream has come: its numbers go back by whole periods. */
    @Test
    void staysExactOverAHundredSeconds() {
        Random random = new Random(5);
        for (int[] rates : new int[][] {{16000, 8000}, {8000, 16000}}) {
            Resampler resampler = Resampler.of(rates[0], rates[1]);
            float[] input = noise(100 * rates[0], random);

            assertThat(Arrays.equals(inPieces(resampler, input, 100_000, random), resampler.resample(input)))
                    .isTrue();
        }
    }

    @Test
    void givesWhatIsReadyAsSoonAsItsReachIsThere() {
        Resampler.Stream stream = Resampler.of(16000, 8000).stream();

        stream.push(new float[116]);
        assertThat(stream.available()).isZero();
        stream.push(new float[1]);
        assertThat(stream.available()).isEqualTo(1);
        stream.push(new float[200], 50, 100);
        assertThat(stream.available()).isEqualTo(51);
        assertThat(stream.pull(new float[30], 10, 20)).isEqualTo(20);
        assertThat(stream.pull()).hasSize(31);
        stream.finish();
        stream.finish();
        assertThat(stream.pull()).hasSize(58);
        assertThat(stream.pull()).isEmpty();
        assertThat(stream.pull(new float[3], 0, 3)).isZero();
    }

    @Test
    void refusesMoreAfterItsEnd() {
        Resampler.Stream stream = Resampler.of(16000, 8000).stream();
        stream.finish();

        assertThatThrownBy(() -> stream.push(new float[1]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("this stream is finished, open a new one");
        assertThatThrownBy(() -> Resampler.of(16000, 8000).stream().push(new float[3], 2, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static float[] inPieces(Resampler resampler, float[] input, int most, Random random) {
        Resampler.Stream stream = resampler.stream();
        float[] output = new float[0];
        int filled = 0;
        for (int done = 0; done < input.length; ) {
            int count = Math.min(1 + random.nextInt(most), input.length - done);
            stream.push(input, done, count);
            done += count;
            if (random.nextBoolean()) {
                output = Arrays.copyOf(output, filled + stream.available());
                filled += stream.pull(output, filled, random.nextInt(output.length - filled + 1));
            }
        }
        stream.finish();
        output = Arrays.copyOf(output, filled + stream.available());
        stream.pull(output, filled, output.length - filled);
        return output;
    }

    private static float[] noise(int length, Random random) {
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = 2 * random.nextFloat() - 1;
        }
        return samples;
    }
}
