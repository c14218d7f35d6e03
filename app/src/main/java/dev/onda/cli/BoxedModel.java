package dev.onda.cli;

import dev.onda.model.Architecture;
import dev.onda.model.Model;
import dev.onda.model.ModelFile;
import dev.onda.train.Epoch;
import dev.onda.train.History;
import dev.onda.train.RunFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** The model that Onda brings along, for commands whose {@code --model} is left out. */
final class BoxedModel {

    private static final String MODEL = "/dev/onda/box/onda.safetensors";
    private static final String HISTORY = "/dev/onda/box/onda.history.csv";

    private BoxedModel() {}

    /** Reads what a file holds. */
    @FunctionalInterface
    private interface Reader<T> {
        T read(Path file) throws IOException;
    }

    /** Size of its file. */
    static long bytes() throws IOException {
        return read(MODEL, Files::size);
    }

    /** How it was trained. */
    static List<Epoch> history() throws IOException {
        return read(HISTORY, History::read);
    }

    /** What a training left beside a model file, or that of the model in the box; nothing if it is gone. */
    static List<Epoch> history(Optional<Path> file) throws IOException {
        if (file.isEmpty()) {
            return history();
        }
        Path history = new RunFiles(file.get()).history();
        return Files.exists(history) ? History.read(history) : List.of();
    }

    private static <T> T read(String resource, Reader<T> reader) throws IOException {
        try (InputStream in = BoxedModel.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new UserError("--model FILE: this build of Onda has no model in the box; name one");
            }
            Path copy = copy(in);
            try {
                return reader.read(copy);
            } finally {
                Files.delete(copy);
            }
        }
    }

    /**
     * A file of its own with all of it. {@link Files#createTempFile} would draw its name from a secure source, whose start takes a
     * twentieth of naming a word; what is in here is no secret.
     */
    private static Path copy(InputStream in) throws IOException {
        String name = "onda-" + ProcessHandle.current().pid() + "-" + System.nanoTime() + ".box";
        Path copy = Path.of(System.getProperty("java.io.tmpdir"), name);
        // Fails where there is one.
        try (OutputStream to = Files.newOutputStream(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            in.transferTo(to);
            return copy;
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException e) {
            Files.deleteIfExists(copy);
            throw e;
        }
    }

    /** The model of a file, or the one in the box. */
    static Model orFile(Optional<Path> file) throws IOException {
        if (file.isPresent()) {
            Path given = file.get();
            if (Architecture.named(given.toString()).isPresent() && !Files.exists(given)) {
                throw new UserError("--model " + given + ": a network that nobody has trained yet; train it first: "
                        + CalledAs.text() + " train" + " --model " + given + " --data DIR --out FILE");
            }
            if (!Files.exists(given)) {
                throw new UserError("--model " + given
                        + ": no such file or folder; name a model (.safetensors), as onda train writes it");
            }
            return ModelFile.read(given);
        }
        return read(MODEL, ModelFile::read);
    }
}
