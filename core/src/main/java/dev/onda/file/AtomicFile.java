package dev.onda.file;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Replaces a file in one step: writes a temporary one beside it, forces it to disk, renames it. Of a symbolic link the file that it
 * names is replaced, and the link stays. What is no file, such as a device or a pipe, is refused: a rename would put a file in its
 * place.
 */
public final class AtomicFile {

    /** As many as Linux follows. */
    private static final int MOST_LINKS = 40;

    private AtomicFile() {}

    /** What writes the content. */
    @FunctionalInterface
    public interface Content {
        void writeTo(FileChannel channel) throws IOException;
    }

    /**
     * Writes {@code target}, in a folder that exists. One process at a time may write one file.
     *
     * @throws FileSystemException if {@code target} is there and no file, or no file can be made beside it
     * @throws IOException if the content cannot be written; {@code target} is then as it was and nothing is left beside it
     */
    public static void write(Path target, Content content) throws IOException {
        Path file = behindLinks(target.toAbsolutePath());
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new FileSystemException(
                    target.toString(), null, "no file, but a folder, a device or a pipe; name a file");
        }
        Path temporary = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            try (FileChannel channel = open(temporary, target)) {
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

    /** The file that is written where {@code file} is named: another one where it is a link. */
    private static Path behindLinks(Path file) throws IOException {
        Path real = file;
        for (int links = 0; Files.isSymbolicLink(real); links++) {
            if (links == MOST_LINKS) {
                throw new FileSystemLoopException(file.toString());
            }
            real = real.resolveSibling(Files.readSymbolicLink(real));
        }
        return real;
    }

    /** Opens the temporary file; what goes wrong is told of the file that is asked for. */
    private static FileChannel open(Path temporary, Path target) throws IOException {
        try {
            return FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);
        } catch (AccessDeniedException e) {
            throw told(new AccessDeniedException(target.toString()), e);
        } catch (NoSuchFileException e) {
            Path folder = temporary.getParent();
            boolean isThere = folder != null && Files.isDirectory(folder);
            String reason = "no file can be made there; name another place";
            throw told(
                    isThere
                            ? new FileSystemException(target.toString(), null, reason)
                            : new NoSuchFileException(String.valueOf(folder)),
                    e);
        } catch (FileSystemException e) {
            throw told(
                    new FileSystemException(
                            target.toString(), null, "no file can be made there" + reason(e) + "; name another place"),
                    e);
        }
    }

    private static String reason(FileSystemException e) {
        return e.getReason() == null ? "" : " (" + e.getReason() + ")";
    }

    private static FileSystemException told(FileSystemException clear, FileSystemException cause) {
        clear.initCause(cause);
        return clear;
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

    /**
     * Whether there is a file that begins with these bytes: by them what wrote a file knows it again.
     *
     * @throws IOException if it cannot be read
     */
    public static boolean beginsWith(Path file, byte[] bytes) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(bytes.length), bytes);
        }
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
