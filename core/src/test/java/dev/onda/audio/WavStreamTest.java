package dev.onda.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file read as it comes is the file read whole, whatever the pieces, and however it is damaged. */
class WavStreamTest {

    private static final long SEED = 20202;

    @TempDir
    private Path folder;

    @Test
    void readsEveryFormatAsTheReaderDoes() throws IOException {
        for (byte[] file : WavDamageTest.samples()) {
            for (int piece : new int[] {1, 2, 3, 7, 1_000}) {
                assertThat(read(file, piece))
                        .isEqualTo(WavReader.parse(file, "x").samples());
            }
        }
    }

    @Test
    void agreesWithTheReaderOnEveryCut() throws IOException {
        for (byte[] file : WavDamageTest.samples()) {
            for (int length = 0; length < file.length; length++) {
                agrees(Arrays.copyOf(file, length), "cut to " + length);
            }
        }
    }

    @Test
    void agreesWithTheReaderOnEverySizeThatLies() throws IOException {
        long[] lies = {0, 1, 2, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFF0L, 0xFFFF_FFFEL, 0xFFFF_FFFFL};
        for (byte[] whole : WavDamageTest.samples()) {
            for (int at = 4; at + 4 <= whole.length; at++) {
                for (long lie : lies) {
                    byte[] bytes = whole.clone();
                    for (int i = 0; i < 4; i++) {
                        bytes[at + i] = (byte) (lie >> (8 * i));
                    }
                    agrees(bytes, "size " + lie + " at byte " + at);
                }
            }
        }
    }

    @Test
    void agreesWithTheReaderOnRandomDamage() throws IOException {
        Random random = new Random(SEED);
        List<byte[]> samples = WavDamageTest.samples();
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = samples.get(round % samples.size()).clone();
            for (int damage = 1 + random.nextInt(4); damage > 0; damage--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            agrees(bytes, "seed " + SEED + ", round " + round);
        }
    }

    private static void agrees(byte[] file, String damage) {
        Object whole;
        try {
            whole = WavReader.parse(file, "x").samples();
        } catch (AudioFormatException e) {
            whole = "refused";
        }
        Object streamed;
        try {
            streamed = read(file, 5);
        } catch (AudioFormatException e) {
            assertThat(e.getMessage()).as(damage).startsWith("x: ").doesNotContain("\n");
            streamed = e.reason().startsWith("the data chunk comes before") ? whole : "refused";
        } catch (IOException e) {
            throw new AssertionError(damage, e);
        }
        assertThat(streamed).as(damage).isEqualTo(whole);
    }

    @Test
    void refusesInTheReadersWords() {
        refuses(new byte[0], "x: empty file (at byte 0)");
        refuses(
                "fLaC and more".getBytes(StandardCharsets.ISO_8859_1),
                "x: a FLAC file, not a WAV file; convert it: ffmpeg -i in.flac out.wav (at byte 0)");
        refuses(WavBytes.riff(4).bytes(), "x: no fmt chunk (at byte 12)");
        refuses(
                WavBytes.riff(36).chunk("LIST", 1, 2).format(2, 1, 8000, 16).bytes(),
                "x: codec is Microsoft ADPCM (0x0002), expected PCM or IEEE float; convert the file to PCM WAV"
                        + " (at byte 30)");
        refuses(
                WavBytes.riff(40)
                        .format(1, 1, 8000, 16)
                        .name("LIST")
                        .int32(9999)
                        .int32(0)
                        .bytes(),
                "x: no data chunk; the file is cut short, or the chunk before claims too much (at byte 48)");
        refuses(
                WavBytes.riff(40).chunk("data", 1, 2).format(1, 1, 8000, 16).bytes(),
                "x: the data chunk comes before the fmt chunk: that cannot be read as it comes; convert the file"
                        + " (at byte 20)");
    }

    @Test
    void soundOfACutFileIsReadBeforeItIsRefused() throws IOException {
        byte[] cut = Arrays.copyOf(WavBytes.mono16(16384, -16384, 3, 4), 49);
        WavStream stream = WavStream.open(new ByteArrayInputStream(cut), "x");
        float[] samples = new float[9];

        assertThat(stream.read(samples, 1, 8)).isEqualTo(2);
        assertThat(samples).startsWith(0, 0.5f, -0.5f);
        assertThatThrownBy(() -> stream.read(samples, 0, 9))
                .hasMessage("x: data chunk claims 8 bytes, the file has 5 (at byte 44)");
        assertThat(stream.read(samples, 0, 9)).as("once is enough").isEqualTo(SoundSource.END);
    }

