package dev.onda.model;

import dev.onda.nn.Initialization;
import dev.onda.nn.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.toml.TomlMapper;

/**
 * A network of a user's own, as a TOML file:
 *
 * <pre>
 * name = "mine"
 * sample-rate = 8000
 *
 * [[layers]]
 * type = "conv1d"
 * channels = 16
 * kernel = 40
 *
 * [[layers]]
 * type = "dense"
 * units = "words"
 *
 * [recipe]
 * epochs = 10
 * </pre>
 *
 * @param architecture the network
 * @param recipe what the table {@code recipe} says; an empty object if there is none
 */
public record ArchitectureFile(Architecture architecture, JsonNode recipe) {

    private static final Set<String> KEYS =
            Set.of("name", "source", "sample-rate", "initialization", "layers", "recipe");
    private static final TomlMapper TOML = new TomlMapper();

    /**
     * Reads a file. That its layers fit each other shows when a network is made of them.
     *
     * @throws ModelException if it is not TOML, a key is unknown or missing, or a layer is none; the message says where
     * @throws IOException if it cannot be read
     */
    public static ArchitectureFile read(Path path) throws IOException {
        try {
            return read(path, TOML.readTree(Files.readString(path)));
        } catch (JacksonException e) {
            throw new ModelException(path, "not TOML: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            throw new ModelException(path, String.valueOf(e.getMessage()));
        }
    }

    private static ArchitectureFile read(Path path, JsonNode tree) {
        for (String key : tree.propertyNames()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("unknown key " + key
                        + "; there are name, source, sample-rate, initialization, layers and recipe");
            }
        }
        String file = String.valueOf(path.getFileName());
        String name = tree.path("name").asString(file.replaceFirst("\\.toml$", ""));
        int rate = tree.path("sample-rate").asInt(16_000);
        Initialization initialization = tree.has("initialization")
                ? Initialization.valueOf(tree.get("initialization")
                        .asString()
                        .toUpperCase(Locale.ROOT)
                        .replace('-', '_'))
                : Initialization.FAN_IN_UNIFORM;
        JsonNode layers = tree.path("layers");
        layers(layers, 2);
        Architecture architecture = new Architecture(
                name,
                tree.path("source").asString(file),
                "onda-m",
                rate,
                initialization,
                words -> layers(layers, words));
        return new ArchitectureFile(architecture, tree.path("recipe"));
    }

    private static List<Layer> layers(JsonNode layers, int words) {
        JsonNode own = layers.deepCopy();
        for (JsonNode layer : own) {
            if (layer instanceof ObjectNode object
                    && object.path("units").asString("").equals("words")) {
                object.put("units", words);
            }
        }
        return LayerJson.read(own);
    }
}
