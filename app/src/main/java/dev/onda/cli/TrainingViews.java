package dev.onda.cli;

import dev.onda.report.TensorBoardEvents;
import dev.onda.report.TrainingPage;
import dev.onda.train.Epoch;
import java.awt.AWTError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a training is looked at while it goes on: a page that grows, files for TensorBoard, both or neither. A view that fails
 * says so once and is given up; the training goes on.
 */
final class TrainingViews implements AutoCloseable {

    private final Consumer<String> say;
    private Optional<TrainingPage> page = Optional.empty();
    private Optional<TensorBoardEvents> events = Optional.empty();
    private List<Epoch> shown;
    private boolean isFinished;

    private TrainingViews(List<Epoch> epochs, Consumer<String> say) {
        this.shown = epochs;
        this.say = say;
    }

    /**
     * Begins the views of one training.
     *
     * @param page shown if it is asked for; its name is the training's
     * @param epochs those that are over already
     * @param say shows a line
     */
    static TrainingViews open(ViewOptions options, TrainingPage page, List<Epoch> epochs, Consumer<String> say) {
        TrainingViews views = new TrainingViews(List.copyOf(epochs), say);
        if (options.watch()) {
            views.page = Optional.of(page);
            views.draw(TrainingPage.Stage.GOES_ON);
            views.page.ifPresent(p -> {
                Path file = p.folder().resolve("index.html");
                say.accept("this training as a page that grows: " + file.toAbsolutePath());
                Browser.open(file.toUri(), say);
            });
        }
        if (options.tensorBoard().isPresent()) {
            try {
                Path folder = runFolder(options.tensorBoard().get(), page.name(), !epochs.isEmpty());
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
        draw(TrainingPage.Stage.GOES_ON);
        if (events.isPresent()) {
            try {
                events.get().epochEnded(epochs.getLast());
            } catch (IOException e) {
                events = Optional.empty();
                say.accept("onda: no more files for TensorBoard: " + e.getMessage());
            }
        }
    }

    /** Says that the training came to its end; without it, closing means that it was stopped. */
    void finished() {
        isFinished = true;
    }

    private void draw(TrainingPage.Stage stage) {
        if (page.isEmpty()) {
            return;
        }
        try {
            page.get().write(shown, stage);
        } catch (IOException | AWTError e) {
            page = Optional.empty();
            say.accept("onda: no page of this training: " + e.getMessage());
        }
    }

    /** The page stays as it is from now on. */
    @Override
    public void close() {
        draw(isFinished ? TrainingPage.Stage.FINISHED : TrainingPage.Stage.STOPPED);
        if (events.isPresent()) {
            try {
                events.get().close();
            } catch (IOException e) {
                say.accept("onda: the files for TensorBoard may lack their end: " + e.getMessage());
            }
        }
    }
}
