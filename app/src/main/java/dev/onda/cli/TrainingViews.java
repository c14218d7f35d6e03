package dev.onda.cli;

import dev.onda.report.ReportPage;
import dev.onda.report.TensorBoardEvents;
import dev.onda.train.Epoch;
import dev.onda.train.RunFiles;
import java.awt.AWTError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a training is looked at while it goes on: a page that grows, files for TensorBoard, both or neither. A view that fails
 * says so once and is given up; the training goes on.
 */
final class TrainingViews implements AutoCloseable {

    private static final long SOONEST_RELOAD_S = 5;
    private static final long LATEST_RELOAD_S = 60;

    private final String name;
    private final Consumer<String> say;
    private Optional<Path> page = Optional.empty();
    private Optional<TensorBoardEvents> events = Optional.empty();
    private List<Epoch> shown;

    private TrainingViews(String name, List<Epoch> epochs, Consumer<String> say) {
        this.name = name;
        this.shown = epochs;
        this.say = say;
    }

    /**
     * Begins the views of one training.
     *
     * @param epochs those that are over already
     * @param say shows a line
     */
    static TrainingViews open(ViewOptions options, RunFiles files, List<Epoch> epochs, Consumer<String> say) {
        String name = String.valueOf(files.report().getFileName()).replaceFirst("\\.report$", "");
        TrainingViews views = new TrainingViews(name, List.copyOf(epochs), say);
        if (options.watch()) {
            views.page = Optional.of(files.report());
            views.draw(true);
            views.page.ifPresent(folder -> {
                Path file = folder.resolve("index.html");
                say.accept("this training as a page that grows: " + file.toAbsolutePath());
                Browser.open(file.toUri(), say);
            });
        }
        if (options.tensorBoard().isPresent()) {
            try {
                Path folder = runFolder(options.tensorBoard().get(), name, !epochs.isEmpty());
                views.events = Optional.of(TensorBoardEvents.create(folder, "onda", InstantSource.system()));
            } catch (IOException e) {
                say.accept("onda: no files for TensorBoard: " + e.getMessage());
            }
        }
        return views;
    }

    /** A folder of its own for each training; one that goes on stays in its last. */
    private static Path runFolder(Path folder, String name, boolean goesOn) {
        Path last = folder.resolve(name);
        Path next = last;
        for (int number = 2; Files.exists(next); number++) {
            last = next;
            next = folder.resolve(name + "-" + number);
        }
        return goesOn ? last : next;
    }

    /** Shows the epochs so far, at least one. */
    void epochEnded(List<Epoch> epochs) {
        shown = List.copyOf(epochs);
        draw(true);
        if (events.isPresent()) {
            try {
                events.get().epochEnded(epochs.getLast());
            } catch (IOException e) {
                events = Optional.empty();
                say.accept("onda: no more files for TensorBoard: " + e.getMessage());
            }
        }
    }

    private void draw(boolean goesOn) {
        if (page.isEmpty()) {
            return;
        }
        double epochS = shown.isEmpty() ? 0 : shown.getLast().seconds();
        Duration reload = Duration.ofSeconds(Math.clamp((long) epochS, SOONEST_RELOAD_S, LATEST_RELOAD_S));
        try {
            ReportPage.writeTraining(page.get(), name, shown, goesOn ? Optional.of(reload) : Optional.empty());
        } catch (IOException | AWTError e) {
            page = Optional.empty();
            say.accept("onda: no page of this training: " + e.getMessage());
        }
    }

    /** The page stays as it is from now on. */
    @Override
    public void close() {
        draw(false);
        if (events.isPresent()) {
            try {
                events.get().close();
            } catch (IOException e) {
                say.accept("onda: the files for TensorBoard may lack their end: " + e.getMessage());
            }
        }
    }
}
