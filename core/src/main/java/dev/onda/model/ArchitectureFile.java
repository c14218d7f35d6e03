package dev.onda.model;

import dev.onda.nn.Initialization;
import dev.onda.nn.Layer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

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
 * type = "global-average-pool"
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
    private static final int LOWEST_RATE_HZ = 1_000;
    private static final int HIGHEST_RATE_HZ = 192_000;

    /**
     * Reads a file. That its layers fit each other shows when a network is made of them.
     *
     * @throws ModelException if it is not TOML, a key is unknown or missing, or a layer is none; the message says where
     * @throws IOException if it cannot be read
     */
    public static ArchitectureFile read(Path path) throws IOException {
        try {
            return read(path, Toml.parse(Toml.text(path)));
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
        int rate = sampleRate(tree.path("sample-rate"));
        Initialization initialization = initialization(tree.path("initialization"));
        if (tree.has("recipe") && !tree.path("recipe").isObject()) {
            throw new IllegalArgumentException("recipe is a table of settings, not " + tree.path("recipe"));
        }
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

    private static int sampleRate(JsonNode value) {
        if (value.isMissingNode()) {
            return 16_000;
        }
        if (!value.isInt() || value.asInt() < LOWEST_RATE_HZ || value.asInt() > HIGHEST_RATE_HZ) {
            throw new IllegalArgumentException("sample-rate is a whole number of hertz from " + LOWEST_RATE_HZ + " to "
                    + HIGHEST_RATE_HZ + ", not " + value);
        }
        return value.asInt();
    }

    private static Initialization initialization(JsonNode value) {
        if (value.isMissingNode()) {
            return Initialization.FAN_IN_UNIFORM;
        }
        return Arrays.stream(Initialization.values())
                .filter(i -> spelled(i).equals(value.asString("")))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("initialization is "
                        + Arrays.stream(Initialization.values())
                                .map(ArchitectureFile::spelled)
                                .collect(Collectors.joining(" or "))
                        + ", not " + value));
    }

    private static String spelled(Initialization initialization) {
        return initialization.name().toLowerCase(Locale.ROOT).replace('_', '-');
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
