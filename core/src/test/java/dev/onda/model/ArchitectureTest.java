package dev.onda.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {

    @TempDir
    private Path folder;

    private static Network network(String name, int words) {
        Architecture architecture = Architecture.named(name).orElseThrow();
        return new Network(architecture.layers().apply(words), new Shape(1, architecture.sampleRateHz()));
    }

    @Test
    void everyNetworkEndsWithANumberAWord() {
        assertThat(Architecture.all())
                .allSatisfy(a -> assertThat(network(a.name(), 30).output()).isEqualTo(new Shape(30, 1)));
    }

    /** The article by its summary; the 26,915 of M5 in the tutorial of PyTorch, and the 384 running statistics of its norms. */
    @ParameterizedTest
    @CsvSource({"article, 30, 1970830", "m5, 35, 27299"})
    void isAsLargeAsWherItWasPublished(String name, int words, long parameters) {
        assertThat(network(name, words).size()).isEqualTo(parameters);
    }

    @ParameterizedTest
    @CsvSource({"onda-s, 60000", "onda-m, 250000", "onda-l, 1000000"})
    void theFamilyStaysWithinItsBounds(String name, long most) {
        assertThat(network(name, 35).size()).isLessThanOrEqualTo(most);
    }

    @Test
    void convolutionsThatLookAheadEverywhereDoNotStream() {
        assertThat(Architecture.named("article").orElseThrow().isStreaming()).isFalse();
        assertThat(Architecture.named("article-lookahead").orElseThrow().isStreaming())
                .isTrue();
        assertThat(Architecture.named("article-lookahead")
                        .orElseThrow()
                        .layers()
                        .apply(3))
                .hasAtLeastOneElementOfType(Layer.LookAhead.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nom = 'x'|unknown key nom; there are name, source",
                "layers = 3|layers",
                "layers = []|at least one layer",
                "[[layers]]|layer 1",
                "[[layers]]@type = 'conv2d'|layer 1: no layer is of type conv2d; there are conv1d, ",
                "[[layers]]@type = 'max-pool'@length = 2|layer 1 (max-pool): unknown key length; there are size",
                "[[layers]]@type = 'activation'@function = 'rleu'|rleu is none of its choices, which are ",
                "[[layers]]@type = 'dense'|layer 1 (dense): units is missing",
                "[[layers]]@type = 'dense'@units = 0|units is a whole number from 1 to",
                "initialization = 'zero'@[[layers]]@type = 'dense'@units = 'words'|initialization",
                "sample-rate = 0@[[layers]]@type = 'dense'@units = 'words'|sample-rate",
                "sample-rate = 'fast'@[[layers]]@type = 'dense'@units = 'words'|sample-rate",
                "name =|not TOML"
            })
    void refusesAFileThatIsNoNetwork(String toml, String reason) throws IOException {
        Path file = Files.writeString(folder.resolve("own.toml"), toml.replace("@", "\n"));
        assertThatThrownBy(() -> ArchitectureFile.read(file))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(reason);
    }

    @Test
    void takesTheFilesNameAndTheNumberOfWords() throws IOException {
        Path file = Files.writeString(folder.resolve("own.toml"), """
                [[layers]]
                type = "global-average-pool"

                [[layers]]
                type = "dense"
                units = "words"
                """);
        Architecture own = ArchitectureFile.read(file).architecture();
        assertThat(own.name()).isEqualTo("own");
        assertThat(own.sampleRateHz()).isEqualTo(16_000);
        List<Layer> layers = own.layers().apply(7);
        assertThat(((Layer.Dense) layers.getLast()).units()).isEqualTo(7);
    }
}
