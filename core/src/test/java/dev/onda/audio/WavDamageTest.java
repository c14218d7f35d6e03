package dev.onda.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged files: whatever the damage, a wave or an {@link IOException}, and memory in proportion to the bytes. */
class WavDamageTest {

    private static final long SEED = 20201;
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** Room for a message and a stack trace; the files here have some hundred bytes. */
    private static final long MOST_ALLOCATED_BYTES = 1 << 20;

    @Test
    void refusesAFileCutAtAnyByteOfItsSound() throws IOException {
        byte[] whole = WavBytes.mono16(1, 2, 3, 4, 5);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> parseFrugally(cut))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(AudioFormatException.class)
                    .hasMessageMatching("[^\\n]+ \\(at byte \\d+\\)");
        }
    }

    @Test
    void survivesCutsOfEveryFormat() throws IOException {
        for (byte[] whole : samples()) {
            for (int length = 0; length <= whole.length; length++) {
                survives(Arrays.copyOf(whole, length), "cut to " + length);
            }
        }
    }

    @Test
    void survivesRandomBytes() throws IOException {
        Random random = new Random(SEED);
        List<byte[]> samples = samples();
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = samples.get(round % samples.size()).clone();
            for (int damage = 1 + random.nextInt(6); damage > 0; damage--) {
                // Headers are where damage can do most.
                int reach = random.nextBoolean() ? Math.min(64, bytes.length) : bytes.length;
                bytes[random.nextInt(reach)] = (byte) (random.nextBoolean() ? random.nextInt() : -random.nextInt(2));
            }
            survives(bytes, "seed " + SEED + ", round " + round);
        }
    }

    @Test
    void survivesEverySizeThatLies() throws IOException {
        long[] lies = {0, 1, 2, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFF0L, 0xFFFF_FFFEL, 0xFFFF_FFFFL};
        for (byte[] whole : samples()) {
            for (int at = 4; at + 4 <= whole.length; at++) {
                for (long lie : lies) {
                    byte[] bytes = whole.clone();
                    for (int i = 0; i < 4; i++) {
                        bytes[at + i] = (byte) (lie >> (8 * i));
                    }
                    survives(bytes, "size " + lie + " at byte " + at);
                }
            }
        }
    }

    private static void survives(byte[] bytes, String damage) {
        try {
            Wave wave = parseFrugally(bytes);
            assertThat(wave.samples().length).as(damage).isLessThanOrEqualTo(bytes.length);
        } catch (IOException e) {
            assertThat(e.getMessage()).as(damage).startsWith("damaged.wav: ").doesNotContain("\n");
        } catch (RuntimeException e) {
            throw new AssertionError(damage, e);
        }
    }

    private static Wave parseFrugally(byte[] bytes) throws IOException {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            return WavReader.parse(bytes, "damaged.wav");
        } finally {
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_ALLOCATED_BYTES);
        }
    }

    static List<byte[]> samples() throws IOException {
        List<byte[]> files = new ArrayList<>();
        Wave wave = new Wave(new float[] {0, 0.5f, -0.5f, 0.25f, 1}, 16000);
        for (SampleFormat format : SampleFormat.values()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            WavWriter.write(out, wave, format);
            files.add(out.toByteArray());
        }
        files.add(WavBytes.riff(80)
                .chunk("LIST", 1, 2, 3)
                .extensible(1, 2, 24, 20)
                .chunk("data", 1, 2, 3, 4, 5, 6)
                .bytes());
        WavBytes rf64 = new WavBytes().name("RF64").int32(-1).name("WAVE");
        rf64.name("ds64")
                .int32(28)
                .int32(74)
                .int32(0)
                .int32(2)
                .int32(0)
                .int32(1)
                .int32(0)
                .int32(0);
        files.add(rf64.format(1, 1, 8000, 16).name("data").int32(-1).int16(5).bytes());
        return files;
    }
}
