package dev.onda.web;

import dev.onda.file.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A folder with a page that hears the model's words in the browser's microphone, the model as an ONNX file, and ONNX Runtime Web,
 * which runs it. Any host of plain files can serve it, over https; it asks for nothing from elsewhere.
 */
public final class WebFolder {

    private static final String PAGE = "/dev/onda/web/page/";
    private static final List<String> FILES =
            List.of("index.html", "style.css", "page.js", "model.js", "recognizer.js", "resampler.js");
    /** The studio's page has the same need. */
    private static final String CAPTURE = "/dev/onda/studio/page/capture.js";

    private static final String CAPTURE_FILE = "capture.js";

    /** What the folder's files are under, and where the texts are. */
    private static final Map<String, String> LICENCES =
            Map.of("LICENSE.txt", PAGE + "LICENSE", "ort-LICENSE.txt", PAGE + "ort-LICENSE.txt");

    /** What the page begins with, by which a folder is known again. */
    private static final String MARK = "<!doctype html>\n<!-- Written by onda export -->\n";

    private static final String MODEL = "model.onnx";

    private WebFolder() {}

    /** Writes a file. */
    @FunctionalInterface
    public interface Writer {
        void write(Path file) throws IOException;
    }

    /**
     * Writes the folder's files, and leaves others alone.
     *
     * @param folder made if need be
     * @param onnx writes the model, as {@link dev.onda.onnx.OnnxModel} does
     * @param work an empty folder for what is needed in between
     * @param tell told, in a line, of what takes long
     * @throws IOException if a file cannot be written, or ONNX Runtime Web cannot be got
     */
    public static void write(Path folder, Writer onnx, Path work, Consumer<String> tell) throws IOException {
        write(folder, onnx, work, new WebRuntime(tell));
    }

    /**
     * A file in the folder that {@link #write} would replace, and that no export wrote; nothing if there is none. ONNX Runtime Web may
     * have been put there by hand.
     *
     * @throws IOException if a file cannot be read
     */
    public static Optional<Path> foreign(Path folder) throws IOException {
        if (AtomicFile.beginsWith(folder.resolve("index.html"), MARK.getBytes(StandardCharsets.UTF_8))) {
            return Optional.empty();
        }
        Stream<String> own = Stream.of(FILES.stream(), LICENCES.keySet().stream(), Stream.of(CAPTURE_FILE, MODEL))
                .flatMap(names -> names);
        Optional<Path> ours = own.map(folder::resolve).filter(Files::exists).findFirst();
        return ours.isPresent() ? ours : WebRuntime.foreign(folder);
    }

    static void write(Path folder, Writer onnx, Path work, WebRuntime runtime) throws IOException {
        Files.createDirectories(folder);
        runtime.provide(folder, work);
        for (String name : FILES) {
            copy(PAGE + name, folder.resolve(name));
        }
        copy(CAPTURE, folder.resolve(CAPTURE_FILE));
        for (Map.Entry<String, String> licence : LICENCES.entrySet()) {
            copy(licence.getValue(), folder.resolve(licence.getKey()));
        }
        onnx.write(folder.resolve(MODEL));
    }

    private static void copy(String resource, Path to) throws IOException {
        try (InputStream in = WebFolder.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + ": not in this build");
            }
            AtomicFile.write(to, in.readAllBytes());
        }
    }
}
