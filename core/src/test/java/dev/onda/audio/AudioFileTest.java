package dev.onda.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AudioFileTest {

    @TempDir
    private Path folder;

    @Test
    void readsWavWhateverItsName() throws IOException {
        Path file = Files.write(folder.resolve("x.mp3"), WavBytes.mono16(16384, -8192));

        assertThat(AudioFile.read(file).samples()).containsExactly(0.5f, -0.25f);
    }

    @Test
    void readsAiff() throws IOException {
        Wave wave =
                AudioFile.read(encoded(AudioFileFormat.Type.AIFF, Encoding.PCM_SIGNED, 16, 1, 0x40, 0x00, 0xE0, 0x00));

        assertThat(wave.sampleRateHz()).isEqualTo(8000);
        assertThat(wave.samples()).containsExactly(0.5f, -0.25f);
    }

    @Test
    void readsAuOfEverySize() throws IOException {
        assertThat(AudioFile.read(encoded(AudioFileFormat.Type.AU, Encoding.PCM_SIGNED, 8, 1, 0x40, 0xE0))
                        .samples())
                .containsExactly(0.5f, -0.25f);
        assertThat(AudioFile.read(encoded(AudioFileFormat.Type.AU, Encoding.PCM_SIGNED, 16, 2, 0x40, 0x00, 0xE0, 0x00))
                        .samples())
                .containsExactly(0.125f);
        assertThat(AudioFile.read(encoded(AudioFileFormat.Type.AU, Encoding.PCM_SIGNED, 24, 1, 0x40, 0x00, 0x01))
                        .samples())
                .containsExactly(0.5f + 0x1p-23f);
        assertThat(AudioFile.read(encoded(AudioFileFormat.Type.AU, Encoding.PCM_SIGNED, 32, 1, 0x80, 0, 0, 0))
                        .samples())
                .containsExactly(-1);
    }

    /** G.711: 0x80 is the loudest positive mu-law code, 32124 of 32768, and 0xFF is zero. */
    @Test
    void readsMuLawAu() throws IOException {
        float[] samples = AudioFile.read(encoded(AudioFileFormat.Type.AU, Encoding.ULAW, 8, 1, 0x80, 0xFF, 0x00))
                .samples();

        assertThat(samples).containsExactly(new float[] {32124 / 32768f, 0, -32124 / 32768f}, within(0f));
    }

    @Test
    void saysWhenNoProviderKnowsAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("x.flac"), "fLaC, but not really, and long enough for a header");

        assertThatThrownBy(() -> AudioFile.read(file))
                .isInstanceOf(AudioFormatException.class)
                .hasMessage(file + ": not a WAV file and no Java Sound provider on the class path reads it;"
                        + " convert it to WAV (at byte 0)");
    }

    @Test
    void refusesAFileOfNothing() throws IOException {
        Path file = Files.createFile(folder.resolve("x.aiff"));

        assertThatThrownBy(() -> AudioFile.read(file))
                .isInstanceOf(AudioFormatException.class)
                .hasMessage(file + ": empty file (at byte 0)");
    }

    @Test
    void survivesOtherFormatsCutAtAnyByte() throws IOException {
        for (AudioFileFormat.Type type : List.of(AudioFileFormat.Type.AIFF, AudioFileFormat.Type.AU)) {
            byte[] whole = Files.readAllBytes(encoded(type, Encoding.PCM_SIGNED, 16, 1, 1, 2, 3, 4));
            for (int length = 0; length < whole.length; length++) {
                Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
                try {
                    assertThat(AudioFile.read(cut).samples()).hasSizeLessThan(2);
                } catch (IOException e) {
                    assertThat(e).hasMessageStartingWith(cut + ": ");
                }
            }
        }
    }

    /** In a runtime without java.desktop a WAV is read, so no class of that module is needed; others are refused. */
    @Test
    void needsNoJavaDesktopForWav() throws IOException, InterruptedException {
        Path wav = Files.write(folder.resolve("x.wav"), WavBytes.mono16(1, 2, 3));
        Path other = Files.writeString(folder.resolve("x.au"), ".snd");
        String classPath = location(AudioFile.class) + System.getProperty("path.separator") + location(ReadFiles.class);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--limit-modules=java.base",
                        "-cp",
                        classPath,
                        ReadFiles.class.getName(),
                        wav.toString(),
                        other.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output.lines())
                .containsExactly(
                        "3 samples",
                        other + ": not a WAV file, and this Java runtime has no module java.desktop to read others;"
                                + " convert it to WAV (at byte 0)");
    }

    @Test
    void knowsSoundFilesByName() {
        assertThat(List.of(
                        "a.wav", "b.WAV", "c.wave", "d.aif", "e.AIFF", "f.au", "g.flac", "h.Mp3", "i.ogg", "j.x.opus"))
                .allMatch(AudioFile::isAudioName);
        assertThat(List.of("wav", "a.txt", "a.wav.txt", "", ".", "a.", "wav.", "awav"))
                .noneMatch(AudioFile::isAudioName);
    }

    /** Run by {@link #needsNoJavaDesktopForWav} in a Java process of its own. */
    static final class ReadFiles {

        private ReadFiles() {}

        public static void main(String[] files) {
            for (String file : files) {
                try {
                    System.out.println(AudioFile.read(Path.of(file)).samples().length + " samples");
                } catch (IOException e) {
                    System.out.println(e.getMessage());
                }
            }
        }
    }

    private static String location(Class<?> type) {
        return Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }

    /** A big-endian file at 8 kHz, written by Java Sound. */
    private Path encoded(AudioFileFormat.Type type, Encoding encoding, int bits, int channels, int... bytes)
            throws IOException {
        byte[] data = new byte[bytes.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) bytes[i];
        }
        int frameBytes = channels * bits / 8;
        AudioFormat format = new AudioFormat(encoding, 8000, bits, channels, frameBytes, 8000, true);
        Path file = folder.resolve("encoded." + type.getExtension());
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(data), format, data.length / frameBytes),
                type,
                file.toFile());
        return file;
    }
}
