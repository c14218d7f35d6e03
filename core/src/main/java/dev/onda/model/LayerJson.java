package dev.onda.model;

import dev.onda.nn.Layer;
import dev.onda.nn.Padding;
import dev.onda.nn.kernel.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Layers as JSON: a list of objects, each with its type and exactly the numbers of its record. */
final class LayerJson {

    /** Far above any layer that two cores could train, far below what overflows. */
    private static final int LARGEST = 1 << 20;

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
            case Layer.Dropout d -> to.put("type", "dropout").put("rate", d.rate());
            case Layer.SpatialDropout d -> to.put("type", "spatial-dropout").put("rate", d.rate());
        }
    }

    /**
     * @throws IllegalArgumentException if the text is not such a list; the message names the layer
     */
    static List<Layer> read(JsonNode list) {
        if (!list.isArray() || list.isEmpty()) {
            throw new IllegalArgumentException("layers are a list of objects");
        }
        List<Layer> layers = new ArrayList<>();
        for (JsonNode node : list) {
            layers.add(readLayer(node, "layer " + (layers.size() + 1)));
        }
        return layers;
    }

    private static Layer readLayer(JsonNode node, String where) {
        String type = text(node, "type", where);
        String at = where + " (" + type + ")";
        return switch (type) {
            case "conv1d" -> {
                only(node, at, "name", "channels", "kernel", "stride", "dilation", "groups", "padding");
                yield new Layer.Conv1d(
                        text(node, "name", at),
                        whole(node, "channels", at),
                        whole(node, "kernel", at),
                        whole(node, "stride", at),
                        whole(node, "dilation", at),
                        whole(node, "groups", at),
                        choice(Padding.class, text(node, "padding", at), at));
            }
            case "dense" -> {
                only(node, at, "name", "units");
                yield new Layer.Dense(text(node, "name", at), whole(node, "units", at));
            }
            case "batch-norm" -> {
                only(node, at, "name", "epsilon", "momentum");
                yield new Layer.BatchNorm(
                        text(node, "name", at), number(node, "epsilon", at), number(node, "momentum", at));
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
            case "dropout" -> {
                only(node, at, "rate");
                yield new Layer.Dropout(number(node, "rate", at));
            }
            case "spatial-dropout" -> {
                only(node, at, "rate");
                yield new Layer.SpatialDropout(number(node, "rate", at));
            }
            default -> throw new IllegalArgumentException(where + ": no layer is of type " + type);
        };
    }

    private static void only(JsonNode node, String where, String... keys) {
        Set<String> allowed = Set.of(keys);
        for (String key : node.propertyNames()) {
            if (!key.equals("type") && !allowed.contains(key)) {
                throw new IllegalArgumentException(where + ": unknown key " + key);
            }
        }
    }

    private static String text(JsonNode node, String key, String where) {
        if (!node.path(key).isString()) {
            throw new IllegalArgumentException(where + ": " + key + " is missing or not text");
        }
        return node.get(key).asString();
    }

    private static int whole(JsonNode node, String key, String where) {
        JsonNode value = node.path(key);
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
        throw new IllegalArgumentException(where + ": " + name + " is none of its choices");
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
