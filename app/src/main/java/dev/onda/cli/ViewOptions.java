package dev.onda.cli;

import dev.onda.train.RunFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of a training that say how it is looked at while it goes on. */
final class ViewOptions {

    @Option(
            names = "--watch",
            description = "Open a page in the browser that grows with the training; it is FILE's name with .report.")
    private boolean watch;

    @Option(
            names = "--tensorboard",
            paramLabel = "DIR",
            description = "Write event files for TensorBoard into this folder, one folder a training.")
    private Optional<Path> tensorBoard = Optional.empty();

    TrainingViews open(RunFiles files, PrintWriter err) throws IOException {
        return TrainingViews.open(files, watch, tensorBoard, err);
    }
}
