package dev.onda.cli;

import dev.onda.model.Architecture;
import dev.onda.model.InputFormat;
import dev.onda.model.Memory;
import dev.onda.model.Model;
import dev.onda.model.ModelFile;
import dev.onda.model.Normalization;
import dev.onda.model.Provenance;
import dev.onda.model.WeightsFile;
import dev.onda.nn.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onda import}: weights that another program trained in, a model file out. */
@Command(
        name = "import",
        description = {
            "Makes a model of weights that another program trained, such as PyTorch.",
            "docs/weights.md tells the names and axes of the tensors."
        },
        sortOptions = false)
final class ImportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--safetensors",
            required = true,
            paramLabel = "FILE",
            description = "The weights: float32 tensors, such as safetensors.torch.save_file writes a state_dict.")
    private Path weights;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "NAME",
            description =
                    "Their network: an architecture by name (onda models lists them), or a TOML file that describes one.")
    private String model;

    @Option(
            names = "--words",
            required = true,
            split = ",",
            paramLabel = "A,B,C",
            description = "What the network's outputs mean, in their order; " + Model.UNKNOWN + " and " + Model.SILENCE
                    + " for what is no word.")
    private List<String> words;

    @Option(
            names = "--rate",
            paramLabel = "HZ",
            description = "Sample rate of the model; a window is one second. Default: the architecture's.")
    private Optional<Integer> rate = Optional.empty();

    @Option(
            names = "--normalization",
            paramLabel = "HOW",
            description =
                    "What was done to each window before the first layer: none, peak (to 1) or level (to mean 0 and deviation 1). "
                            + "Default: none.")
    private Normalization normalization = Normalization.NONE;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Model file to write (.safetensors).")
    private Path out;

    @Override
    public Integer call() throws IOException {
        Architecture architecture = NamedModel.of(model).architecture();
        OutputFile.check("--out", out, "model.safetensors");
        if (Files.exists(out)) {
            throw new UserError("--out " + out + ": exists already; name another file, or delete it");
        }
        int hz = rate.orElse(architecture.sampleRateHz());
        Model imported = UserError.ifRefused(() -> model(architecture, hz));
        WeightsFile.read(weights, imported.network());
        ModelFile.write(out, imported);
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%s: %s, %d words, %,d Hz, %,d parameters%nnext: %s evaluate --model %s --data DIR%n",
                        out,
                        architecture.name(),
                        words.size(),
                        hz,
                        imported.network().size(),
                        CalledAs.text(),
                        out);
        return Main.DONE;
    }

    /** The model, its parameters still 0. */
    private Model model(Architecture architecture, int hz) {
        List<String> classes = words.stream().map(String::strip).toList();
        if (classes.contains("")) {
            throw new IllegalArgumentException("--words: a word is empty in " + String.join(",", words));
        }
        InputFormat input = new InputFormat(hz, hz, normalization);
        Network network = architecture.network(classes.size(), hz);
        String from = String.valueOf(weights.getFileName());
        Provenance provenance = new Provenance("", Version.software(), Map.of("imported", from), Map.of());
        return new Model(architecture.name(), network, classes, input, 0, Memory.NONE, provenance);
    }
}
