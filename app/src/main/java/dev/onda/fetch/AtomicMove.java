package dev.onda.fetch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The last step of a safe write: from the temporary name to the final one. */
final class AtomicMove {
    private AtomicMove() {}

    /** Renames without first forcing to disk: for many small files that can be made again. */
    static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Forces the content to disk, then renames: after a power cut the file is whole or not there. */
    static void forceAndMove(Path from, Path to) throws IOException {
        try (FileChannel channel = FileChannel.open(from, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        move(from, to);
    }
}
