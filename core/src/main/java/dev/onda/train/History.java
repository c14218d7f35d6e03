package dev.onda.train;

import dev.onda.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Epochs as a CSV file, a line an epoch, for any spreadsheet. */
public final class History {

    private static final String HEADER =
            "epoch,learning_rate,training_loss,training_accuracy,validation_loss," + "validation_accuracy,seconds";

    private static final int FIELDS = 7;

    private History() {}

    /**
     * Writes the file whole or not at all.
     *
     * @throws IOException if it cannot be written
     */
    public static void write(Path path, List<Epoch> epochs) throws IOException {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        for (Epoch e : epochs) {
            text.append(String.format(
                    Locale.ROOT,
                    "%d,%.6g,%.6f,%.6f,%.6f,%.6f,%.3f%n",
                    e.number(),
                    e.learningRate(),
                    e.trainingLoss(),
                    e.trainingAccuracy(),
                    e.validationLoss(),
                    e.validationAccuracy(),
                    e.seconds()));
        }
        AtomicFile.write(path, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if the file cannot be read or a line is not one of a history; the message names it
     */
    public static List<Epoch> read(Path path) throws IOException {
        // Bytes that are no text become signs that no line of a history has.
        List<String> lines = new String(Files.readAllBytes(path), StandardCharsets.UTF_8)
                .lines()
                .toList();
        if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
            throw new IOException(path + ": line 1: not a history of a training");
        }
        List<Epoch> epochs = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            try {
                epochs.add(epoch(lines.get(i).split(",", -1)));
            } catch (IllegalArgumentException e) {
                throw new IOException(path + ": line " + (i + 1) + ": not a line of a history", e);
            }
        }
        return epochs;
    }

    private static Epoch epoch(String[] fields) {
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException(fields.length + " fields, expected " + FIELDS);
        }
        return new Epoch(
                Integer.parseInt(fields[0]),
                Double.parseDouble(fields[1]),
                Double.parseDouble(fields[2]),
                Double.parseDouble(fields[3]),
                Double.parseDouble(fields[4]),
                Double.parseDouble(fields[5]),
                Double.parseDouble(fields[6]));
    }
}
