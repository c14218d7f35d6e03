package dev.onda.model;

import dev.onda.nn.Parameter;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads a {@code .safetensors} file of float32 tensors that lie one behind the other. The header is checked against the
 * file's size when the reader is opened, so a tensor is allocated only if its numbers are really there. PyTorch's counts of
 * batches, the only whole numbers in a file of its weights, are passed over.
 */
public final class SafetensorsReader implements AutoCloseable {

    /** Far above any header of ours; the format's own limit is 100 MB. */
    private static final int LONGEST_HEADER = 16 << 20;

    /** End of the names of PyTorch's counts of batches. */
    private static final String COUNT = ".num_batches_tracked";

    /** Where a tensor lies. */
    private record Entry(int[] shape, int size, long offset) {}

    private final Path path;
    private final FileChannel channel;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final long dataStart;

    /**
     * @throws ModelException if the file is not such a file, is cut off or claims what it does not hold
     * @throws IOException if it cannot be read
     */
    public static SafetensorsReader open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new ModelException(path, "a folder, not a model file");
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new SafetensorsReader(path, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private SafetensorsReader(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        long size = channel.size();
        if (size < 8) {
            throw new ModelException(path, "not a .safetensors file: " + size + " bytes, at least 8 are needed");
        }
        long length = read(0, 8).getLong();
        if (length < 2 || length > LONGEST_HEADER) {
            throw new ModelException(
                    path,
                    "not a .safetensors file: it does not begin like one; a model is expected, as onda train writes it");
        }
        if (length > size - 8) {
            throw new ModelException(
                    path,
                    "cut off, or no .safetensors file: a header of " + length + " bytes is announced, the file has "
                            + size + " bytes");
        }
        dataStart = 8 + length;
        JsonNode root = parse(read(8, (int) length));
        readMetadata(root.path(Safetensors.METADATA));
        long end = 0;
        for (Map.Entry<String, JsonNode> field : tensors(root)) {
            end = readEntry(field.getKey(), field.getValue(), end);
        }
        if (dataStart + end != size) {
            throw new ModelException(
                    path,
                    (dataStart + end > size ? "cut off" : "damaged, or something was added to it")
                            + ": its header describes " + (dataStart + end) + " bytes, the file has " + size);
        }
    }

    private JsonNode parse(ByteBuffer bytes) throws IOException {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            JsonNode root = Json.parse(text);
            if (!root.isObject()) {
                throw new ModelException(path, "not a .safetensors file: its header is not a JSON object");
            }
            return root;
        } catch (CharacterCodingException | JacksonException e) {
            throw new ModelException(path, "not a .safetensors file: its header is not JSON");
        }
    }

    /** As they lie in the file, in whatever order the header has them. */
    private static List<Map.Entry<String, JsonNode>> tensors(JsonNode root) {
        return root.properties().stream()
                .filter(field -> !field.getKey().equals(Safetensors.METADATA))
                // Not by Comparator.comparingLong, whose result is a class that Java makes at the start.
                .sorted((a, b) -> Long.compare(begin(a), begin(b)))
                .toList();
    }

    private static long begin(Map.Entry<String, JsonNode> tensor) {
        return tensor.getValue().path("data_offsets").path(0).asLong(0);
    }

