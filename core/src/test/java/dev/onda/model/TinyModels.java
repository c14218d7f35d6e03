package dev.onda.model;

import dev.onda.nn.Initialization;
import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Padding;
import dev.onda.nn.Shape;
import dev.onda.nn.kernel.Activation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A model of a few numbers, and safetensors files put together by hand. */
final class TinyModels {
    static final int RATE_HZ = 1_000;
    static final int WINDOW = 24;

    private TinyModels() {}

    /** Every kind of layer once, so that each is written and read. */
    static List<Layer> layers(int words) {
        return List.of(
                new Layer.Conv1d("c1", 2, 3, 2, 1, 1, Padding.SAME),
                new Layer.BatchNorm("b1", 1e-3, 0.99),
                new Layer.Activation(Activation.TANH),
                new Layer.MaxPool(2),
                new Layer.SpatialDropout(0.25),
                new Layer.Conv1d("c2", 2, 2, 1, 2, 2, Padding.VALID),
                new Layer.AveragePool(2),
                new Layer.Flatten(),
                new Layer.Dropout(0.5),
                new Layer.Dense("d1", 3),
                new Layer.Activation(Activation.RELU),
                new Layer.Gru("g1", 3),
                new Layer.LookAhead(1),
                new Layer.Fork(),
                new Layer.SqueezeExcitation("e1", 2),
                new Layer.Add(),
                new Layer.GlobalAveragePool(),
                new Layer.Dense("out", words));
    }

    static Model model(long seed) {
        Network network = new Network(layers(3), new Shape(1, WINDOW))
                .initialize(Initialization.FAN_IN_UNIFORM, new SplittableRandom(seed));
        Map<String, String> recipe = new LinkedHashMap<>();
        recipe.put("zeta", "1");
        recipe.put("alpha", "two \"quoted\"\n");
        recipe.put("mu", "é");
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("validationAccuracy", "0.5");
        figures.put("bestEpoch", "3");
        return new Model(
                "tiny",
                network,
                List.of("yes", "no", "überall"),
                new InputFormat(RATE_HZ, WINDOW, Normalization.PEAK),
                0.25,
                new Memory(3, new float[] {1, 2, 3, 4, 5, 6}, new int[] {0, 2}),
                new Provenance("abc", "onda test", recipe, figures));
    }

    /** A file of this header, which may be anything, and these data. */
    static byte[] file(String header, byte[] data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(data)
                .array();
    }

    static ObjectNode header(byte[] file) {
        return (ObjectNode)
                JsonMapper.shared().readTree(new String(file, 8, headerLength(file), StandardCharsets.UTF_8));
    }

    static byte[] data(byte[] file) {
        int at = 8 + headerLength(file);
        return ByteBuffer.allocate(file.length - at)
                .put(file, at, file.length - at)
                .array();
    }

    static int headerLength(byte[] file) {
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }
}
