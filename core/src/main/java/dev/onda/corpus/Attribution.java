package dev.onda.corpus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Whom a corpus is to be credited to, as its {@code ATTRIBUTION.txt} says; what learns from it carries that on. */
public final class Attribution {

    /** Name of the file, in a corpus's folder and in a store's. */
    public static final String FILE = "ATTRIBUTION.txt";

    private static final int LONGEST = 1_000;

    private Attribution() {}

    /**
     * The file's lines in one, with semicolons between; empty where there is no file.
     *
     * @throws CorpusException if it is longer than 1,000 bytes, which no credit is
     * @throws IOException if it cannot be read
     */
    static String read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return "";
        }
        if (Files.size(file) > LONGEST) {
            throw new CorpusException(
                    file + ": " + Files.size(file) + " bytes; a line or a few that name the corpus, its "
                            + "makers and its licence are expected, 1,000 bytes at most");
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceAll("[\\p{Cntrl}\\s]+", " ").strip())
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("; "));
    }
}
