package dev.onda.report;

import dev.onda.train.Epoch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A training as a page that grows with it.
 *
 * @param folder of the page, such as {@code m.report} of a training called m
 * @param network that learns
 * @param words how many classes it tells apart
 * @param data where the clips are from
 * @param epochs it is to have
 */
public record TrainingPage(Path folder, String network, int words, Path data, int epochs) {

    private static final long SOONEST_RELOAD_S = 5;
    private static final long LATEST_RELOAD_S = 60;

    /** How far a training is. */
    public enum Stage {
        /** It goes on; a browser looks for a newer page now and then. */
        GOES_ON("goes on"),
        /** It came to its end. */
        FINISHED("finished"),
        /** It ended before. */
        STOPPED("stopped");

        private final String label;

        Stage(String label) {
            this.label = label;
        }
    }

    /** Of the training. */
    public String name() {
        return String.valueOf(folder.getFileName()).replaceFirst("\\.report$", "");
    }

    /**
     * Writes {@code index.html} and the pictures as PNG files into the folder, which is made if it is not there.
     *
     * @param over the epochs so far
     * @throws IOException if a file cannot be written
     */
    public void write(List<Epoch> over, Stage stage) throws IOException {
        Page page = new Page(
                name() + ": training " + stage.label,
                stage == Stage.GOES_ON ? Optional.of(reload(over)) : Optional.empty());
        page.section("training", "Training");
        page.text(String.format(
                Locale.ROOT,
                "%s learns %s from the clips in %s. %s",
                network,
                Counted.of(words, "word"),
                data,
                now(over, stage)));
        if (!over.isEmpty()) {
            curves(page, over);
        }
        page.write(folder);
    }

    private static Duration reload(List<Epoch> over) {
        double epochS = over.isEmpty() ? 0 : over.getLast().seconds();
        return Duration.ofSeconds(Math.clamp((long) epochS, SOONEST_RELOAD_S, LATEST_RELOAD_S));
    }

    private String now(List<Epoch> over, Stage stage) {
        String epoch = "epoch " + Math.min(over.size() + 1, epochs) + " of " + epochs;
        return switch (stage) {
            case GOES_ON -> "Now: " + epoch + ".";
            case FINISHED -> "Finished after " + over.size() + " of " + Counted.of(epochs, "epoch") + ".";
            case STOPPED -> "Stopped in " + epoch + "; after Ctrl-C the same command with --resume goes on.";
        };
    }

    /** Accuracy, loss and learning rate of at least one epoch. */
    static void curves(Page page, List<Epoch> over) {
        reached(page, over.getLast());
        page.picture(
                "accuracy",
                HistoryPlot.accuracy("Accuracy by epoch", over),
                "Training is measured as the network learns, on clips that are augmented and mixed, so it may lie below"
                        + " validation.");
        page.picture(
                "loss",
                HistoryPlot.loss("Loss by epoch", over),
                "Where validation rises while training falls, the network learns its clips by heart.");
        page.picture("learning-rate", HistoryPlot.learningRate("Learning rate by epoch", over), "How far a step goes.");
    }

    /** Where a training is after an epoch, in words. */
    static void reached(Page page, Epoch last) {
        page.text(String.format(
                Locale.ROOT,
                "After epoch %d, %.1f %% of the validation clips are right, at a loss of %.3f nats.",
                last.number(),
                100 * last.validationAccuracy(),
                last.validationLoss()));
    }
}
