package dev.onda.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onda.train.Epoch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the bytes back with a parser of its own, the CRC bit by bit. */
class TensorBoardEventsTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000, 250_000_000));

    @TempDir
    private Path folder;

    private record Event(double wallTime, long step, String version, Map<String, Float> scalars) {}

    @Test
    void theChecksumIsTheKnownOne() {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertThat(crc32c(digits)).isEqualTo(0xE3069283);
        // 0xE3069283 rotated right by 15 bits is 0x2507C60D; plus 0xA282EAD8, modulo 2^32.
        assertThat(TensorBoardEvents.maskedCrc(digits, 0, 9)).isEqualTo(0xC78AB0E5);
        assertThat(TensorBoardEvents.maskedCrc(new byte[32], 0, 32)).isEqualTo(masked(0x8A9136AA));
    }

    @Test
    void writesTheVersionAndThenEpochs() throws IOException {
        try (TensorBoardEvents events = TensorBoardEvents.create(folder.resolve("run"), "onda", CLOCK)) {
            events.epochEnded(new Epoch(1, 1e-3, 2.5, 0.25, 2, 0.5, 12));
            Path file = folder.resolve("run/events.out.tfevents.1700000000.onda");
            assertThat(events(file)).as("each epoch is there at once").hasSize(2);
            events.epochEnded(new Epoch(300, 5e-4, 1.5, 0.75, 0, 0, 11));
            assertThat(events(file))
                    .containsExactly(
                            new Event(1_700_000_000.25, 0, "brain.Event:2", Map.of()),
                            new Event(
                                    1_700_000_000.25,
                                    1,
                                    "",
                                    Map.of(
                                            "loss/training", 2.5f,
                                            "accuracy/training", 0.25f,
                                            "loss/validation", 2f,
                                            "accuracy/validation", 0.5f,
                                            "learning_rate", 1e-3f,
                                            "seconds", 12f)),
                            new Event(
                                    1_700_000_000.25,
                                    300,
                                    "",
                                    Map.of(
                                            "loss/training", 1.5f,
                                            "accuracy/training", 0.75f,
                                            "learning_rate", 5e-4f,
                                            "seconds", 11f)));
        }
    }

    @Test
    void takesAnyTagAndAnyStep() throws IOException {
        String tag = "Wörter/" + "x".repeat(200);
        try (TensorBoardEvents events = TensorBoardEvents.create(folder, "n", CLOCK)) {
            events.add(Long.MAX_VALUE, Map.of(tag, -0.5));
            events.add(0, Map.of());
        }
        List<Event> read = events(folder.resolve("events.out.tfevents.1700000000.n"));
        assertThat(read.get(1).step()).isEqualTo(Long.MAX_VALUE);
        assertThat(read.get(1).scalars()).containsExactly(Map.entry(tag, -0.5f));
        assertThat(read.get(2).scalars()).isEmpty();
    }

    @Test
    void doesNotOverwriteAnotherRun() throws IOException {
        TensorBoardEvents.create(folder, "onda", CLOCK).close();
        assertThatThrownBy(() -> TensorBoardEvents.create(folder, "onda", CLOCK))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    private static List<Event> events(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Event> events = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] length = new byte[8];
            in.get(in.position(), length).position(in.position() + 8);
            assertThat(in.getInt()).isEqualTo(masked(crc32c(length)));
            byte[] data = new byte[(int) in.getLong(in.position() - 12)];
            in.get(data);
            assertThat(in.getInt()).isEqualTo(masked(crc32c(data)));
            events.add(event(data));
        }
        return events;
    }

    private static Event event(byte[] data) {
        ByteBuffer in = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        double wallTime = 0;
        long step = 0;
        String version = "";
        Map<String, Float> scalars = new LinkedHashMap<>();
        while (in.hasRemaining()) {
            switch (in.get()) {
                case 0x09 -> wallTime = in.getDouble();
                case 0x10 -> step = varint(in);
                case 0x1a -> version = text(in);
                case 0x2a -> scalars(bytes(in), scalars);
                default -> throw new AssertionError("an unknown field before byte " + in.position());
            }
        }
        return new Event(wallTime, step, version, scalars);
    }

    /** A summary's values: field 1, each a tag (field 1) and a float (field 2). */
    private static void scalars(byte[] summary, Map<String, Float> into) {
        ByteBuffer in = ByteBuffer.wrap(summary).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            assertThat(in.get()).isEqualTo((byte) 0x0a);
            int end = (int) varint(in) + in.position();
            assertThat(in.get()).isEqualTo((byte) 0x0a);
            String tag = text(in);
            assertThat(in.get()).isEqualTo((byte) 0x15);
            into.put(tag, in.getFloat());
            assertThat(in.position()).isEqualTo(end);
        }
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[(int) varint(in)];
        in.get(bytes);
        return bytes;
    }

    private static String text(ByteBuffer in) {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static int masked(int crc) {
        return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
    }

    /** Castagnoli's polynomial, reflected. */
    private static int crc32c(byte[] bytes) {
        int crc = -1;
        for (byte b : bytes) {
            crc ^= b & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : 0x82F63B78);
            }
        }
        return ~crc;
    }
}
