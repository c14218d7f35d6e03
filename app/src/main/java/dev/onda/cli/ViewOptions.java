package dev.onda.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Options of a training that say how it is looked at while it goes on. */
final class ViewOptions {

    private final Supplier<Boolean> watch;

    private final Supplier<Optional<Path>> tensorBoard;

    /** As if none were given, for commands that do not take them. */
    ViewOptions() {
        watch = () -> false;
        tensorBoard = Optional::empty;
    }

    ViewOptions(Command command) {
        watch = command.flag(
                "--watch",
                "Open a page in the browser that grows with the training: FILE's name with .report instead of .safetensors.");
        tensorBoard = command.optional(
                Path.class,
                "--tensorboard",
                "DIR",
                "Write event files for TensorBoard into this folder, one folder a training.");
    }

    boolean watch() {
        return watch.get();
    }

    Optional<Path> tensorBoard() {
        return tensorBoard.get();
    }

    /** Refuses a folder that cannot be written, before the long work. */
    void check() {
        tensorBoard.get().ifPresent(folder -> OutputFile.checkFolder("--tensorboard", folder));
    }
}
