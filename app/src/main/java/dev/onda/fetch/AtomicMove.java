package dev.onda.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The last step of a safe write: from the temporary name to the final one. */
final class AtomicMove {
    private AtomicMove() {}

    /** Renames, replacing what has the name. Who cannot make the content again forces it to disk before. */
    static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
