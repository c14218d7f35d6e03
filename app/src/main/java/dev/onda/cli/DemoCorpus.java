package dev.onda.cli;

import dev.onda.fetch.Archive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The corpus that Onda brings along: ten words by sixty synthetic voices, twice each, 8 kHz, in the layout of Speech
 * Commands, partitioned by the published rule. It was made with espeak-ng by {@code app/src/corpus/make-demo-corpus.sh}.
 */
public final class DemoCorpus {
    static final String RESOURCE = "demo-corpus.zip";
    private static final Archive.Limits LIMITS = new Archive.Limits(16 << 20, 5_000);

    private DemoCorpus() {}

    /**
     * Unpacks the corpus into a folder, keeping what is already there; returns the folder.
     *
     * @throws IOException if the folder cannot be written
     */
    public static Path unpackTo(Path folder) throws IOException {
        try (InputStream resource =
                Objects.requireNonNull(DemoCorpus.class.getResourceAsStream(RESOURCE), "not in this build")) {
            Archive.unpackZip(resource, RESOURCE, folder, LIMITS);
        }
        return folder;
    }
}
