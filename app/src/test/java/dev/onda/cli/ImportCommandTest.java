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
                .isEqualTo(to + ": m5, 3 words, 8,000 Hz, 25,219 parameters\n"
                        + "normalization: level, each window to mean 0 and deviation 1\nnext: ./onda evaluate --model "
                        + to + " --data DIR\n");
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

    @Test
    void saysThatNoNormalizationWasNamed() {
        assertThat(run("yes,no,_unknown_")).isZero();
        assertThat(out.toString())
                .contains("\nnormalization: none, clips as they are (none was named; if the training had one, name it: "
                        + "--normalization)\n");
    }

    /** A model's own file, or one whose metadata another program kept. */
    @Test
    void whatAModelsFileTellsOfItselfStays() throws IOException {
        Memory memory = new Memory(64, new float[2 * 64], new int[] {0, 2});
        Model own = new Model(
                "m5",
                model.network(),
                model.words(),
                model.input(),
                0.25,
                memory,
                new Provenance("abc", "onda test", Map.of("epochs", "3"), Map.of(), "Words, A. Body"));
        ModelFile.write(weights, own);
        Object[] command = {"import", "--safetensors", weights, "--model", "m5", "--out", to};
        assertThat(onda(command)).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("\nnormalization: level, each window to mean 0 and deviation 1 (as the file says)\n");
        Model imported = ModelFile.read(to);
        assertThat(imported.words()).isEqualTo(own.words());
        assertThat(imported.input()).isEqualTo(own.input());
        assertThat(imported.threshold()).isEqualTo(0.25);
        assertThat(imported.memory().labels()).containsExactly(0, 2);
        assertThat(imported.provenance().attribution()).isEqualTo("Words, A. Body");
        assertThat(imported.provenance().recipe())
                .containsEntry("epochs", "3")
                .containsEntry("imported", "weights.safetensors");
        Files.delete(to);
        assertThat(run("yes,no,_unknown_", "--normalization", "level", "--rate", RATE_HZ))
                .as(err.toString())
                .isZero();
        Files.delete(to);
        assertRefused(
                run("yes,no,_unknown_", "--normalization", "none"),
                "--normalization none: " + weights
                        + " says level; leave --normalization out, or import weights without");
        assertRefused(run("a,b,c"), "--words a,b,c: " + weights + " says yes,no,_unknown_; leave --words out");
        assertRefused(run("yes,no,_unknown_", "--rate", 16_000), "--rate 16000: " + weights + " says 8000; leave");
        command[4] = "article";
        assertRefused(onda(command), "--model article: " + weights + " has other layers, it says those of m5; name");
        assertThat(to).doesNotExist();
    }

    @Test
    void anImportedModelSaysWhyItCannotBeTaught() throws IOException {
        assertThat(run("yes,no,_unknown_")).isZero();
        Path clips = folder.resolve("clips");
        BeepModel.addClips(clips, "hum", 2, 300, 0.1);
        assertRefused(
                onda("teach", "--model", to, "--data", clips, "--out", folder.resolve("taught.safetensors")),
                "this model was imported, and weights alone remember no clips of their words, so it cannot be taught: train");
    }

    @Test
    void refusesWhatDoesNotFit() throws IOException {
        assertRefused(run("yes,no"), "--words names 2 words, " + weights + " has 3 outputs");
        assertRefused(run("yes,\"no"), "--words names 2 words, " + weights + " has 3 outputs");
        assertRefused(run(""), "--words: a word is empty in \"\"; name what each output means");
        assertRefused(
                onda("import", "--safetensors", weights, "--model", "m5", "--out", to),
                "--words: " + weights + " does not tell what its outputs mean; name it: --words A,B,C");
        assertRefused(run("yes,no,yes"), "a word stands twice in [yes, no, yes]");
        assertRefused(run("yes,,no"), "--words: a word is empty in \"yes,,no\"");
        assertRefused(run("yes,no,go", "--rate", 500), "a sample rate of 1,000 to 192,000 Hz is expected, not 500");
        assertRefused(run("yes,no,go", "--rate", 1_000), "does not fit");
        assertRefused(run("yes,no,go", "--normalization", "loud"), "--normalization");
        List<Tensor> tensors = tensors();
        write(tensors.subList(0, tensors.size() - 1));
        assertRefused(run("yes,no,go"), weights + ": no tensor out.bias of shape [3]; there are conv1.weight, ");
        Files.writeString(weights, "no such file at all");
        assertRefused(run("yes,no,go"), weights + ": not a .safetensors file");
        Files.delete(weights);
        assertRefused(run("yes,no,go"), "--safetensors " + weights + ": no such file; name one with weights");
        assertThat(to).as("nothing was written").doesNotExist();
        Files.createFile(to);
        assertRefused(run("yes,no,go"), "--out " + to + ": exists already");
    }
}
