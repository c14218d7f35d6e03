package dev.onda.model;

import dev.onda.nn.Layer;
import dev.onda.nn.Padding;
import dev.onda.nn.kernel.Activation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Layers as JSON: a list of objects, each with its type and no keys but those of its record. What may
 * be left out: a name, a stride, dilation and number of groups of 1, padding {@code same}, and a norm's usual constants.
 */
final class LayerJson {

    /** Far above any layer that two cores could train, far below what overflows. */
    private static final int LARGEST = 1 << 20;

    private static final List<String> TYPES = List.of(
            "conv1d",
            "sinc-conv1d",
            "dense",
            "gru",
            "batch-norm",
            "activation",
            "max-pool",
            "average-pool",
            "global-average-pool",
            "flatten",
            "fork",
            "add",
            "look-ahead",
            "squeeze-excitation",
            "dropout",
            "spatial-dropout");

    private LayerJson() {}

    static String write(List<Layer> layers) {
        ArrayNode list = JsonMapper.shared().createArrayNode();
        for (Layer layer : layers) {
            write(layer, list.addObject());
        }
        return list.toString();
    }

    private static void write(Layer layer, ObjectNode to) {
        switch (layer) {
            case Layer.Conv1d c ->
                to.put("type", "conv1d")
                        .put("name", c.name())
                        .put("channels", c.channels())
                        .put("kernel", c.kernel())
                        .put("stride", c.stride())
                        .put("dilation", c.dilation())
                        .put("groups", c.groups())
                        .put("padding", lower(c.padding()));
            case Layer.Dense d -> to.put("type", "dense").put("name", d.name()).put("units", d.units());
            case Layer.BatchNorm b ->
                to.put("type", "batch-norm")
                        .put("name", b.name())
                        .put("epsilon", b.epsilon())
                        .put("momentum", b.momentum());
            case Layer.Activation a -> to.put("type", "activation").put("function", lower(a.function()));
            case Layer.MaxPool p -> to.put("type", "max-pool").put("size", p.size());
            case Layer.AveragePool p -> to.put("type", "average-pool").put("size", p.size());
            case Layer.GlobalAveragePool _ -> to.put("type", "global-average-pool");
            case Layer.Flatten _ -> to.put("type", "flatten");
            case Layer.Fork _ -> to.put("type", "fork");
            case Layer.Add _ -> to.put("type", "add");
            case Layer.LookAhead l -> to.put("type", "look-ahead").put("samples", l.samples());
            case Layer.Gru g -> to.put("type", "gru").put("name", g.name()).put("units", g.units());
            case Layer.SincConv1d c ->
                to.put("type", "sinc-conv1d")
                        .put("name", c.name())
                        .put("channels", c.channels())
                        .put("kernel", c.kernel())
                        .put("stride", c.stride());
            case Layer.SqueezeExcitation e ->
                to.put("type", "squeeze-excitation").put("name", e.name()).put("units", e.units());
            case Layer.Dropout d -> to.put("type", "dropout").put("rate", d.rate());
            case Layer.SpatialDropout d -> to.put("type", "spatial-dropout").put("rate", d.rate());
        }
    }

    /**
     * @throws IllegalArgumentException if the text is not such a list; the message names the layer
     */
    static List<Layer> read(JsonNode list) {
        if (!list.isArray() || list.isEmpty()) {
            throw new IllegalArgumentException("layers are a list of objects, at least one layer");
        }
        List<Layer> layers = new ArrayList<>();
        for (JsonNode node : list) {
            layers.add(readLayer(node, layers.size() + 1));
        }
        return layers;
    }

