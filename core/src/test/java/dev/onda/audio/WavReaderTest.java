package dev.onda.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is understood; exact, since every value here is a float without rounding. */
class WavReaderTest {

    @Test
    void readsMono16() throws IOException {
        Wave wave = parse(WavBytes.mono16(0, 1, -1, 16384, 32767, -32768));

        assertThat(wave.sampleRateHz()).isEqualTo(8000);
        assertThat(wave.samples()).containsExactly(0, 0x1p-15f, -0x1p-15f, 0.5f, 32767 / 32768f, -1);
    }

    @Test
    void readsUnsigned8() throws IOException {
        byte[] file = WavBytes.riff(40)
                .format(1, 1, 11025, 8)
                .chunk("data", 0, 128, 192, 255)
                .bytes();

        assertThat(parse(file).samples()).containsExactly(-1, 0, 0.5f, 127 / 128f);
    }

    @Test
    void reads24() throws IOException {
        byte[] file = WavBytes.riff(46)
                .format(1, 1, 48000, 24)
                .chunk("data", 0, 0, 0x80, 0, 0, 0x40, 1, 0, 0, 0xFF, 0xFF, 0xFF)
                .bytes();

        assertThat(parse(file).samples()).containsExactly(-1, 0.5f, 0x1p-23f, -0x1p-23f);
    }

    @Test
    void reads32() throws IOException {
        byte[] file = WavBytes.riff(44)
                .format(1, 1, 96000, 32)
                .chunk("data", 0, 0, 0, 0x80, 0, 0, 0, 0x40)
                .bytes();

        assertThat(parse(file).samples()).containsExactly(-1, 0.5f);
    }

    @Test
    void readsFloatsBeyondFullScaleAsTheyAre() throws IOException {
        byte[] single = WavBytes.riff(44)
                .format(3, 1, 8000, 32)
                .name("data")
                .int32(8)
                .float32(1.5f)
                .float32(-0.1f)
                .bytes();
        byte[] twice = WavBytes.riff(44)
                .format(3, 1, 8000, 64)
                .name("data")
                .int32(8)
                .float64(-2.25)
                .bytes();

        assertThat(parse(single).samples()).containsExactly(1.5f, -0.1f);
        assertThat(parse(twice).samples()).containsExactly(-2.25f);
    }

    @Test
    void averagesChannels() throws IOException {
        byte[] stereo = WavBytes.riff(44)
                .format(1, 2, 8000, 16)
                .name("data")
                .int32(8)
                .int16(100)
                .int16(300)
                .int16(-32768)
                .int16(-32768)
                .bytes();
        byte[] five = WavBytes.riff(41)
                .format(1, 5, 8000, 8)
                .chunk("data", 128, 128, 128, 128, 168)
                .bytes();

        assertThat(parse(stereo).samples()).containsExactly(200 / 32768f, -1);
        assertThat(parse(five).samples()).containsExactly(8 / 128f);
    }

    @Test
    void readsExtensibleHeaders() throws IOException {
        byte[] twentyBits = WavBytes.riff(63)
                .extensible(1, 1, 24, 20)
                .chunk("data", 0, 0, 0x40)
                .bytes();
        byte[] floats = WavBytes.riff(64)
                .extensible(3, 1, 32, 32)
                .name("data")
                .int32(4)
                .float32(0.25f)
                .bytes();

        assertThat(parse(twentyBits).samples()).containsExactly(0.5f);
        assertThat(parse(floats).samples()).containsExactly(0.25f);
    }

    @Test
    void skipsUnknownChunksAndTheirPadding() throws IOException {
        byte[] file = WavBytes.riff(68)
                .chunk("JUNK", 1, 2, 3)
                .format(1, 1, 8000, 16)
                .chunk("LIST", 9)
                .chunk("data", 0, 0x40)
                .chunk("id3 ", 5)
                .bytes();

        assertThat(parse(file).samples()).containsExactly(0.5f);
    }

    @Test
    void readsDataBeforeFormat() throws IOException {
        byte[] file =
                WavBytes.riff(38).chunk("data", 0xC0).format(1, 1, 8000, 8).bytes();

        assertThat(parse(file).samples()).containsExactly(0.5f);
    }

