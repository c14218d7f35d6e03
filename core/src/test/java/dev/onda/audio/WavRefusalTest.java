package dev.onda.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused, and in which words. */
class WavRefusalTest {

    @Test
    void refusesAnEmptyFile() {
        refuses(new byte[0], 0, "empty file");
    }

    @Test
    void refusesWhatIsNotRiff() {
        refuses(ascii("fLaC and more"), 0, "a FLAC file, not a WAV file; convert it: ffmpeg -i in.flac out.wav");
        refuses(ascii("ID3x"), 0, "an MP3 file, not a WAV file; convert it: ffmpeg -i in.mp3 out.wav");
        refuses(
                new byte[] {(byte) 0xff, (byte) 0xfb, (byte) 0x90, 0},
                0,
                "an MP3 file, not a WAV file; convert it: ffmpeg -i in.mp3 out.wav");
        refuses(
                ascii("\0\0\0 ftypM4A "),
                0,
                "an MP4 or M4A file, not a WAV file; convert it: ffmpeg -i in.m4a out.wav");
        refuses(ascii("OggS"), 0, "an Ogg file, not a WAV file; convert it: ffmpeg -i in.ogg out.wav");
        refuses(ascii("ftyp, too early"), 0, "not a WAV file: starts with 'ftyp', expected 'RIFF'");
        refuses(ascii("RI"), 0, "not a WAV file: starts with 'RI', expected 'RIFF'");
        refuses(new byte[] {1, 2, 3, 4, 5}, 0, "not a WAV file: starts with '????', expected 'RIFF'");
        refuses(
                ascii("RIFX...."),
                0,
                "not a WAV file: starts with 'RIFX', expected 'RIFF'; big-endian WAV is not read, convert the file");
    }

    @Test
    void refusesRiffOfAnotherKind() {
        refuses(ascii("RIFF\0\0\0\0AVI "), 8, "RIFF file holds 'AVI ', expected 'WAVE'");
        refuses(ascii("RIFF\0\0"), 6, "file ends inside its RIFF header: 6 bytes of 12");
    }

    @Test
    void refusesMissingChunks() {
        refuses(WavBytes.riff(4).bytes(), 12, "no fmt chunk");
        refuses(WavBytes.riff(28).format(1, 1, 8000, 16).bytes(), 36, "no data chunk");
        refuses(
                WavBytes.riff(40)
                        .format(1, 1, 8000, 16)
                        .name("LIST")
                        .int32(9999)
                        .int32(0)
                        .bytes(),
                48,
                "no data chunk; the file is cut short, or the chunk before claims too much");
    }

    @Test
    void refusesAFileCutShort() {
        byte[] whole = WavBytes.mono16(1, 2, 3, 4);
        refuses(Arrays.copyOf(whole, 48), 44, "data chunk claims 8 bytes, the file has 4");
        refuses(Arrays.copyOf(whole, 30), 20, "fmt chunk claims 16 bytes, the file has 10");
        refuses(
                WavBytes.riff(100)
                        .chunk("data", 1, 2)
                        .name("fmt ")
                        .int32(0xFFFFFFF0L)
                        .bytes(),
                30,
                "fmt chunk claims 4294967280 bytes, the file has 0");
    }

    @Test
    void refusesALongFileCutShort() {
        WavBytes file = new WavBytes().name("RF64").int32(-1).name("WAVE");
        file.name("ds64")
                .int32(28)
                .int32(74)
                .int32(9)
                .int32(2)
                .int32(9)
                .int32(1)
                .int32(0)
                .int32(0);
        file.format(1, 1, 8000, 16).name("data").int32(-1).int16(5);

        refuses(file.bytes(), 80, "data chunk claims 38654705666 bytes, the file has 2");
    }

    @Test
    void refusesFieldsThatAreZero() {
        refuses(pcm(0, 8000, 16), 22, "0 channels, expected at least 1");
        refuses(pcm(1, 0, 16), 24, "sample rate is 0 Hz, expected 1 to 2147483647");
        refuses(pcm(1, 0x80000000, 16), 24, "sample rate is 2147483648 Hz, expected 1 to 2147483647");
        refuses(pcm(1, 8000, 0), 34, "0 bits per sample, expected PCM of 8, 16, 24 or 32");
        refuses(pcm(1, 8000, 12), 34, "12 bits per sample, expected PCM of 8, 16, 24 or 32");
        refuses(
                WavBytes.riff(40).format(3, 1, 8000, 16).chunk("data", 0, 0).bytes(),
                34,
                "16 bits per sample, expected IEEE float of 32 or 64");
    }

    @Test
    void refusesABlockAlignThatDoesNotFit() {
        byte[] file = pcm(2, 8000, 16);
        file[32] = 3;

        refuses(file, 32, "block align is 3 bytes, but channels (2) x bits per sample (16) make 4");
    }

