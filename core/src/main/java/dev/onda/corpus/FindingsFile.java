package dev.onda.corpus;

import dev.onda.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Findings as a table (CSV), a line each; {@link Exclusions} reads it. */
public final class FindingsFile {
    private static final String[] HEADER = {"kind", "path", "word", "partition", "figure", "unit", "detail"};

    private FindingsFile() {}

    /**
     * Writes the table, in place of one that is there.
     *
     * @throws IOException if it cannot be written; what was there stays
     */
    public static void write(Path file, List<Finding> findings) throws IOException {
        StringBuilder text = new StringBuilder();
        Csv.write(text, HEADER);
        for (Finding f : findings) {
            Csv.write(
                    text,
                    f.kind().label(),
                    f.path(),
                    f.word(),
                    f.partitionLabel(),
                    f.figureText(),
                    f.kind().unit(),
                    f.detail());
        }
        AtomicFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
