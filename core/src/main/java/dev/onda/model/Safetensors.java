package dev.onda.model;

import dev.onda.file.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes float32 tensors as a {@code .safetensors} file (format: Hugging Face, safetensors README): eight bytes of header
 * length, little endian, a JSON header of names, shapes and offsets, and the numbers, little endian, without gaps.
 * {@link SafetensorsReader} reads one.
 */
public final class Safetensors {

    static final String METADATA = "__metadata__";
    private static final int CHUNK = 1 << 20;

    private Safetensors() {}

    /**
     * Writes the file whole or not at all. Equal content gives equal bytes.
     *
     * @param metadata in the order to write
     * @throws IOException if the file cannot be written
     */
    public static void write(Path path, List<Tensor> tensors, Map<String, String> metadata) throws IOException {
        byte[] header = header(tensors, metadata);
        AtomicFile.write(path, channel -> {
            ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
            buffer.putLong(header.length);
            drain(buffer, channel);
            writeAll(ByteBuffer.wrap(header), channel);
            for (Tensor tensor : tensors) {
                for (float value : tensor.values()) {
                    if (buffer.remaining() < Float.BYTES) {
                        drain(buffer, channel);
                    }
                    buffer.putFloat(value);
                }
                drain(buffer, channel);
            }
        });
    }

    private static byte[] header(List<Tensor> tensors, Map<String, String> metadata) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        ObjectNode meta = root.putObject(METADATA);
        metadata.forEach(meta::put);
        long offset = 0;
        for (Tensor tensor : tensors) {
            ObjectNode entry = root.putObject(tensor.name());
            entry.put("dtype", "F32");
            ArrayNode shape = entry.putArray("shape");
            for (int dimension : tensor.shape()) {
                shape.add(dimension);
            }
            long end = offset + (long) tensor.values().length * Float.BYTES;
            entry.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = root.toString().getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    private static void drain(ByteBuffer buffer, FileChannel channel) throws IOException {
        buffer.flip();
        writeAll(buffer, channel);
        buffer.clear();
    }

    private static void writeAll(ByteBuffer buffer, FileChannel channel) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