    private void readMetadata(JsonNode node) throws ModelException {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!field.getValue().isString()) {
                throw new ModelException(path, "metadata " + field.getKey() + " is not text");
            }
            metadata.put(field.getKey(), field.getValue().asString());
        }
    }

    /** Checks one tensor's entry, which must start where the last ended; returns where it ends. */
    private long readEntry(String name, JsonNode node, long start) throws ModelException {
        JsonNode dtype = node.path("dtype");
        boolean isCount = name.endsWith(COUNT);
        if (!dtype.asString("").equals(isCount ? "I64" : "F32")) {
            throw new ModelException(
                    path,
                    "tensor " + name + ": type " + (isCount ? "I64" : "F32") + " is expected, not "
                            + dtype
                            + (isCount ? "" : "; save it in 32 bits (PyTorch: float(), NumPy: astype(\"float32\"))"));
        }
        int bytes = isCount ? Long.BYTES : Float.BYTES;
        JsonNode dimensions = node.path("shape");
        if (!dimensions.isArray()) {
            throw new ModelException(path, "tensor " + name + ": its shape is a list, not " + dimensions);
        }
        int[] shape = new int[dimensions.size()];
        long elements = 1;
        for (int i = 0; i < shape.length; i++) {
            JsonNode dimension = dimensions.get(i);
            if (!dimension.isInt() || dimension.asInt() < 1) {
                throw new ModelException(
                        path, "tensor " + name + ": a dimension is a whole number from 1, not " + dimension);
            }
            shape[i] = dimension.asInt();
            elements *= shape[i];
            if (elements > Integer.MAX_VALUE - 8) {
                throw new ModelException(path, "tensor " + name + ": too large");
            }
        }
        JsonNode offsets = node.path("data_offsets");
        boolean numbers = offsets.isArray()
                && offsets.size() == 2
                && offsets.get(0).isIntegralNumber()
                && offsets.get(1).isIntegralNumber()
                && offsets.get(0).canConvertToLong()
                && offsets.get(1).canConvertToLong();
        if (!numbers || offsets.get(0).asLong() != start || offsets.get(1).asLong() - start != elements * bytes) {
            throw new ModelException(
                    path, "tensor " + name + ": its offsets " + offsets + " do not fit its shape or its place");
        }
        if (!isCount) {
            entries.put(name, new Entry(shape, (int) elements, start));
        }
        return start + elements * bytes;
    }

    /** What the file says of itself, in its order. */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    /** Names of all tensors, in the file's order. */
    public List<String> names() {
        return new ArrayList<>(entries.keySet());
    }

    /** Whether there is a tensor of this name and shape. */
    public boolean has(String name, int[] shape) {
        Entry entry = entries.get(name);
        return entry != null && Arrays.equals(entry.shape(), shape);
    }

    /**
     * A tensor's dimensions.
     *
     * @throws ModelException if there is none of this name
     */
    int[] shape(String name) throws ModelException {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new ModelException(path, "no tensor " + name);
        }
        return entry.shape().clone();
    }

    /**
     * Reads a tensor into {@code values}.
     *
     * @throws ModelException if there is none of this name and size
     */
    public void read(String name, float[] values) throws IOException {
        Entry entry = entries.get(name);
        if (entry == null || entry.size() != values.length) {
            throw new ModelException(
                    path,
                    "tensor " + name + " of " + values.length + " numbers is expected, found "
                            + (entry == null ? "none" : entry.size()));
        }
        int chunk = 1 << 18;
        for (int done = 0; done < values.length; done += chunk) {
            int some = Math.min(chunk, values.length - done);
            ByteBuffer bytes = read(dataStart + entry.offset() + (long) done * Float.BYTES, some * Float.BYTES);
            bytes.asFloatBuffer().get(values, done, some);
        }
    }

    /**
     * Reads a parameter's values from the tensor of this name.
     *
     * @throws ModelException if there is none of its size, or a number is none that a parameter can have
     */
    void read(String name, Parameter parameter) throws IOException {
        read(name, parameter.values());
        for (float value : parameter.values()) {
            if (!Float.isFinite(value)) {
                throw new ModelException(path, "tensor " + name + " holds a number that is not finite");
            }
            if (value < 0 && parameter.role() == Parameter.Role.RUNNING_VARIANCE) {
                throw new ModelException(path, "tensor " + name + " holds a negative variance");
            }
        }
    }

    private ByteBuffer read(long at, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long position = at;
        while (buffer.hasRemaining()) {
            int n = channel.read(buffer, position);
            if (n < 0) {
                throw new EOFException(path + ": ended at byte " + position + " while it was being read");
            }
            position += n;
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