    @Test
    void acceptsALastChunkWithoutItsPadding() throws IOException {
        byte[] file = WavBytes.riff(37)
                .format(1, 1, 8000, 8)
                .name("data")
                .int32(1)
                .raw(0xC0)
                .bytes();

        assertThat(parse(file).samples()).containsExactly(0.5f);
    }

    @Test
    void readsAClipOfNoSamples() throws IOException {
        assertThat(parse(WavBytes.mono16()).samples()).isEmpty();
    }

    @Test
    void takesWhatIsThereBehindAStreamsHeader() throws IOException {
        long[][] riffAndDataSizes = {
            {0, 0},
            {0xFFFFFFFFL, 0xFFFFFFFFL},
            {0, 0xFFFFFFFFL},
            {0xFFFFFFFFL, 0},
            {0, 1000},
            {0xFFFFFFFFL, 1000},
            {0x7FFFF024L, 0x7FFFF000L},
            {0x80000024L, 0x80000000L},
            {36, 0},
            {36 + 4, 0xFFFFFFFFL}
        };
        for (long[] sizes : riffAndDataSizes) {
            byte[] file =
                    streamed(sizes[0], sizes[1]).int16(16384).int16(-16384).bytes();

            assertThat(parse(file).samples())
                    .as("RIFF size %d, data size %d", sizes[0], sizes[1])
                    .containsExactly(0.5f, -0.5f);
        }
    }

    @Test
    void dropsTheCutLastFrameOfAStream() throws IOException {
        assertThat(parse(streamed(0, 0).int16(16384).raw(7).bytes()).samples()).containsExactly(0.5f);
    }

    @Test
    void keepsToAStreamsDataSizeIfItIsTrue() throws IOException {
        byte[] file = streamed(0, 2).int16(16384).chunk("LIST", 1, 2).bytes();

        assertThat(parse(file).samples()).containsExactly(0.5f);
    }

    @Test
    void readsLongForms() throws IOException {
        for (String name : new String[] {"RF64", "BW64"}) {
            byte[] file = longForm(name, 2).int16(16384).chunk("LIST", 1, 2).bytes();

            assertThat(parse(file).samples()).containsExactly(0.5f);
        }
    }

    @Test
    void readsBuffersWithoutMovingThem() throws IOException {
        byte[] file = WavBytes.mono16(16384, -16384);
        ByteBuffer direct = ByteBuffer.allocateDirect(file.length + 3);
        direct.position(3).put(file).position(3);

        assertThat(WavReader.parse(direct.asReadOnlyBuffer(), "b").samples()).containsExactly(0.5f, -0.5f);
        assertThat(WavReader.parse(direct, "b").samples()).containsExactly(0.5f, -0.5f);
        assertThat(direct.position()).isEqualTo(3);
    }

    @Test
    void readsStreamsAndFilesAlike(@TempDir Path folder) throws IOException {
        byte[] file = WavBytes.mono16(1, 2, 3);
        Path path = Files.write(folder.resolve("x.wav"), file);

        assertThat(WavReader.read(path).samples()).isEqualTo(parse(file).samples());
        assertThat(WavReader.read(new ByteArrayInputStream(file), "standard input")
                        .samples())
                .isEqualTo(parse(file).samples());
    }

    private static WavBytes streamed(long riffSize, long dataSize) {
        return WavBytes.riff(riffSize).format(1, 1, 8000, 16).name("data").int32(dataSize);
    }

    private static WavBytes longForm(String name, long dataSize) {
        WavBytes file = new WavBytes().name(name).int32(0xFFFFFFFFL).name("WAVE");
        file.name("ds64")
                .int32(28)
                .int32(74)
                .int32(0)
                .int32(dataSize)
                .int32(0)
                .int32(1)
                .int32(0)
                .int32(0);
        return file.format(1, 1, 8000, 16).name("data").int32(0xFFFFFFFFL);
    }

    private static Wave parse(byte[] bytes) throws IOException {
        return WavReader.parse(bytes, "test.wav");
    }
}
