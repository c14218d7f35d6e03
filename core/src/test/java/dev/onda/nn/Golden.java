package dev.onda.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reference tensors of {@code src/test/resources/golden}, computed in float64 by PyTorch. */
public final class Golden {

    private Golden() {}

    public static List<JsonNode> cases(String kind) {
        try (InputStream in = open("manifest.json")) {
            JsonNode root = JsonMapper.shared().readTree(in);
            List<JsonNode> found = StreamSupport.stream(root.get("cases").spliterator(), false)
                    .filter(c -> c.get("kind").asString().equals(kind))
                    .toList();
            assertThat(found).as("golden cases of kind " + kind).isNotEmpty();
            return found;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The float32 tensor that a case names under a key. */
    public static float[] tensor(JsonNode node, String key) {
        return read(node.get(key).asString());
    }

    public static int[] ints(JsonNode node, String key) {
        return StreamSupport.stream(node.get(key).spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }

    public static float[] read(String file) {
        try (InputStream in = open(file)) {
            ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            int header = bytes.getShort(8);
            String text = new String(bytes.array(), 10, header, StandardCharsets.US_ASCII);
            assertThat(text).contains("'<f4'").contains("'fortran_order': False");
            float[] values = new float[(bytes.capacity() - 10 - header) / 4];
            bytes.position(10 + header);
            bytes.asFloatBuffer().get(values);
            return values;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InputStream open(String file) {
        InputStream in = Golden.class.getResourceAsStream("/golden/" + file);
        assertThat(in).as("golden file " + file).isNotNull();
        return in;
    }

    /** Asserts {@code |a - b| / |b|} (Euclidean norms) at most the tolerance. */
    public static void assertClose(String what, float[] actual, float[] expected, double tolerance) {
        assertThat(actual.length).as(what + ": size").isGreaterThanOrEqualTo(expected.length);
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            double d = actual[i] - (double) expected[i];
            difference += d * d;
            norm += expected[i] * (double) expected[i];
        }
        double relative = Math.sqrt(difference) / Math.max(1e-30, Math.sqrt(norm));
        assertThat(relative).as(what + ": relative error").isLessThanOrEqualTo(tolerance);
    }
}
