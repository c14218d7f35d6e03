package dev.onda.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of a training that say how it is looked at while it goes on. */
final class ViewOptions {

    @Option(
            names = "--watch",
            description =
                    "Open a page in the browser that grows with the training: FILE's name with .report instead of .safetensors.")
    private boolean watch;

    @Option(
            names = "--tensorboard",
            paramLabel = "DIR",
            description = "Write event files for TensorBoard into this folder, one folder a training.")
    private Optional<Path> tensorBoard = Optional.empty();

    boolean watch() {
        return watch;
    }

    Optional<Path> tensorBoard() {
        return tensorBoard;
    }

    /** Refuses a folder that cannot be written, before the long work. */
    void check() {
        tensorBoard.ifPresent(folder -> OutputFile.checkFolder("--tensorboard", folder));
    }
}
