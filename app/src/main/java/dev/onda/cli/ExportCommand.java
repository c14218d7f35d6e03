package dev.onda.cli;

import dev.onda.export.CSource;
import dev.onda.model.Model;
import dev.onda.onnx.OnnxModel;
import dev.onda.web.WebFolder;
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

    @Option(
            names = "--c",
            paramLabel = "DIR",
            description = "Folder for onda_model.c and onda_model.h: C99 for small devices, without heap or libraries.")
    private Optional<Path> c = Optional.empty();

    @Option(
            names = "--web",
            paramLabel = "DIR",
            description = {
                "Folder for a page that any web host serves: it listens with the browser's microphone.",
                "npm brings ONNX Runtime Web into it, 33 MB, the first time."
            })
    private Optional<Path> web = Optional.empty();

    @Override
    public Integer call() throws IOException {
        if (onnx.isEmpty() && c.isEmpty() && web.isEmpty()) {
            throw new UserError("nothing to write: name what you want: --onnx FILE, --c DIR or --web DIR");
        }
        onnx.ifPresent(file -> OutputFile.check("--onnx", file, "onda.onnx"));
        c.ifPresent(folder -> OutputFile.checkFolder("--c", folder));
        web.ifPresent(folder -> OutputFile.checkFolder("--web", folder));
        if (onnx.isPresent()) {
            refuseTheModelItself(onnx.orElseThrow());
        }
        Model loaded = BoxedModel.orFile(model);
        if (onnx.isPresent()) {
            writeOnnx(onnx.orElseThrow(), loaded);
        }
        if (c.isPresent()) {
            writeC(c.orElseThrow(), loaded);
        }
        if (web.isPresent()) {
            writeWeb(web.orElseThrow(), loaded);
        }
        return Main.DONE;
    }

    private void refuseTheModelItself(Path file) throws IOException {
        if (model.isPresent() && Files.exists(file) && Files.isSameFile(file, model.get())) {
            throw new UserError("--onnx " + file + ": the model itself; name another file");
        }
    }

    private void writeOnnx(Path file, Model loaded) throws IOException {
        OnnxModel.write(file, loaded);
        tell(
                file,
                String.format(
                        Locale.ROOT,
                        "%,d bytes; %s; hash %s",
                        Files.size(file),
                        heard(loaded),
                        OnnxModel.hash(loaded)));
    }

    private void writeC(Path folder, Model loaded) throws IOException {
        CSource source = CSource.of(loaded, CSource.Weights.FLOAT);
        source.write(folder);
        tell(
                folder,
                String.format(
                        Locale.ROOT,
                        "onda_model.c and onda_model.h: %,d bytes of RAM, %,d of constants; %s",
                        source.ramBytes(),
                        source.flashBytes(),
                        heard(loaded)));
    }

    private void writeWeb(Path folder, Model loaded) throws IOException {
        try (TemporaryFolder work = new TemporaryFolder()) {
            WebFolder.write(folder, loaded, work.path(), spec.commandLine().getErr()::println);
        }
        tell(
                folder,
                "a page, " + heard(loaded) + "; to look at it, serve the folder: jwebserver -d "
                        + folder.toAbsolutePath());
    }

    private static String heard(Model model) {
        return String.format(
                Locale.ROOT,
                "%s, %,d Hz, window of %,d samples, %d words: %s",
                model.architecture(),
                model.input().sampleRateHz(),
                model.input().windowSamples(),
                model.words().size(),
                String.join(", ", model.words()));
    }

    private void tell(Path written, String text) {
        spec.commandLine().getOut().println(written + ": " + text);
    }
}
