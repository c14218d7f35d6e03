package dev.onda.train;

import dev.onda.model.Toml;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.toml.TomlMapper;

/**
 * Recipes to choose from, as TOML of the form of a recipe: in the place of a value stands a list of values, or a range.
 *
 * <pre>
 * learning-rate = { from = 1e-3, to = 2e-2, scale = "log" }
 * batch = [32, 64, 128]
 * optimizer.weight-decay = { from = 0.003, to = 0.1, scale = "log" }
 * </pre>
 */
public final class SearchSpace {

    private static final TomlMapper TOML = new TomlMapper();
    private static final Set<String> RANGE = Set.of("from", "to", "scale");
    private static final MathContext DIGITS = new MathContext(3);

    private final JsonNode tree;

    private SearchSpace(JsonNode tree) {
        this.tree = tree;
    }

    /**
     * @throws IllegalArgumentException if it is no TOML, or something in it is neither a list nor a range; the message says
     *     what
     */
    public static SearchSpace parse(String toml) {
        JsonNode tree = Toml.parse(toml);
        check(tree, "");
        if (tree.isEmpty()) {
            throw new IllegalArgumentException("nothing to choose from: no setting is in it");
        }
        return new SearchSpace(tree);
    }

    private static void check(JsonNode node, String path) {
        for (Map.Entry<String, JsonNode> setting : node.properties()) {
            String name = path + setting.getKey();
            JsonNode value = setting.getValue();
            if (isRange(value)) {
                checkRange(value, name);
            } else if (value.isObject()) {
                check(value, name + ".");
            } else if (!value.isArray() || value.isEmpty()) {
                throw new IllegalArgumentException(
                        name + ": a list of values, or a range { from = 1, to = 2 }, is needed, not " + value);
            }
        }
    }

    private static boolean isRange(JsonNode node) {
        return node.isObject() && (node.has("from") || node.has("to"));
    }

    private static boolean isLogarithmic(JsonNode range) {
        return range.path("scale").asString("linear").equals("log");
    }

    private static void checkRange(JsonNode range, String name) {
        String scale = range.path("scale").asString("linear");
        double from = range.path("from").asDouble(Double.NaN);
        double to = range.path("to").asDouble(Double.NaN);
        if (!scale.equals("log") && !scale.equals("linear")) {
            throw new IllegalArgumentException(name + ": a scale is linear or log, not " + scale);
        }
        for (String key : range.propertyNames()) {
            if (!RANGE.contains(key)) {
                throw new IllegalArgumentException(name + ": a range has from, to and scale, not " + key);
            }
        }
        if (!Double.isFinite(from) || !Double.isFinite(to)) {
            throw new IllegalArgumentException(name + ": a range has a number from and a number to, not " + range);
        }
        if (!(from < to) || (isLogarithmic(range) && from <= 0)) {
            throw new IllegalArgumentException(name + ": a range goes up, on a log scale from above 0, not from "
                    + range.get("from") + " to " + range.get("to"));
        }
    }

    /** One recipe of the space: settings drawn evenly, and the given recipe for all else. */
    public Recipe draw(Recipe recipe, SplittableRandom random) {
        return RecipeFile.overlay(recipe, drawn(tree, RecipeFile.tree(recipe), random));
    }

    private static ObjectNode drawn(JsonNode node, JsonNode given, SplittableRandom random) {
        ObjectNode settings = TOML.createObjectNode();
        for (Map.Entry<String, JsonNode> setting : node.properties()) {
            JsonNode value = setting.getValue();
            JsonNode own = given.path(setting.getKey());
            if (isRange(value)) {
                settings.set(setting.getKey(), number(value, own.isIntegralNumber(), random));
            } else if (value.isObject()) {
                settings.set(setting.getKey(), drawn(value, own, random));
            } else {
                settings.set(setting.getKey(), value.get(random.nextInt(value.size())));
            }
        }
        return settings;
    }

    private static JsonNode number(JsonNode range, boolean isWhole, SplittableRandom random) {
        double from = range.get("from").asDouble();
        double to = range.get("to").asDouble();
        double value = isLogarithmic(range)
                ? from * StrictMath.pow(to / from, random.nextDouble())
                : from + (to - from) * random.nextDouble();
        if (isWhole) {
            return LongNode.valueOf(Math.round(value));
        }
        return DoubleNode.valueOf(new BigDecimal(value).round(DIGITS).doubleValue());
    }
}