    @Test
    void namesTheByteOfASampleThatIsNoNumberFarFromTheBeginning() {
        WavBytes file = WavBytes.riff(0).format(3, 1, 8000, 32).name("data").int32(0);
        for (int i = 0; i < 100_000; i++) {
            file.float32(0.25f);
        }
        refuses(
                file.float32(Float.NaN).bytes(),
                "x: sample is NaN, expected a finite number within float range (at byte 400044)");
    }

    @Test
    void aFileOfMoreThanFourGigabytesNeedsNoMemory() throws IOException {
        byte[] header = new WavBytes()
                .name("RF64")
                .int32(-1)
                .name("WAVE")
                .name("ds64")
                .int32(28)
                .int32(40)
                .int32(1)
                .int32(0x1000)
                .int32(1)
                .int32(0)
                .int32(0)
                .int32(0)
                .format(1, 1, 16_000, 16)
                .name("data")
                .int32(-1)
                .bytes();
        // Of all these bytes, a part that is read in the time of a test.
        int present = 1 << 27;
        WavStream stream = WavStream.open(
                new SequenceInputStream(new ByteArrayInputStream(header), new Zeros(present)), "long.wav");
        float[] samples = new float[1 << 14];
        int total = 0;
        while (total < present / 2) {
            total += stream.read(samples, 0, samples.length);
        }
        assertThat(total).isEqualTo(present / 2);
        assertThatThrownBy(() -> stream.read(samples, 0, 1))
                .hasMessage("long.wav: data chunk claims 4294971392 bytes, the file has 134217728 (at byte 80)");
    }

    @Test
    void opensFilesAndSaysWhyNot() throws IOException {
        Path file = Files.write(folder.resolve("x.wav"), WavBytes.mono16(1, 2, 3));
        try (WavStream stream = WavStream.open(file)) {
            assertThat(stream.sampleRateHz()).isEqualTo(8_000);
            assertThat(stream.isLive()).isFalse();
            assertThat(stream.read(new float[9], 0, 9)).isEqualTo(3);
        }
        assertThatThrownBy(() -> WavStream.open(folder))
                .hasMessage(folder + ": this is a folder, expected a sound file");
        Path missing = folder.resolve("missing.wav");
        assertThatThrownBy(() -> WavStream.open(missing)).hasMessage(missing + ": no such file");
    }

    private static void refuses(byte[] file, String message) {
        assertThatThrownBy(() -> read(file, 7))
                .isInstanceOf(AudioFormatException.class)
                .hasMessage(message);
    }

    /** Reads in turns of so many samples, from a stream that gives as many bytes at a time. */
    private static float[] read(byte[] file, int piece) throws IOException {
        WavStream stream = WavStream.open(new Dripping(file, piece), "x");
        float[] samples = new float[file.length];
        int total = 0;
        while (true) {
            int read = stream.read(samples, total, Math.max(1, Math.min(piece, samples.length - total)));
            if (read == SoundSource.END) {
                return Arrays.copyOf(samples, total);
            }
            total += read;
        }
    }

    /** Bytes of which at most so many come at a time, as through a pipe. */
    private static final class Dripping extends ByteArrayInputStream {
        private final int most;

        Dripping(byte[] bytes, int most) {
            super(bytes);
            this.most = most;
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(most, length));
        }
    }

    /** So many bytes of silence. */
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long count) {
            left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(left, length);
            left -= count;
            return count;
        }
    }

    @Test
    void rawSamplesComeInPiecesOfAnySize() throws IOException {
        byte[] bytes = {0, 0x40, 0, 0, 0, (byte) 0x80, 0, (byte) 0x80, 7};
        PcmStream stream = new PcmStream(new Dripping(bytes, 3), 44_100, 2);
        float[] samples = new float[4];
        int total = 0;
        for (int n = stream.read(samples, 0, 4); n != SoundSource.END; n = stream.read(samples, total, 4 - total)) {
            total += n;
        }
        assertThat(total).isEqualTo(2);
        assertThat(samples).startsWith(0.25f, -1);
        assertThatThrownBy(() -> new PcmStream(InputStream.nullInputStream(), 0, 1))
                .hasMessage("a sample rate is at least 1 Hz, not 0");
        assertThatThrownBy(() -> new PcmStream(InputStream.nullInputStream(), 8_000, 0))
                .hasMessage("1 to 8 channels are expected, not 0");
    }
}
