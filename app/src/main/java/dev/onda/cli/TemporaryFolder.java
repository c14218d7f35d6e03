package dev.onda.cli;

import dev.onda.corpus.ClipStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder for one command, removed with its files when closed, and also when the command is interrupted. */
final class TemporaryFolder implements AutoCloseable {

    private final Path path;
    private final Thread interrupted = new Thread(this::delete, "onda-clean");

    TemporaryFolder() throws IOException {
        path = Files.createTempDirectory("onda");
        Runtime.getRuntime().addShutdownHook(interrupted);
    }

    Path path() {
        return path;
    }

    private void delete() {
        try {
            ClipStore.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(interrupted);
        delete();
    }
}
