package dev.onda.cli;

import dev.onda.export.CSource;
import dev.onda.export.ModelHash;
import dev.onda.model.Model;
import dev.onda.onnx.OnnxModel;
import dev.onda.web.WebFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** {@code onda export}: a model for programs other than this one. */
final class ExportCommand extends Command {

    private final Supplier<Optional<Path>> model = modelFile();

    private final Supplier<Optional<Path>> onnx = optional(
            Path.class,
            "--onnx",
            "FILE",
            "ONNX file to write: a window of samples in, a probability for each word out.");

    private final Supplier<Optional<Path>> c = optional(
            Path.class,
            "--c",
            "DIR",
            "Folder for onda_model.c and onda_model.h: C99 for small devices, without heap or libraries.");

    private final Supplier<Optional<Path>> web = optional(
            Path.class,
            "--web",
            "DIR",
            "Folder for a page that any web host serves: it listens with the browser's microphone.",
            "npm (of Node.js) brings ONNX Runtime Web into it, 33 MB, the first time.");

    private final Supplier<Boolean> int8 = flag(
            "--int8",
            "Numbers of 8 bits instead of 32: a quarter to 0.4 of the size.",
            "ONNX: weights and signals, which takes --data; what is lost is told. About as fast or faster in ONNX Runtime on "
                    + "processors, about half as fast in browsers.",
            "C: weights only, without --data; the same speed.");

    private final Supplier<Optional<Path>> data = optional(
            Path.class,
            "--data",
            "DIR",
            "For --int8 with --onnx or --web, not with --c alone: corpus (one folder of clips a word), or a store made by onda prepare. Clips of its "
                    + "training partition show how large signals are, those of validation what is lost.");

    ExportCommand() {
        super(
                "export",
                "Writes a model in a form that other programs run.",
                "What is written says which words it hears, at which rate, and a hash of these, by which a program sees whether it is "
                        + "the model that it was made for.");
    }

    @Override
    int call() throws IOException {
        check();
        Model loaded = BoxedModel.orFile(model.get());
        PrintWriter out = stdout();
        if (data.get().isPresent()) {
            VectorModule.warnIfMissing(stderr());
            Int8Clips.use(
                    data.get().orElseThrow(),
                    loaded,
                    stderr(),
                    clips -> write(loaded, file -> out.print(Int8Export.write(file, loaded, clips))));
        } else {
            write(loaded, file -> OnnxModel.write(file, loaded));
        }
        return Main.DONE;
    }

    private void check() throws IOException {
        if (onnx.get().isEmpty() && c.get().isEmpty() && web.get().isEmpty()) {
            throw new UserError("nothing to write: name what you want: --onnx FILE, --c DIR or --web DIR");
        }
        checkClips();
        if (onnx.get().isPresent()) {
            OutputFile.check("--onnx", onnx.get().orElseThrow(), "onda.onnx");
            refuseTheModelItself(onnx.get().orElseThrow());
            refuseForeign("--onnx", onnx.get().filter(Files::exists).filter(file -> !isOne(file)));
        }
        if (c.get().isPresent()) {
            OutputFile.checkFolder("--c", c.get().orElseThrow());
            refuseForeign("--c", CSource.foreign(c.get().orElseThrow()));
        }
        if (web.get().isPresent()) {
            OutputFile.checkFolder("--web", web.get().orElseThrow());
            refuseForeign("--web", WebFolder.foreign(web.get().orElseThrow()));
        }
        refuseCollisions();
    }

    private void checkClips() {
        boolean isOnnx = onnx.get().isPresent() || web.get().isPresent();
        if (int8.get() && isOnnx && data.get().isEmpty()) {
            throw new UserError(
                    "--int8: with --onnx and --web it takes clips, to find the range of signals by: name them: --data DIR");
        }
        if (data.get().isPresent() && !int8.get()) {
            throw new UserError("--data: only --int8 takes clips; add --int8, or leave --data out");
        }
        if (data.get().isPresent() && !isOnnx) {
            throw new UserError("--data: --c takes no clips, with --int8 neither; leave --data out");
        }
    }

    private void refuseTheModelItself(Path file) throws IOException {
        if (model.get().isPresent()
                && Files.exists(file)
                && Files.exists(model.get().orElseThrow())
                && Files.isSameFile(file, model.get().orElseThrow())) {
            throw new UserError("--onnx " + file + ": the model itself; name another file");
        }
    }

    private static boolean isOne(Path file) {
        try {
            return OnnxModel.isOne(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refuseForeign(String option, Optional<Path> foreign) {
        if (foreign.isPresent()) {
            throw new UserError(option + ": " + foreign.get()
                    + " exists already and is not of an export; name another place, or delete it");
        }
    }

    /** Refuses an ONNX file where a folder is to be, or one that might be another file of a folder. */
    private void refuseCollisions() {
        for (Path folder :
                Stream.of(c.get(), web.get()).flatMap(Optional::stream).toList()) {
            if (onnx.get().isEmpty()) {
                return;
            }
            Path file = onnx.get().orElseThrow().toAbsolutePath().normalize();
            Path other = folder.toAbsolutePath().normalize();
            if (file.equals(other)) {
                throw new UserError("--onnx " + onnx.get().orElseThrow()
                        + ": the folder of another export has this name; name another file");
            }
            if (other.equals(file.getParent()) && !file.toString().endsWith(".onnx")) {
                throw new UserError("--onnx " + onnx.get().orElseThrow()
                        + ": beside the files of another export its name ends with .onnx, "
                        + "so that it is none of them");
            }
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
        if (onnx.get().isPresent()) {
            onnxWriter.write(onnx.get().orElseThrow());
            tell(String.format(
                    Locale.ROOT,
                    "%s: %,d bytes; hash %s",
                    onnx.get().orElseThrow(),
                    Files.size(onnx.get().orElseThrow()),
                    ModelHash.of(OnnxModel.FORMAT, loaded)));
        }
        if (c.get().isPresent()) {
            writeC(c.get().orElseThrow(), loaded);
        }
        if (web.get().isPresent()) {
            writeWeb(web.get().orElseThrow(), loaded, onnxWriter);
        }
    }

    private void writeC(Path folder, Model loaded) throws IOException {
        CSource source =
                CSource.of(loaded, int8.get() ? CSource.Weights.INT8 : CSource.Weights.FLOAT, Version.software());
        source.write(folder);
        tell(String.format(
                Locale.ROOT,
                "%s: onda_model.c and onda_model.h, %,d bytes of RAM, %,d of constants; hash %s",
                folder,
                source.ramBytes(),
                source.flashBytes(),
                CSource.hash(loaded)));
    }

    private void writeWeb(Path folder, Model loaded, WebFolder.Writer onnxWriter) throws IOException {
        try (TemporaryFolder work = new TemporaryFolder()) {
            WebFolder.write(folder, onnxWriter, work.path(), stderr()::println);
        }
        tell(folder + ": a page; hash " + ModelHash.of(OnnxModel.FORMAT, loaded)
                + "; to look at it, serve the folder: jwebserver -d " + folder.toAbsolutePath());
        if (int8.get()) {
            tell(
                    "8 bits are smaller to load, and half as fast in browsers as 32: a page that need not be small goes without --int8");
        }
    }

    private void tell(String line) {
        stdout().println(line);
    }
}
