package dev.onda.onnx;

import static dev.onda.onnx.Graph.integer;
import static dev.onda.onnx.Graph.ints;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import dev.onda.export.ModelHash;
import dev.onda.file.AtomicFile;
import dev.onda.model.Model;
import dev.onda.model.StreamSettings;
import dev.onda.nn.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model as an ONNX file (ONNX 1.12, operator set 17): {@code audio (batch, 1, window)}, samples at the model's rate and full scale
 * [-1, 1], to {@code logits (batch, words)} and {@code probabilities (batch, words)}. Normalisation is part of the graph; batch norms
 * are folded.
 *
 * <p>The file's metadata: {@code words} (a JSON array, in the order of the outputs), {@code sample_rate_hz}, {@code window_samples},
 * {@code threshold}, {@code stream} (a JSON object, as in Onda's own files), {@code format}, {@code attribution} (whom the data is to
 * be credited to, if that is known), and {@code hash}, by which a runner sees whether words, rate and window are those that it was
 * made for.
 */
public final class OnnxModel {

    /** What the metadata calls this form of file. */
    public static final String FORMAT = "onda-onnx-1";

    private static final int OPERATORS = 17;
    /** Of the file format, the one that came with operator set 17. */
    private static final int IR_VERSION = 8;

    private static final String PRODUCER = "onda";
    private static final String AUDIO = "audio";
    private static final String LOGITS = "logits";
    private static final String PROBABILITIES = "probabilities";
    /** As in {@link dev.onda.model.Normalization}. */
    private static final float FLOOR = 1e-3f;

    private static final int TIME = 2;

    private OnnxModel() {}

    /**
     * Writes the file.
     *
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, Model model) throws IOException {
        AtomicFile.write(file, of(model));
    }

    /**
     * Whether a file is one that {@link #write} wrote, of any model.
     *
     * @throws IOException if it cannot be read
     */
    public static boolean isOne(Path file) throws IOException {
        ModelProto first = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName(PRODUCER)
                .build();
        return AtomicFile.beginsWith(file, first.toByteArray());
    }

    /** The file's bytes. */
    public static byte[] of(Model model) {
        Network network = Folding.of(model.network());
        return of(model, network, graph -> new Floats(network, graph));
    }

    /** The bytes of a file that keeps its numbers in another way. */
    static byte[] of(Model model, Network folded, Function<Graph, Numbers> numbers) {
        Graph graph = new Graph();
        graph.input(AUDIO, 1, model.input().windowSamples());
        String last = new NetworkNodes(folded, graph, numbers.apply(graph)).add(normalized(model, graph));
        graph.named("Flatten", List.of(last), LOGITS, integer("axis", 1));
        graph.named("Softmax", List.of(LOGITS), PROBABILITIES, integer("axis", 1));
        graph.output(LOGITS, model.words().size());
        graph.output(PROBABILITIES, model.words().size());
        ModelProto.Builder file = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName(PRODUCER)
                .setProducerVersion(model.provenance().software())
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATORS))
                .setGraph(graph.build());
        metadata(model)
                .forEach((key, value) -> file.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return file.build().toByteArray();
    }

    private static String normalized(Model model, Graph graph) {
        return switch (model.input().normalization()) {
            case NONE -> AUDIO;
            case PEAK -> {
                String size = graph.node("Abs", List.of(AUDIO));
                size = graph.node("ReduceMax", List.of(size), ints("axes", TIME));
                yield divided(AUDIO, size, graph);
            }
            case LEVEL -> {
                String mean = graph.node("ReduceMean", List.of(AUDIO), ints("axes", TIME));
                String centred = graph.node("Sub", List.of(AUDIO, mean));
                String square = graph.node("Mul", List.of(centred, centred));
                String deviation = graph.node("ReduceMean", List.of(square), ints("axes", TIME));
                deviation = graph.node("Sqrt", List.of(deviation));
                yield divided(centred, deviation, graph);
            }
        };
    }

    private static String divided(String signal, String size, Graph graph) {
        String floor = graph.floats("floor", new float[] {FLOOR}, 1);
        return graph.node("Div", List.of(signal, graph.node("Max", List.of(size, floor))));
    }

    private static Map<String, String> metadata(Model model) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", FORMAT);
        metadata.put("words", JsonMapper.shared().writeValueAsString(model.words()));
        metadata.put("sample_rate_hz", Integer.toString(model.input().sampleRateHz()));
        metadata.put("window_samples", Integer.toString(model.input().windowSamples()));
        metadata.put("threshold", Double.toString(model.threshold()));
        StreamSettings stream = model.stream();
        metadata.put(
                "stream",
                JsonMapper.shared()
                        .createObjectNode()
                        .put("hop_ms", stream.hopMs())
                        .put("smoothing_ms", stream.smoothingMs())
                        .put("temperature", stream.temperature())
                        .put("threshold", stream.threshold())
                        .put("release", stream.release())
                        .put("suppression_ms", stream.suppressionMs())
                        .toString());
        if (!model.provenance().attribution().isEmpty()) {
            metadata.put("attribution", model.provenance().attribution());
        }
        metadata.put("hash", ModelHash.of(FORMAT, model));
        return metadata;
    }
}