    @Test
    void namesTheCodecItCannotRead() {
        String rest = ", expected PCM or IEEE float; convert the file to PCM WAV";
        refuses(codec(2), 20, "codec is Microsoft ADPCM (0x0002)" + rest);
        refuses(codec(6), 20, "codec is A-law (0x0006)" + rest);
        refuses(codec(7), 20, "codec is mu-law (0x0007)" + rest);
        refuses(codec(0x11), 20, "codec is IMA ADPCM (0x0011)" + rest);
        refuses(codec(0x55), 20, "codec is MP3 (0x0055)" + rest);
        refuses(codec(0x1234), 20, "codec is unknown (0x1234)" + rest);
    }

    @Test
    void refusesExtensibleHeadersThatLie() {
        byte[] valid =
                WavBytes.riff(64).extensible(1, 1, 16, 17).chunk("data", 0, 0).bytes();
        refuses(valid, 38, "17 valid bits per sample, but only 16 are stored");

        byte[] guid =
                WavBytes.riff(64).extensible(1, 1, 16, 16).chunk("data", 0, 0).bytes();
        guid[59] = 0x72;
        refuses(guid, 44, "unknown sub-format GUID 0100000000001000800000aa00389b72; convert the file to PCM WAV");

        byte[] inner =
                WavBytes.riff(64).extensible(7, 1, 8, 8).chunk("data", 0, 0).bytes();
        refuses(inner, 20, "codec is mu-law (0x0007), expected PCM or IEEE float; convert the file to PCM WAV");

        refuses(codec(0xFFFE), 20, "extensible fmt chunk has 16 bytes, it needs at least 40");
    }

    @Test
    void refusesAShortFormatChunk() {
        byte[] file =
                WavBytes.riff(24).chunk("fmt ", 1, 0, 1, 0).chunk("data", 0, 0).bytes();

        refuses(file, 20, "fmt chunk has 4 bytes, it needs at least 16");
    }

    @Test
    void refusesDataThatEndsInsideAFrame() {
        byte[] file = WavBytes.riff(39)
                .format(1, 2, 8000, 16)
                .chunk("data", 1, 2, 3, 4, 5, 6)
                .bytes();

        refuses(file, 44, "data chunk has 6 bytes, which is no whole number of frames of 4");
    }

    @Test
    void refusesFloatsThatAreNoNumbers() {
        String rest = ", expected a finite number within float range";
        WavBytes single = WavBytes.riff(44).format(3, 1, 8000, 32).name("data").int32(8);
        refuses(single.float32(0).float32(Float.NaN).bytes(), 48, "sample is NaN" + rest);
        WavBytes stereo = WavBytes.riff(44).format(3, 2, 8000, 32).name("data").int32(8);
        refuses(stereo.float32(0).float32(Float.NEGATIVE_INFINITY).bytes(), 48, "sample is -Infinity" + rest);
        WavBytes twice = WavBytes.riff(44).format(3, 1, 8000, 64).name("data").int32(8);
        refuses(twice.float64(1e300).bytes(), 44, "sample is 1.0E300" + rest);
    }

    @Test
    void namesTheStream() {
        assertThatThrownBy(() -> WavReader.read(new ByteArrayInputStream(new byte[0]), "standard input"))
                .isInstanceOf(AudioFormatException.class)
                .hasMessage("standard input: empty file (at byte 0)");
    }

    @Test
    void explainsFilesThatCannotBeRead(@TempDir Path folder) throws IOException {
        Path directory = Files.createDirectory(folder.resolve("x.wav"));
        assertThatThrownBy(() -> WavReader.read(directory))
                .isInstanceOf(IOException.class)
                .hasMessage(directory + ": this is a folder, expected a sound file");

        Path missing = folder.resolve("missing.wav");
        assertThatThrownBy(() -> WavReader.read(missing))
                .isInstanceOf(IOException.class)
                .hasMessage(missing + ": no such file");
    }

    @Test
    void explainsFilesItMayNotRead(@TempDir Path folder) throws IOException {
        Path locked = Files.write(folder.resolve("locked.wav"), WavBytes.mono16(1));
        assertThat(locked.toFile().setReadable(false)).isTrue();
        assumeFalse(Files.isReadable(locked), "this user may read every file");

        assertThatThrownBy(() -> WavReader.read(locked))
                .isInstanceOf(IOException.class)
                .hasMessage(locked + ": no permission to read this file");
    }

    private static void refuses(byte[] bytes, long byteOffset, String reason) {
        AudioFormatException refusal =
                catchThrowableOfType(AudioFormatException.class, () -> WavReader.parse(bytes, "a/b.wav"));
        assertThat(refusal).hasMessage("a/b.wav: " + reason + " (at byte " + byteOffset + ")");
        assertThat(refusal.source()).isEqualTo("a/b.wav");
        assertThat(refusal.byteOffset()).isEqualTo(byteOffset);
        assertThat(refusal.reason()).isEqualTo(reason);
    }

    private static byte[] pcm(int channels, int rate, int bits) {
        return WavBytes.riff(40)
                .format(1, channels, rate, bits)
                .chunk("data", 0, 0, 0, 0)
                .bytes();
    }

    private static byte[] codec(int tag) {
        return WavBytes.riff(40)
                .format(tag, 1, 8000, 16)
                .chunk("data", 0, 0, 0, 0)
                .bytes();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
