package dev.onda.corpus;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The real clips beside the checkout, in {@code ../shared/speech-commands}; the system property {@code onda.shared} names
 * another {@code shared}. Tests that need them are skipped where there are none.
 */
public final class SharedClips {
    private SharedClips() {}

    public static Path folder() {
        String named = System.getProperty("onda.shared", "");
        if (!named.isEmpty()) {
            return present(Path.of(named, "speech-commands"));
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path found = at.resolve("shared").resolve("speech-commands");
            if (Files.isDirectory(found)) {
                return found;
            }
        }
        return abort("no shared/speech-commands beside the checkout (or -Donda.shared=FOLDER)");
    }

    private static Path present(Path folder) {
        return Files.isDirectory(folder) ? folder : abort(folder + " is not there");
    }
}
