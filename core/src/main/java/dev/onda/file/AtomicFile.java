package dev.onda.file;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Replaces a file in one step: writes a temporary one beside it, forces it to disk, renames it. */
public final class AtomicFile {

    private AtomicFile() {}

    /** What writes the content. */
    @FunctionalInterface
    public interface Content {
        void writeTo(FileChannel channel) throws IOException;
    }

    /**
     * Writes {@code target}, in a folder that exists. One process at a time may write one file.
     *
     * @throws IOException if the content cannot be written; {@code target} is then as it was and nothing is left beside it
     */
    public static void write(Path target, Content content) throws IOException {
        Path file = target.toAbsolutePath();
        Path temporary = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        Path folder = file.getParent();
        if (folder != null) {
            forceFolder(folder);
        }
    }

    /**
     * Writes {@code target} from bytes that are there already.
     *
     * @throws IOException if they cannot be written; {@code target} is then as it was and nothing is left beside it
     */
    public static void write(Path target, byte[] bytes) throws IOException {
        ByteBuffer content = ByteBuffer.wrap(bytes);
        write(target, channel -> {
            while (content.hasRemaining()) {
                channel.write(content);
            }
        });
    }

    /** Makes the renaming last; systems that cannot open a folder (Windows) need no such call. */
    private static void forceFolder(Path folder) throws IOException {
        if (File.separatorChar == '/') {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
