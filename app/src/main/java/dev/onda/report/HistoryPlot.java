package dev.onda.report;

import dev.onda.file.AtomicFile;
import dev.onda.train.Epoch;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A training at a glance: accuracy, loss and learning rate by epoch. */
public final class HistoryPlot {

    private static final int MOST_MARKED = 40;

    private HistoryPlot() {}

    /**
     * Writes accuracy and loss as one picture for light paper.
     *
     * @param name of the training, for the titles
     * @param epochs at least one
     * @throws IOException if the file cannot be written
     */
    public static void write(Path png, String name, List<Epoch> epochs) throws IOException {
        LinePlot accuracy = accuracy(name + ": accuracy", epochs);
        LinePlot loss = loss(name + ": loss", epochs);
        byte[] picture = Plot.png(Theme.LIGHT, accuracy.width() + loss.width(), loss.height(), g -> {
            accuracy.paint(g, Theme.LIGHT);
            Graphics2D right = (Graphics2D) g.create();
            right.translate(accuracy.width(), 0);
            loss.paint(right, Theme.LIGHT);
            right.dispose();
        });
        AtomicFile.write(png, picture);
    }

    static LinePlot accuracy(String title, List<Epoch> epochs) {
        return new LinePlot(
                title,
                epochAxis(epochs),
                Axis.of("clips recognised (%)", 0, 100),
                List.of(
                        line("training", epochs, e -> 100 * e.trainingAccuracy()),
                        line("validation", epochs, e -> 100 * e.validationAccuracy())));
    }

    static LinePlot loss(String title, List<Epoch> epochs) {
        return new LinePlot(
                title,
                epochAxis(epochs),
                Axis.from("cross-entropy (nats)", 0),
                List.of(
                        line("training", epochs, Epoch::trainingLoss),
                        line("validation", epochs, Epoch::validationLoss)));
    }

    static LinePlot learningRate(String title, List<Epoch> epochs) {
        return new LinePlot(
                title,
                epochAxis(epochs),
                Axis.from("learning rate at the epoch's end", 0),
                List.of(line("learning rate", epochs, Epoch::learningRate)));
    }

    private static Axis epochAxis(List<Epoch> epochs) {
        return Axis.of("epoch", Math.min(1, epochs.size() - 1), epochs.size());
    }

    private static LinePlot.Line line(String name, List<Epoch> epochs, ToDoubleFunction<Epoch> figure) {
        return new LinePlot.Line(
                name,
                epochs.stream().mapToDouble(Epoch::number).toArray(),
                epochs.stream().mapToDouble(figure).toArray(),
                epochs.size() > MOST_MARKED ? LinePlot.Style.PLAIN : LinePlot.Style.MARKED);
    }
}
