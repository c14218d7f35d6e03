package dev.onda.studio;

import dev.onda.corpus.ClipStore;
import dev.onda.train.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a training lies. */
record RunFolder(Path folder) {

    String name() {
        return String.valueOf(folder.getFileName());
    }

    /** What is trained. */
    Path description() {
        return folder.resolve("run.json");
    }

    /** What the last epoch answered. */
    Path confusion() {
        return folder.resolve("confusion.json");
    }

    RunFiles files() {
        return new RunFiles(folder.resolve("model.safetensors"));
    }

    /** Removes it, and its folder if nothing else is in it. */
    void delete() throws IOException {
        ClipStore.delete(files().clips());
        Files.deleteIfExists(files().checkpoint());
        Files.deleteIfExists(files().history());
        Files.deleteIfExists(confusion());
        Files.deleteIfExists(description());
        boolean isEmpty;
        try (var files = Files.list(folder)) {
            isEmpty = files.findAny().isEmpty();
        }
        if (isEmpty) {
            Files.delete(folder);
        }
    }
}
