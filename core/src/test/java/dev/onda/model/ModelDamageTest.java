package dev.onda.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onda.nn.Pass;
import dev.onda.nn.kernel.ScalarKernels;
import dev.onda.nn.kernel.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model file cut off anywhere, or with any bytes changed, is refused in one line, or is still a model that works. */
class ModelDamageTest {

    private static final int CASES = 2_000;

    @TempDir
    private Path folder;

    private byte[] good = {};

    @BeforeEach
    void writeAGoodOne() throws IOException {
        Path path = folder.resolve("good");
        ModelFile.write(path, TinyModels.model(1));
        good = Files.readAllBytes(path);
    }

    @Test
    void refusesAFileCutOffAtAnyByte() throws IOException {
        Path path = folder.resolve("cut");
        for (int length = 0; length < good.length; length++) {
            Files.write(path, Arrays.copyOf(good, length));
            assertThatThrownBy(() -> ModelFile.read(path))
                    .as("cut after byte %d", length)
                    .isInstanceOf(ModelException.class)
                    .hasMessageStartingWith(path + ": ")
                    .satisfies(e ->
                            assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1));
        }
    }

    @Test
    void changedBytesAreRefusedOrLeaveAModelThatWorks() throws IOException {
        Path path = folder.resolve("changed");
        int read = 0;
        for (int seed = 0; seed < CASES; seed++) {
            Files.write(path, damaged(seed));
            try {
                Model model = ModelFile.read(path);
                use(model);
                read++;
            } catch (IOException e) {
                assertThat(e.getMessage()).as("seed %d", seed).startsWith(path + ": ");
                assertThat(String.valueOf(e.getMessage()).lines())
                        .as("seed %d", seed)
                        .hasSize(1);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertThat(read).as("models that survived").isBetween(1, CASES - 1);
    }

    private byte[] damaged(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] file = good.clone();
        int end = random.nextBoolean() ? 8 + TinyModels.headerLength(good) : file.length;
        for (int n = random.nextInt(1, 4); n > 0; n--) {
            int at = random.nextInt(end);
            // Digits turn into digits, so that many headers stay JSON and lie.
            file[at] = Character.isDigit(file[at]) ? (byte) random.nextInt('0', '9' + 1) : (byte) random.nextInt(256);
        }
        return file;
    }

    private static void use(Model model) {
        try (Workers workers = new Workers(1)) {
            Pass pass = new Pass(model.network(), Pass.Mode.USE, 1, new ScalarKernels(), workers);
            float[] logits = pass.forward(new float[model.input().windowSamples()], 1, 0);
            assertThat(logits.length).isGreaterThanOrEqualTo(model.words().size());
        }
    }
}
