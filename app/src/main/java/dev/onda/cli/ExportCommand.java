package dev.onda.cli;

import dev.onda.model.Model;
import dev.onda.onnx.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onda export}: a model for programs other than this one. */
@Command(
        name = "export",
        description = {
            "Writes a model in a form that other programs run.",
            "What is written says which words it hears, at which rate, and a hash of these, by which a program sees whether it is "
                    + "the model that it was made for."
        },
        sortOptions = false)
final class ExportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--model", paramLabel = "FILE", description = "Model file. Default: the one in the box.")
    private Optional<Path> model = Optional.empty();

    @Option(
            names = "--onnx",
            paramLabel = "FILE",
            description = "ONNX file to write: a window of samples in, a probability for each word out.")
    private Optional<Path> onnx = Optional.empty();

    @Override
    public Integer call() throws IOException {
        Path file = onnx.orElseThrow(() -> new UserError("nothing to write: name what you want: --onnx FILE"));
        OutputFile.check("--onnx", file, "onda.onnx");
        refuseTheModelItself(file);
        Model loaded = BoxedModel.orFile(model);
        OnnxModel.write(file, loaded);
        tell(file, loaded);
        return Main.DONE;
    }

    private void refuseTheModelItself(Path file) throws IOException {
        if (model.isPresent() && Files.exists(file) && Files.isSameFile(file, model.get())) {
            throw new UserError("--onnx " + file + ": the model itself; name another file");
        }
    }

    private void tell(Path file, Model written) throws IOException {
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%s: %,d bytes; %s, %,d Hz, window of %,d samples, %d words: %s; hash %s%n",
                        file,
                        Files.size(file),
                        written.architecture(),
                        written.input().sampleRateHz(),
                        written.input().windowSamples(),
                        written.words().size(),
                        String.join(", ", written.words()),
                        OnnxModel.hash(written));
    }
}
