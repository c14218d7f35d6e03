package dev.onda.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is what is read, bit by bit. */
class ModelFileTest {

    @TempDir
    private Path folder;

    @Test
    void readsTheBitsAndWordsItWrote() throws IOException {
        Model written = TinyModels.model(1);
        ModelFile.write(folder.resolve("m"), written);
        Model read = ModelFile.read(folder.resolve("m"));
        assertThat(read.architecture()).isEqualTo(written.architecture());
        assertThat(read.words()).isEqualTo(written.words());
        assertThat(read.input()).isEqualTo(written.input());
        assertThat(read.provenance()).isEqualTo(written.provenance());
        assertThat(read.network().layers()).isEqualTo(written.network().layers());
        assertThat(bits(read)).isEqualTo(bits(written));
    }

    @Test
    void equalModelsGiveEqualBytes() throws IOException {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        ModelFile.write(first, TinyModels.model(1));
        ModelFile.write(second, TinyModels.model(1));
        assertThat(second).hasSameBinaryContentAs(first);
        ModelFile.write(second, ModelFile.read(first));
        assertThat(second).as("written, read, written again").hasSameBinaryContentAs(first);
        ModelFile.write(second, TinyModels.model(2));
        assertThat(Files.mismatch(first, second)).isNotNegative();
    }

    @Test
    void keepsTheOrderOfSettings() throws IOException {
        ModelFile.write(folder.resolve("m"), TinyModels.model(1));
        Provenance provenance = ModelFile.read(folder.resolve("m")).provenance();
        assertThat(provenance.recipe().keySet()).containsExactly("zeta", "alpha", "mu");
        assertThat(provenance.figures().keySet()).containsExactly("validationAccuracy", "bestEpoch");
    }

    @Test
    void theReaderTellsMetadataInTheFilesOrder() throws IOException {
        Path path = folder.resolve("m");
        ModelFile.write(path, TinyModels.model(1));
        try (SafetensorsReader reader = SafetensorsReader.open(path)) {
            assertThat(reader.metadata().keySet())
                    .startsWith("format", "architecture", "words", "sample_rate_hz", "window_samples");
        }
    }

    @Test
    void theHeaderEndsAtAMultipleOfEightBytes() throws IOException {
        Path path = folder.resolve("t");
        for (int length = 0; length < 9; length++) {
            Safetensors.write(path, List.of(), Map.of("key", "x".repeat(length)));
            assertThat(Files.size(path) % 8).isZero();
            try (SafetensorsReader reader = SafetensorsReader.open(path)) {
                assertThat(reader.metadata()).containsEntry("key", "x".repeat(length));
            }
        }
    }

    @Test
    void tensorsLargerThanABufferSurvive() throws IOException {
        float[] values = new float[(1 << 18) + 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        Path path = folder.resolve("t");
        Safetensors.write(
                path,
                List.of(
                        new Tensor("small", new int[] {1}, new float[] {7}),
                        new Tensor("large", new int[] {values.length}, values)),
                Map.of());
        float[] read = new float[values.length];
        try (SafetensorsReader reader = SafetensorsReader.open(path)) {
            assertThat(reader.names()).containsExactly("small", "large");
            reader.read("large", read);
        }
        assertThat(read).isEqualTo(values);
    }

    @Test
    void anArchitectureIsFoundByItsName() {
        assertThat(Architecture.named("m5"))
                .get()
                .extracting(Architecture::sampleRateHz)
                .isEqualTo(8_000);
        assertThat(Architecture.named("m6")).isEmpty();
        assertThat(Architecture.names()).startsWith("article-single, ").contains(", m5, ", ", onda-m, ");
    }

    private static List<List<Integer>> bits(Model model) {
        return model.network().parameters().stream()
                .map(p -> IntStream.range(0, p.values().length)
                        .mapToObj(i -> Float.floatToRawIntBits(p.values()[i]))
                        .toList())
                .toList();
    }
}