    private static Layer readLayer(JsonNode node, int number) {
        String where = "layer " + number;
        String type = text(node, "type", where);
        String at = where + " (" + type + ")";
        return switch (type) {
            case "conv1d" -> {
                only(node, at, "name", "channels", "kernel", "stride", "dilation", "groups", "padding");
                yield new Layer.Conv1d(
                        name(node, number),
                        whole(node, "channels", at),
                        whole(node, "kernel", at),
                        wholeOr(1, node, "stride", at),
                        wholeOr(1, node, "dilation", at),
                        wholeOr(1, node, "groups", at),
                        node.has("padding") ? choice(Padding.class, text(node, "padding", at), at) : Padding.SAME);
            }
            case "dense" -> {
                only(node, at, "name", "units");
                yield new Layer.Dense(name(node, number), whole(node, "units", at));
            }
            case "batch-norm" -> {
                only(node, at, "name", "epsilon", "momentum");
                yield new Layer.BatchNorm(
                        name(node, number),
                        node.has("epsilon") ? number(node, "epsilon", at) : 1e-5,
                        node.has("momentum") ? number(node, "momentum", at) : 0.9);
            }
            case "activation" -> {
                only(node, at, "function");
                yield new Layer.Activation(choice(Activation.class, text(node, "function", at), at));
            }
            case "max-pool" -> {
                only(node, at, "size");
                yield new Layer.MaxPool(whole(node, "size", at));
            }
            case "average-pool" -> {
                only(node, at, "size");
                yield new Layer.AveragePool(whole(node, "size", at));
            }
            case "global-average-pool" -> {
                only(node, at);
                yield new Layer.GlobalAveragePool();
            }
            case "flatten" -> {
                only(node, at);
                yield new Layer.Flatten();
            }
            case "fork" -> {
                only(node, at);
                yield new Layer.Fork();
            }
            case "add" -> {
                only(node, at);
                yield new Layer.Add();
            }
            case "look-ahead" -> {
                only(node, at, "samples");
                yield new Layer.LookAhead(whole(node, "samples", at));
            }
            case "gru" -> {
                only(node, at, "name", "units");
                yield new Layer.Gru(name(node, number), whole(node, "units", at));
            }
            case "sinc-conv1d" -> {
                only(node, at, "name", "channels", "kernel", "stride");
                yield new Layer.SincConv1d(
                        name(node, number),
                        whole(node, "channels", at),
                        whole(node, "kernel", at),
                        wholeOr(1, node, "stride", at));
            }
            case "squeeze-excitation" -> {
                only(node, at, "name", "units");
                yield new Layer.SqueezeExcitation(name(node, number), whole(node, "units", at));
            }
            case "dropout" -> {
                only(node, at, "rate");
                yield new Layer.Dropout(number(node, "rate", at));
            }
            case "spatial-dropout" -> {
                only(node, at, "rate");
                yield new Layer.SpatialDropout(number(node, "rate", at));
            }
            default ->
                throw new IllegalArgumentException(
                        where + ": no layer is of type " + type + "; there are " + String.join(", ", TYPES));
        };
    }

    private static void only(JsonNode node, String where, String... keys) {
        Set<String> allowed = Set.of(keys);
        for (String key : node.propertyNames()) {
            if (!key.equals("type") && !allowed.contains(key)) {
                throw new IllegalArgumentException(where + ": unknown key " + key
                        + (keys.length == 0 ? "; it has none" : "; there are " + String.join(", ", keys)));
            }
        }
    }

    /** A layer's name, or its number. */
    private static String name(JsonNode node, int number) {
        if (!node.has("name")) {
            return "layer" + number;
        }
        String name = text(node, "name", "layer " + number);
        if (name.isBlank()) {
            throw new IllegalArgumentException("layer " + number + ": its name is empty; leave it out, or give one");
        }
        return name;
    }

    private static int wholeOr(int other, JsonNode node, String key, String where) {
        return node.has(key) ? whole(node, key, where) : other;
    }

    private static String text(JsonNode node, String key, String where) {
        if (!node.path(key).isString()) {
            throw new IllegalArgumentException(where + ": " + key + " is missing or not text");
        }
        return node.get(key).asString();
    }

    private static int whole(JsonNode node, String key, String where) {
        JsonNode value = node.path(key);
        if (value.isMissingNode()) {
            throw new IllegalArgumentException(where + ": " + key + " is missing");
        }
        if (!value.isInt() || value.asInt() < 1 || value.asInt() > LARGEST) {
            throw new IllegalArgumentException(
                    where + ": " + key + " is a whole number from 1 to " + LARGEST + ", not " + value);
        }
        return value.asInt();
    }

    private static double number(JsonNode node, String key, String where) {
        if (!node.path(key).isNumber()) {
            throw new IllegalArgumentException(where + ": " + key + " is missing or not a number");
        }
        return node.get(key).asDouble();
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String name, String where) {
        for (E value : type.getEnumConstants()) {
            if (lower(value).equals(name)) {
                return value;
            }
        }
        throw new IllegalArgumentException(where + ": " + name + " is none of its choices, which are "
                + Arrays.stream(type.getEnumConstants()).map(LayerJson::lower).collect(Collectors.joining(", ")));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
