package dev.onda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onda.audio.Wave;
import dev.onda.model.Architecture;
import dev.onda.model.InputFormat;
import dev.onda.model.Memory;
import dev.onda.model.Model;
import dev.onda.model.ModelFile;
import dev.onda.model.Normalization;
import dev.onda.model.Provenance;
import dev.onda.model.Safetensors;
import dev.onda.model.Tensor;
import dev.onda.nn.Network;
import dev.onda.nn.Parameter;
import dev.onda.recognize.Recognizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights out of a model, and into one again. */
class ImportCommandTest extends TypedCommands {

    private static final int RATE_HZ = 8_000;

    @TempDir
    private Path folder;

    private final Model model = model();
    private Path weights = Path.of("");
    private Path to = Path.of("");

    private static Model model() {
        Architecture m5 = Architecture.named("m5").orElseThrow();
        Network network = m5.network(3, RATE_HZ).initialize(m5.initialization(), new SplittableRandom(1));
        return new Model(
                "m5",
                network,
                List.of("yes", "no", Model.UNKNOWN),
                new InputFormat(RATE_HZ, RATE_HZ, Normalization.LEVEL),
                0,
                Memory.NONE,
                Provenance.NONE);
    }

    @BeforeEach
    void writeWeights() throws IOException {
        weights = folder.resolve("weights.safetensors");
        to = folder.resolve("imported.safetensors");
        write(tensors());
    }

    /** As PyTorch saves them: no metadata, and torchaudio's names. */
    private List<Tensor> tensors() {
        List<Tensor> tensors = new ArrayList<>();
        for (Parameter p : model.network().parameters()) {
            String name =
                    p.name().replaceFirst("^c", "conv").replaceFirst("^b", "bn").replace("out.", "fc1.");
            tensors.add(new Tensor(name, p.shape(), p.values()));
        }
        return tensors;
    }

    private void write(List<Tensor> tensors) throws IOException {
        Safetensors.write(weights, tensors, Map.of());
    }

    private int run(String words, Object... more) {
        List<Object> command = new ArrayList<>(
                List.of("import", "--safetensors", weights, "--model", "m5", "--words", words, "--out", to));
        command.addAll(List.of(more));
        return onda(command.toArray());
    }

    @Test
    void importedWeightsHearTheSame() throws IOException {
        assertThat(run("yes, no,_unknown_", "--normalization", "level"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .isEqualTo(to + ": m5, 3 words, 8,000 Hz, 25,219 parameters\nnext: ./onda evaluate --model " + to
                        + " --data DIR\n");
        Model imported = ModelFile.read(to);
        assertThat(imported.words()).isEqualTo(model.words());
        assertThat(imported.input()).isEqualTo(model.input());
        SplittableRandom random = new SplittableRandom(2);
        float[] noise = new float[RATE_HZ];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextDouble(-0.5, 0.5);
        }
        Wave wave = new Wave(noise, RATE_HZ);
        assertThat(new Recognizer(imported).recognize(wave)).isEqualTo(new Recognizer(model).recognize(wave));
        assertThat(onda("describe", "--model", to)).isZero();
        assertThat(out.toString())
                .contains("; on what data is not known\n")
                .contains("imported = weights.safetensors\n");
    }

    /** What Onda wrote is what it reads: a model's own file holds weights, too. */
    @Test
    void takesTheWeightsOfAModelFile() throws IOException {
        ModelFile.write(weights, model);
        assertThat(run("a,b,c", "--rate", 16_000)).as(err.toString()).isZero();
        Model imported = ModelFile.read(to);
        assertThat(imported.words()).containsExactly("a", "b", "c");
        assertThat(imported.input()).isEqualTo(new InputFormat(16_000, 16_000, Normalization.NONE));
    }

    @Test
    void refusesWhatDoesNotFit() throws IOException {
        assertRefused(run("yes,no"), weights + ": tensor fc1.weight: shape [2, 64] is expected, found [3, 64]");
        assertRefused(run("yes,no,yes"), "a word stands twice in [yes, no, yes]");
        assertRefused(run("yes,,no"), "--words: a word is empty in yes,,no");
        assertRefused(run("yes,no,go", "--rate", 500), "a sample rate of 1,000 to 192,000 Hz is expected, not 500");
        assertRefused(run("yes,no,go", "--rate", 1_000), "does not fit");
        assertRefused(run("yes,no,go", "--normalization", "loud"), "--normalization");
        List<Tensor> tensors = tensors();
        write(tensors.subList(0, tensors.size() - 1));
        assertRefused(run("yes,no,go"), weights + ": no tensor out.bias of shape [3]; there are conv1.weight, ");
        Files.writeString(weights, "no such file at all");
        assertRefused(run("yes,no,go"), weights + ": not a .safetensors file");
        Files.delete(weights);
        assertRefused(run("yes,no,go"), "no such file or folder: " + weights);
        assertThat(to).as("nothing was written").doesNotExist();
        Files.createFile(to);
        assertRefused(run("yes,no,go"), "--out " + to + ": exists already");
    }
}
