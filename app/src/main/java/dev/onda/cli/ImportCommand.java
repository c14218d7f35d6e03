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
import dev.onda.report.Counted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code onda import}: weights that another program trained in, a model file out. */
final class ImportCommand extends Command {

    private final Supplier<Path> weights = required(
            Path.class,
            "--safetensors",
            "FILE",
            "The weights: float32 tensors, such as safetensors.torch.save_file writes a state_dict.");

    private final Supplier<String> model = required(
            String.class,
            "--model",
            "NAME",
            "Their network: an architecture by name (onda models lists them), or a TOML file that describes one.");

    private final Supplier<List<String>> words = list(
            String.class,
            "--words",
            "A,B,C",
            "What the network's outputs mean, in their order; " + Model.UNKNOWN + " and " + Model.SILENCE
                    + " for what is no word. Needed unless the file tells them.");

    private final Supplier<Optional<Integer>> rate = optional(
            Integer.class,
            "--rate",
            "HZ",
            "Sample rate of the model; a window is one second. Default: the architecture's.");

    private final Supplier<Optional<Normalization>> normalization = optional(
            Normalization.class,
            "--normalization",
            "HOW",
            "What was done to each window before the first layer: none, peak (to 1) or level (to mean 0 and deviation 1). "
                    + "Default: what the file tells, or none.");

    private final Supplier<Path> out = required(Path.class, "--out", "FILE", "Model file to write (.safetensors).");

    ImportCommand() {
        super(
                "import",
                "Makes a model of weights that another program trained, such as PyTorch.",
                "A file that still has the metadata of a model of Onda tells words, rate and normalization itself.",
                "docs/weights.md tells the names and axes of the tensors.");
    }

    @Override
    int call() throws IOException {
        Architecture architecture = NamedModel.of(model.get()).architecture();
        OutputFile.check("--out", out.get(), "model.safetensors");
        if (Files.exists(out.get())) {
            throw new UserError("--out " + out.get() + ": exists already; name another file, or delete it");
        }
        if (!Files.exists(weights.get())) {
            throw new UserError("--safetensors " + weights.get()
                    + ": no such file; name one with weights, as safetensors' save_file writes it");
        }
        boolean isOurs = ModelFile.isOne(weights.get());
        Model imported = isOurs ? ofOnda(architecture) : ofAnotherProgram(architecture);
        ModelFile.write(out.get(), imported);
        tell(imported, isOurs);
        return Main.DONE;
    }

    private void tell(Model imported, boolean isOurs) {
        String how = switch (imported.input().normalization()) {
            case NONE -> "none, clips as they are";
            case PEAK -> "peak, each window to a largest magnitude of 1";
            case LEVEL -> "level, each window to mean 0 and deviation 1";
        };
        String why = isOurs ? "as the file says" : "none was named; if the training had one, name it: --normalization";
        stdout().printf(
                        Locale.ROOT,
                        "%s: %s, %d words, %,d Hz, %,d parameters%nnormalization: %s%s%nnext: %s evaluate --model %s --data DIR%n",
                        out.get(),
                        imported.architecture(),
                        imported.words().size(),
                        imported.input().sampleRateHz(),
                        imported.network().size(),
                        how,
                        normalization.get().isPresent() ? "" : " (" + why + ")",
                        CalledAs.text(),
                        out.get());
    }

    private List<String> classes() {
        List<String> classes = words.get().stream().map(String::strip).toList();
        if (classes.contains("")) {
            throw new UserError("--words: a word is empty in \"" + String.join(",", words.get())
                    + "\"; name what each output means, such as yes,no");
        }
        return classes;
    }

    /** A model that was changed elsewhere, such as trained on: what its file tells holds, and what is named has to agree. */
    private Model ofOnda(Architecture architecture) throws IOException {
        Model own = ModelFile.read(weights.get());
        InputFormat input = own.input();
        List<String> classes = classes();
        agree(
                "--words",
                classes.isEmpty() ? Optional.empty() : Optional.of(String.join(",", classes)),
                String.join(",", own.words()));
        agree("--rate", rate.get(), input.sampleRateHz());
        agree(
                "--normalization",
                normalization.get().map(Normalization::label),
                input.normalization().label());
        Network named =
                UserError.ifRefused(() -> architecture.network(own.words().size(), input.windowSamples()));
        if (!named.layers().equals(own.network().layers())) {
            throw new UserError("--model " + model.get() + ": " + weights.get() + " has other layers, it says those of "
                    + own.architecture() + "; name that network");
        }
        Provenance old = own.provenance();
        Map<String, String> recipe = new LinkedHashMap<>(old.recipe());
        recipe.put(Provenance.IMPORTED, String.valueOf(weights.get().getFileName()));
        return own.with(new Provenance(old.dataSha256(), old.software(), recipe, old.figures(), old.attribution()));
    }

    private <T> void agree(String option, Optional<T> named, T told) {
        if (named.isPresent() && !named.get().equals(told)) {
            throw new UserError(option + " " + named.get() + ": " + weights.get() + " says " + told + "; leave "
                    + option + " out, or import weights without that metadata");
        }
    }

    private Model ofAnotherProgram(Architecture architecture) throws IOException {
        if (words.get().isEmpty()) {
            throw new UserError(
                    "--words: " + weights.get() + " does not tell what its outputs mean; name it: --words A,B,C");
        }
        int hz = rate.get().orElse(architecture.sampleRateHz());
        List<String> classes = classes();
        Model imported = UserError.ifRefused(() -> model(architecture, classes, hz));
        int outputs = WeightsFile.outputs(weights.get(), imported.network()).orElse(classes.size());
        if (outputs != classes.size()) {
            throw new UserError("--words names " + Counted.of(classes.size(), "word") + ", " + weights.get() + " has "
                    + Counted.of(outputs, "output"));
        }
        WeightsFile.read(weights.get(), imported.network());
        return imported;
    }

    /** The model, its parameters still 0. */
    private Model model(Architecture architecture, List<String> classes, int hz) {
        InputFormat input = new InputFormat(hz, hz, normalization.get().orElse(Normalization.NONE));
        Network network = architecture.network(classes.size(), hz);
        String from = String.valueOf(weights.get().getFileName());
        Provenance provenance = new Provenance("", Version.software(), Map.of(Provenance.IMPORTED, from), Map.of());
        return new Model(architecture.name(), network, classes, input, 0, Memory.NONE, provenance);
    }
}
