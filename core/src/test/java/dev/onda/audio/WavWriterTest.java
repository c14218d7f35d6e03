package dev.onda.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WavWriterTest {

    private static final int[] LENGTHS = {0, 1, 2, 3, 7, 17, 4095, 4096, 4097, 16000};

    /** Half a step is the most that rounding costs, 32 bits lose what a float cannot hold; 2^-40 is for decimals. */
    @ParameterizedTest
    @EnumSource
    void readsBackWhatItWrote(SampleFormat format) throws IOException {
        double step = format.isFloat() ? 0 : Math.scalb(1.0, 1 - format.bits());
        double floatRounding = format == SampleFormat.PCM_32 ? 0x1p-24 : 0x1p-40;
        for (int length : LENGTHS) {
            Wave wave = noise(length, length);
            Wave back = WavReader.parse(encode(wave, format), "memory");

            assertThat(back.sampleRateHz()).isEqualTo(wave.sampleRateHz());
            assertThat(back.samples()).hasSize(length);
            for (int i = 0; i < length; i++) {
                assertThat((double) back.samples()[i])
                        .as("%s, seed %d, sample %d", format, length, i)
                        .isCloseTo(wave.samples()[i], within(step / 2 + floatRounding));
            }
        }
    }

    /** A float holds every integer of up to 24 bits, so what was read once is read the same ever after. */
    @ParameterizedTest
    @EnumSource
    void keepsWhatWasReadOnce(SampleFormat format) throws IOException {
        Wave once = WavReader.parse(encode(noise(5000, 3), format), "memory");
        Wave again = WavReader.parse(encode(once, format), "memory");

        assertThat(again.samples()).isEqualTo(once.samples());
    }

    @ParameterizedTest
    @EnumSource
    void writesSizesThatAreTrue(SampleFormat format) throws IOException {
        byte[] file = encode(noise(7, 1), format);

        assertThat(file.length).isEven();
        assertThat(SampleDecoder.int32(file, 4)).isEqualTo(file.length - 8);
    }

    @Test
    void writesThePlainHeaderEveryoneReads() throws IOException {
        assertThat(encode(new Wave(new float[] {0.5f, -0.25f}, 8000), SampleFormat.PCM_16))
                .isEqualTo(WavBytes.mono16(16384, -8192));
    }

    @Test
    void roundsToTheNearestAndClips() throws IOException {
        float step = 0x1p-15f;
        float[] samples = {0.4f * step, 0.6f * step, -0.6f * step, 1, 7, -1, -7};

        assertThat(encode(new Wave(samples, 8000), SampleFormat.PCM_16))
                .isEqualTo(WavBytes.mono16(0, 1, -1, 32767, 32767, -32768, -32768));
    }

    @Test
    void replacesAFileAndLeavesNothingElse(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("x.wav"), "old");
        WavWriter.write(file, new Wave(new float[] {0.5f}, 8000));

        assertThat(file).hasBinaryContent(WavBytes.mono16(16384));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void refusesNumbersThatAreNone(@TempDir Path folder) {
        Path file = folder.resolve("x.wav");
        assertThatThrownBy(() -> WavWriter.write(file, new Wave(new float[] {0, Float.NaN}, 8000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sample 1 is NaN, expected a finite number");
        assertThat(file).doesNotExist();
    }

    @Test
    void explainsWhereItCannotWrite(@TempDir Path folder) {
        Wave wave = new Wave(new float[1], 8000);
        Path orphan = folder.resolve("no/x.wav");

        assertThatThrownBy(() -> WavWriter.write(orphan, wave))
                .isInstanceOf(IOException.class)
                .hasMessage(orphan + ": its folder does not exist; make it first");
        assertThatThrownBy(() -> WavWriter.write(folder, wave))
                .isInstanceOf(IOException.class)
                .hasMessage(folder + ": this is a folder, expected the name of a WAV file");
    }

    private static byte[] encode(Wave wave, SampleFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WavWriter.write(out, wave, format);
        return out.toByteArray();
    }

    /** Within [-0.99, 0.99], so that no format clips. */
    private static Wave noise(int length, long seed) {
        Random random = new Random(seed);
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = 0.99f * (2 * random.nextFloat() - 1);
        }
        return new Wave(samples, 1 + random.nextInt(192_000));
    }
}
