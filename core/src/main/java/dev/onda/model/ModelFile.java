package dev.onda.model;

import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Parameter;
import dev.onda.nn.Shape;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A model as one {@code .safetensors} file: parameters as tensors, everything else as its metadata. */
public final class ModelFile {

    private static final String KIND = "onda model ";
    private static final String FORMAT = KIND + 1;
    static final String MEMORY = "memory.features";
    static final String MEMORY_LABELS = "memory.labels";

    private ModelFile() {}

    /**
     * Writes the file whole or not at all; equal models give equal bytes.
     *
     * @throws IOException if it cannot be written
     */
    public static void write(Path path, Model model) throws IOException {
        List<Tensor> tensors = new ArrayList<>();
        for (Parameter p : model.network().parameters()) {
            tensors.add(new Tensor(p.name(), p.shape(), p.values()));
        }
        Memory memory = model.memory();
        if (memory.clips() > 0) {
            float[] labels = new float[memory.clips()];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = memory.labels()[i];
            }
            tensors.add(new Tensor(MEMORY, new int[] {memory.clips(), memory.size()}, memory.features()));
            tensors.add(new Tensor(MEMORY_LABELS, new int[] {memory.clips()}, labels));
        }
        Safetensors.write(path, tensors, metadata(model));
    }

    private static Map<String, String> metadata(Model model) {
        InputFormat input = model.input();
        ArrayNode words = JsonMapper.shared().createArrayNode();
        model.words().forEach(words::add);
        Map<String, String> meta = new LinkedHashMap<>();
        meta.put("format", FORMAT);
        meta.put("architecture", model.architecture());
        meta.put("words", words.toString());
        meta.put("sample_rate_hz", Integer.toString(input.sampleRateHz()));
        meta.put("window_samples", Integer.toString(input.windowSamples()));
        meta.put("normalization", input.normalization().label());
        meta.put("threshold", Double.toString(model.threshold()));
        meta.put("stream", stream(model.stream()));
        meta.put("layers", LayerJson.write(model.network().layers()));
        if (!model.provenance().attribution().isEmpty()) {
            meta.put("attribution", model.provenance().attribution());
        }
        meta.put("data_sha256", model.provenance().dataSha256());
        meta.put("software", model.provenance().software());
        meta.put("recipe", object(model.provenance().recipe()));
        meta.put("figures", object(model.provenance().figures()));
        return meta;
    }

    private static String stream(StreamSettings settings) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("hop_ms", settings.hopMs())
                .put("smoothing_ms", settings.smoothingMs())
                .put("temperature", settings.temperature())
                .put("threshold", settings.threshold())
                .put("release", settings.release())
                .put("suppression_ms", settings.suppressionMs())
                .put("false_accepts_per_hour", settings.falseAcceptsPerHour())
                .toString();
    }

    /** Files from before there were streams have none of this. */
    private static StreamSettings stream(Map<String, String> meta) {
        if (!meta.containsKey("stream")) {
            return StreamSettings.DEFAULTS;
        }
        JsonNode node = json(meta, "stream");
        return new StreamSettings(
                (int) number(node, "hop_ms"),
                (int) number(node, "smoothing_ms"),
                number(node, "temperature"),
                number(node, "threshold"),
                number(node, "release"),
                (int) number(node, "suppression_ms"),
                number(node, "false_accepts_per_hour"));
    }

    private static double number(JsonNode stream, String key) {
        JsonNode value = stream.path(key);
        if (!value.isNumber()) {
            throw new IllegalArgumentException("metadata stream: " + key + " is not a number");
        }
        return value.asDouble();
    }

    private static String object(Map<String, String> map) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        map.forEach(node::put);
        return node.toString();
    }

    /**
     * Whether a {@code .safetensors} file says that it is a model of Onda, of whatever version.
     *
     * @throws ModelException if it is no such file, is cut off or claims what it does not hold
     * @throws IOException if it cannot be read
     */
    public static boolean isOne(Path path) throws IOException {
        try (SafetensorsReader file = SafetensorsReader.open(path)) {
            return file.metadata().getOrDefault("format", "").startsWith(KIND);
        }
    }

    /**
     * Reads a model, after all its claims are checked.
     *
     * @throws ModelException if the file is not an Onda model, is damaged, cut off, or contradicts itself
     * @throws NoSuchFileException if there is no file; the message says what was expected and where
     * @throws IOException if it cannot be read
     */
    public static Model read(Path path) throws IOException {
        try (SafetensorsReader file = SafetensorsReader.open(path)) {
            Map<String, String> meta = file.metadata();
            String format = meta.getOrDefault("format", "");
            if (!format.equals(FORMAT)) {
                throw new ModelException(
                        path,
                        format.isEmpty()
                                ? "not an Onda model: its metadata names no format"
                                : "format \"" + FORMAT + "\" is expected, found \"" + format + "\"");
            }
            return read(path, file, meta);
        } catch (NoSuchFileException e) {
            NoSuchFileException clear = new NoSuchFileException(
                    path.toString(),
                    null,
                    "no such file; expected a model (.safetensors), as onda train writes it, at "
                            + path.toAbsolutePath());
            clear.initCause(e);
            throw clear;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ModelException(path, "contradicts itself: " + e.getMessage());
        }
    }

    private static Model read(Path path, SafetensorsReader file, Map<String, String> meta) throws IOException {
        String label = text(meta, "normalization");
        Normalization normalization = Normalization.labelled(label)
                .orElseThrow(() -> new IllegalArgumentException("metadata normalization: none is called " + label));
        InputFormat input =
                new InputFormat(whole(meta, "sample_rate_hz"), whole(meta, "window_samples"), normalization);
        List<Layer> layers = LayerJson.read(json(meta, "layers"));
        Shape shape = new Shape(1, input.windowSamples());
        Set<String> expected = new HashSet<>();
        for (Parameter.Spec spec : Network.specs(layers, shape)) {
            expected.add(spec.name());
            if (!file.has(spec.name(), spec.shape())) {
                throw new ModelException(
                        path,
                        "its layers need a tensor " + spec.name() + " of shape " + Arrays.toString(spec.shape())
                                + ", which is not there");
            }
        }
        for (String name : file.names()) {
            if (!expected.contains(name) && !name.equals(MEMORY) && !name.equals(MEMORY_LABELS)) {
                throw new ModelException(path, "tensor " + name + " belongs to none of its layers");
            }
        }
        Network network = new Network(layers, shape);
        for (Parameter p : network.parameters()) {
            file.read(p.name(), p);
        }
        Provenance provenance = new Provenance(
                meta.getOrDefault("data_sha256", ""),
                meta.getOrDefault("software", ""),
                texts(json(meta, "recipe")),
                texts(json(meta, "figures")),
                meta.getOrDefault("attribution", ""));
        return new Model(
                text(meta, "architecture"),
                network,
                words(json(meta, "words")),
                input,
                threshold(meta),
                stream(meta),
                memory(file),
                provenance);
    }

    private static List<String> words(JsonNode node) {
        if (!node.isArray()) {
            throw new IllegalArgumentException("words are a list of texts");
        }
        List<String> words = new ArrayList<>();
        for (JsonNode word : node) {
            if (!word.isString()) {
                throw new IllegalArgumentException("words are texts, not " + word);
            }
            words.add(word.asString());
        }
        return words;
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        node.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asString("")));
        return texts;
    }

    private static String text(Map<String, String> meta, String key) {
        String value = meta.get(key);
        if (value == null) {
            throw new IllegalArgumentException("metadata " + key + " is missing");
        }
        return value;
    }

    private static Memory memory(SafetensorsReader file) throws IOException {
        if (!file.names().contains(MEMORY)) {
            return Memory.NONE;
        }
        int[] shape = file.shape(MEMORY);
        if (shape.length != 2 || !file.has(MEMORY_LABELS, new int[] {shape[0]})) {
            throw new IllegalArgumentException("its memory has no label for each clip");
        }
        float[] features = new float[Math.multiplyExact(shape[0], shape[1])];
        float[] labels = new float[shape[0]];
        file.read(MEMORY, features);
        file.read(MEMORY_LABELS, labels);
        for (float value : features) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("its memory holds a number that is not finite");
            }
        }
        int[] classes = new int[labels.length];
        for (int i = 0; i < labels.length; i++) {
            classes[i] = (int) labels[i];
            if (classes[i] != labels[i]) {
                throw new IllegalArgumentException(
                        "its memory has a label " + labels[i] + ", which is no whole number");
            }
        }
        return new Memory(shape[1], features, classes);
    }

    /** Files from before there were thresholds have none. */
    private static double threshold(Map<String, String> meta) {
        String text = meta.getOrDefault("threshold", "0");
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("metadata threshold is a number, not " + text, e);
        }
    }

    private static int whole(Map<String, String> meta, String key) {
        try {
            return Integer.parseInt(text(meta, key));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("metadata " + key + " is a whole number, not " + meta.get(key), e);
        }
    }

    private static JsonNode json(Map<String, String> meta, String key) {
        try {
            return Json.parse(text(meta, key));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("metadata " + key + " is not JSON", e);
        }
    }
}
