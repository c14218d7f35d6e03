package dev.onda.train;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import dev.onda.model.Architecture;
import dev.onda.model.Toml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.toml.TomlMapper;

/**
 * Recipes as TOML: a key for each component of {@link Recipe} and of the records in it, {@code learning-rate} for
 * {@code learningRate}. What a file does not say stays as it was.
 */
public final class RecipeFile {

    private static final TomlMapper TOML = new TomlMapper();
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(EnumFeature.READ_ENUMS_USING_TO_STRING)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    private RecipeFile() {}

    /**
     * What an architecture is trained with unless told otherwise: the article's own recipe, or what won on validation.
     *
     * @throws IllegalArgumentException if there is no recipe for it
     */
    public static Recipe defaults(Architecture architecture) {
        JsonNode tree = resource("default");
        JsonNode own = resource(architecture.recipe());
        return read(merge((ObjectNode) tree, own));
    }

    /** How the clips of new words are augmented when they are taught. */
    public static Recipe teaching() {
        return read(merge((ObjectNode) resource("default"), resource("teaching")));
    }

    private static JsonNode resource(String name) {
        try (InputStream in = RecipeFile.class.getResourceAsStream(name + ".toml")) {
            if (in == null) {
                return TOML.createObjectNode();
            }
            return TOML.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A recipe with some keys changed.
     *
     * @param settings TOML
     * @throws IllegalArgumentException if it is no TOML, a key is unknown or a value is out of range; the message says which
     */
    public static Recipe overlay(Recipe recipe, String settings) {
        return overlay(recipe, Toml.parse(settings));
    }

    /** A recipe as a tree, as files have it. */
    static JsonNode tree(Recipe recipe) {
        return JSON.valueToTree(recipe);
    }

    /** The same with one other number. */
    static Recipe with(Recipe recipe, String key, Number value) {
        JsonNode settings = JSON.valueToTree(Map.of(key, value));
        return overlay(recipe, settings);
    }

    /** The same, with settings as a tree. */
    public static Recipe overlay(Recipe recipe, JsonNode settings) {
        return read(merge(JSON.valueToTree(recipe), settings));
    }

    /** A recipe as a file, all of it. */
    public static String toml(Recipe recipe) {
        return TOML.writeValueAsString(JSON.valueToTree(recipe));
    }

    private static ObjectNode merge(ObjectNode into, JsonNode settings) {
        for (Map.Entry<String, JsonNode> setting : settings.properties()) {
            JsonNode old = into.path(setting.getKey());
            boolean sameType = !setting.getValue().has("type")
                    || setting.getValue().get("type").equals(old.path("type"));
            if (old.isObject() && setting.getValue().isObject() && sameType) {
                merge((ObjectNode) old, setting.getValue());
            } else {
                into.set(setting.getKey(), setting.getValue());
            }
        }
        return into;
    }

    private static Recipe read(JsonNode tree) {
        try {
            return Objects.requireNonNull(JSON.treeToValue(tree, Recipe.class));
        } catch (UnrecognizedPropertyException e) {
            throw new IllegalArgumentException(
                    "unknown key " + path(e) + "; there are " + String.join(", ", names(e)), e);
        } catch (InvalidTypeIdException e) {
            throw new IllegalArgumentException(path(e) + ": " + type(e, at(tree, e)), e);
        } catch (MismatchedInputException e) {
            JsonNode found = at(tree, e);
            String reason = found.isMissingNode() ? "missing" : expected(e.getTargetType()) + ", not " + found;
            throw new IllegalArgumentException(path(e) + ": " + reason, e);
        } catch (InputCoercionException e) {
            throw new IllegalArgumentException(path(e) + ": too large a number: " + at(tree, e), e);
        } catch (DatabindException e) {
            Throwable cause = e.getCause();
            String reason = cause instanceof IllegalArgumentException
                    ? String.valueOf(cause.getMessage())
                    : "not a setting of this kind";
            throw new IllegalArgumentException(path(e).isEmpty() ? reason : path(e) + ": " + reason, e);
        }
    }

    /** The value that a complaint is about, or the missing one. */
    private static JsonNode at(JsonNode tree, JacksonException e) {
        JsonNode node = tree;
        for (JacksonException.Reference step : e.getPath()) {
            node = step.getPropertyName() == null ? node.path(step.getIndex()) : node.path(step.getPropertyName());
        }
        return node;
    }

    private static String type(InvalidTypeIdException e, JsonNode found) {
        JsonSubTypes types = e.getBaseType().getRawClass().getAnnotation(JsonSubTypes.class);
        String known = types == null
                ? ""
                : "; there are "
                        + Arrays.stream(types.value())
                                .map(JsonSubTypes.Type::name)
                                .sorted()
                                .collect(Collectors.joining(", "));
        if (e.getTypeId() != null) {
            return "there is no type " + e.getTypeId() + known;
        }
        return found.isObject()
                ? "its type is missing" + known
                : "a table with a type is expected, not " + found + known;
    }

    /** What a user is to write. */
    private static String expected(Class<?> type) {
        if (type == int.class || type == long.class) {
            return "a whole number is expected";
        }
        if (type == double.class) {
            return "a number is expected";
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                            .map(value -> "\"" + value.toString().toLowerCase(Locale.ROOT) + "\"")
                            .collect(Collectors.joining(" or "))
                    + " is expected";
        }
        return (List.class.isAssignableFrom(type) ? "a list" : "a table of settings") + " is expected";
    }

    private static Iterable<String> names(UnrecognizedPropertyException e) {
        return e.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList();
    }

    private static String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        e.getPath().forEach(step -> {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        });
        return path.toString();
    }

    static Map<String, String> settings(Recipe recipe) {
        Map<String, String> settings = new LinkedHashMap<>();
        JSON.<ObjectNode>valueToTree(recipe)
                .properties()
                .forEach(e -> settings.put(
                        e.getKey(),
                        e.getValue().isString()
                                ? e.getValue().asString()
                                : e.getValue().toString()));
        return settings;
    }
}
