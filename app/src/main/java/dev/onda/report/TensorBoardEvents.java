package dev.onda.report;

import dev.onda.train.Epoch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Numbers of a training as a file that TensorBoard shows while it grows: TFRecords (length, masked CRC-32C, data, masked
 * CRC-32C, little endian) of Event messages (tensorflow/core/lib/io/record_writer.cc; util/event.proto and
 * framework/summary.proto), encoded by hand since no Java library that writes them is kept up. Each call is on disk when it
 * returns, so a run that is killed leaves whole records.
 */
public final class TensorBoardEvents implements AutoCloseable {

    private static final int MASK_DELTA = 0xa282ead8;
    private static final double NANOS = 1e9;
    private static final int HEADER_BYTES = Long.BYTES + Integer.BYTES;

    private final FileChannel channel;
    private final InstantSource clock;

    private TensorBoardEvents(FileChannel channel, InstantSource clock) {
        this.channel = channel;
        this.clock = clock;
    }

    /**
     * Begins a file {@code events.out.tfevents.<seconds>.<name>} in a folder, which is made if it is not there. TensorBoard
     * takes all files of a folder for one run, so a training that goes on begins a file of its own.
     *
     * @param name what stands where others write their host, without a slash
     * @throws IOException if the file cannot be written, or is there already
     */
    public static TensorBoardEvents create(Path folder, String name, InstantSource clock) throws IOException {
        Files.createDirectories(folder);
        Instant now = clock.instant();
        Path file = folder.resolve("events.out.tfevents." + now.getEpochSecond() + "." + name);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            TensorBoardEvents events = new TensorBoardEvents(channel, clock);
            events.write(event(now).text(3, "brain.Event:2"));
            return events;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Adds scalars, all at one step.
     *
     * @param scalars by tag; what stands before a slash groups them
     * @throws IOException if they cannot be written
     */
    public void add(long step, Map<String, Double> scalars) throws IOException {
        ProtobufMessage summary = new ProtobufMessage();
        scalars.forEach((tag, value) -> summary.bytes(
                1,
                new ProtobufMessage()
                        .text(1, tag)
                        .fixed32(2, value.floatValue())
                        .bytes()));
        write(event(clock.instant()).varint(2, step).bytes(5, summary.bytes()));
    }

    /**
     * Adds an epoch's loss, accuracy, learning rate and seconds, its number being the step; validation where there was one.
     *
     * @throws IOException if they cannot be written
     */
    public void epochEnded(Epoch epoch) throws IOException {
        Map<String, Double> scalars = new LinkedHashMap<>();
        scalars.put("loss/training", epoch.trainingLoss());
        scalars.put("accuracy/training", epoch.trainingAccuracy());
        if (epoch.validationLoss() != 0 || epoch.validationAccuracy() != 0) {
            scalars.put("loss/validation", epoch.validationLoss());
            scalars.put("accuracy/validation", epoch.validationAccuracy());
        }
        scalars.put("learning_rate", epoch.learningRate());
        scalars.put("seconds", epoch.seconds());
        add(epoch.number(), scalars);
    }

    private static ProtobufMessage event(Instant now) {
        return new ProtobufMessage().fixed64(1, now.getEpochSecond() + now.getNano() / NANOS);
    }

    private void write(ProtobufMessage event) throws IOException {
        byte[] data = event.bytes();
        ByteBuffer record = ByteBuffer.allocate(HEADER_BYTES + data.length + Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(data.length);
        record.putInt(maskedCrc(record.array(), 0, Long.BYTES)).put(data);
        record.putInt(maskedCrc(data, 0, data.length)).flip();
        while (record.hasRemaining()) {
            channel.write(record);
        }
        channel.force(false);
    }

    /** So that the CRC of data that holds CRCs is one (tensorflow/core/lib/hash/crc32c.h). */
    static int maskedCrc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
