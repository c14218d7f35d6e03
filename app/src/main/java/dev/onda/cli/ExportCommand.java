package dev.onda.cli;

import dev.onda.export.CSource;
import dev.onda.export.ModelHash;
import dev.onda.model.Model;
import dev.onda.onnx.OnnxModel;
import dev.onda.web.WebFolder;
import java.io.IOException;
import java.io.PrintWriter;
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

    @Option(
            names = "--int8",
            description =
                    "Numbers of 8 bits instead of 32: smaller and, in ONNX files, faster; what is lost with ONNX files is told.")
    private boolean int8;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "For --int8 in ONNX files: corpus (one folder of clips a word), or a store made by onda prepare. Clips of its "
                            + "training partition show how large signals are, those of validation what is lost.")
    private Optional<Path> data = Optional.empty();

    @Override
    public Integer call() throws IOException {
        check();
        Model loaded = BoxedModel.orFile(model);
        PrintWriter out = spec.commandLine().getOut();
        if (data.isPresent()) {
            VectorModule.warnIfMissing(spec.commandLine().getErr());
            Int8Clips.use(
                    data.get(),
                    loaded,
                    spec.commandLine().getErr(),
                    clips -> write(loaded, file -> out.print(Int8Export.write(file, loaded, clips))));
        } else {
            write(loaded, file -> OnnxModel.write(file, loaded));
        }
        return Main.DONE;
    }

    private void check() throws IOException {
        if (onnx.isEmpty() && c.isEmpty() && web.isEmpty()) {
            throw new UserError("nothing to write: name what you want: --onnx FILE, --c DIR or --web DIR");
        }
        boolean needsClips = int8 && (onnx.isPresent() || web.isPresent());
        if (needsClips != data.isPresent()) {
            throw new UserError(
                    needsClips
                            ? "--int8: needs clips to find the range of signals by: --data DIR"
                            : "--data: only --int8 needs clips, for --onnx and --web");
        }
        if (onnx.isPresent()) {
            OutputFile.check("--onnx", onnx.get(), "onda.onnx");
            refuseTheModelItself(onnx.get());
        }
        c.ifPresent(folder -> OutputFile.checkFolder("--c", folder));
        web.ifPresent(folder -> OutputFile.checkFolder("--web", folder));
    }

    private void refuseTheModelItself(Path file) throws IOException {
        if (model.isPresent() && Files.exists(file) && Files.isSameFile(file, model.get())) {
            throw new UserError("--onnx " + file + ": the model itself; name another file");
        }
    }

    private void write(Model loaded, WebFolder.Writer onnxWriter) throws IOException {
        tell(String.format(
                Locale.ROOT,
                "%s, %,d Hz, window of %,d samples, %d words: %s",
                loaded.architecture(),
                loaded.input().sampleRateHz(),
                loaded.input().windowSamples(),
                loaded.words().size(),
                String.join(", ", loaded.words())));
        if (onnx.isPresent()) {
            onnxWriter.write(onnx.get());
            tell(String.format(
                    Locale.ROOT,
                    "%s: %,d bytes; hash %s",
                    onnx.get(),
                    Files.size(onnx.get()),
                    ModelHash.of(OnnxModel.FORMAT, loaded)));
        }
        if (c.isPresent()) {
            writeC(c.get(), loaded);
        }
        if (web.isPresent()) {
            writeWeb(web.get(), onnxWriter);
        }
    }

    private void writeC(Path folder, Model loaded) throws IOException {
        CSource source = CSource.of(loaded, int8 ? CSource.Weights.INT8 : CSource.Weights.FLOAT);
        source.write(folder);
        tell(String.format(
                Locale.ROOT,
                "%s: onda_model.c and onda_model.h, %,d bytes of RAM, %,d of constants",
                folder,
                source.ramBytes(),
                source.flashBytes()));
    }

    private void writeWeb(Path folder, WebFolder.Writer onnxWriter) throws IOException {
        try (TemporaryFolder work = new TemporaryFolder()) {
            WebFolder.write(folder, onnxWriter, work.path(), spec.commandLine().getErr()::println);
        }
        tell(folder + ": a page; to look at it, serve the folder: jwebserver -d " + folder.toAbsolutePath());
    }

    private void tell(String line) {
        spec.commandLine().getOut().println(line);
    }
}
