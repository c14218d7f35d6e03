package dev.onda.cli;

import dev.onda.report.ReportPage;
import dev.onda.report.TensorBoardEvents;
import dev.onda.train.Epoch;
import dev.onda.train.RunFiles;
import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** How a training is looked at while it goes on: a page that grows, files for TensorBoard, both or neither. */
final class TrainingViews implements AutoCloseable {

    /** How often a browser looks for a newer page. */
    private static final Duration RELOAD = Duration.ofSeconds(5);

    private final String name;
    private final Optional<Path> page;
    private final Optional<TensorBoardEvents> events;
    private List<Epoch> shown = List.of();

    private TrainingViews(String name, Optional<Path> page, Optional<TensorBoardEvents> events) {
        this.name = name;
        this.page = page;
        this.events = events;
    }

    /** No view at all. */
    static TrainingViews none() {
        return new TrainingViews("", Optional.empty(), Optional.empty());
    }

    /**
     * Begins the views of one training.
     *
     * @param watch whether there is a page, which is opened in a browser where there is one
     * @param tensorBoard folder of event files, in which this training has its own
     */
    static TrainingViews open(RunFiles files, boolean watch, Optional<Path> tensorBoard, PrintWriter err)
            throws IOException {
        String name = String.valueOf(files.report().getFileName()).replaceFirst("\\.report$", "");
        Optional<Path> page = watch ? Optional.of(files.report()) : Optional.empty();
        if (page.isPresent()) {
            ReportPage.writeTraining(page.get(), name, List.of(), Optional.of(RELOAD));
            show(page.get().resolve("index.html"), err);
        }
        Optional<TensorBoardEvents> events = tensorBoard.isPresent()
                ? Optional.of(TensorBoardEvents.create(tensorBoard.get().resolve(name), "onda", InstantSource.system()))
                : Optional.empty();
        return new TrainingViews(name, page, events);
    }

    private static void show(Path file, PrintWriter err) {
        err.println("this training as a page that grows: " + file.toAbsolutePath());
        try {
            if (!GraphicsEnvironment.isHeadless()
                    && Desktop.isDesktopSupported()
                    && Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
                Desktop.getDesktop().browse(file.toUri());
            }
        } catch (IOException | UnsupportedOperationException e) {
            err.println("onda: no browser opened (" + e.getMessage() + "); open it yourself");
        }
    }

    /** Shows the epochs so far, at least one. */
    void epochEnded(List<Epoch> epochs) throws IOException {
        shown = List.copyOf(epochs);
        if (page.isPresent()) {
            ReportPage.writeTraining(page.get(), name, shown, Optional.of(RELOAD));
        }
        if (events.isPresent()) {
            events.get().epochEnded(epochs.getLast());
        }
    }

    /** The page stays as it is from now on. */
    @Override
    public void close() throws IOException {
        if (page.isPresent()) {
            ReportPage.writeTraining(page.get(), name, shown, Optional.empty());
        }
        if (events.isPresent()) {
            events.get().close();
        }
    }
}
