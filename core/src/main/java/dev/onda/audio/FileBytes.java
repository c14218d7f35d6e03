package dev.onda.audio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files and streams as bytes, with refusals that name the file and the cause in one line. */
final class FileBytes {

    /** The longest array every JVM can make. */
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private FileBytes() {}

    static byte[] read(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw clear(e, file);
        } catch (OutOfMemoryError e) {
            throw explained(new AudioFormatException(file.toString(), 0, tooLong(Files.size(file))), e);
        }
    }

    /** Opens a file to read it as it comes. */
    static InputStream open(Path file) throws IOException {
        try {
            if (Files.isDirectory(file)) {
                throw new IOException("is a directory");
            }
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw clear(e, file);
        }
    }

    private static IOException clear(IOException e, Path file) {
        return switch (e) {
            case NoSuchFileException x -> explained(new NoSuchFileException(file.toString(), null, "no such file"), x);
            case AccessDeniedException x ->
                explained(new AccessDeniedException(file.toString(), null, "no permission to read this file"), x);
            case FileSystemException x -> x;
            default -> {
                String reason = Files.isDirectory(file)
                        ? "this is a folder, expected a sound file"
                        : "cannot be read: " + e.getMessage();
                yield explained(new FileSystemException(file.toString(), null, reason), e);
            }
        };
    }

    static byte[] read(InputStream in, String source) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES);
        if (bytes.length == MOST_BYTES) {
            throw new AudioFormatException(source, MOST_BYTES, tooLong(MOST_BYTES));
        }
        return bytes;
    }

    private static String tooLong(long bytes) {
        return "has " + bytes + " bytes or more, too many to hold in memory; cut it into shorter files";
    }

    private static IOException explained(IOException clear, Throwable cause) {
        clear.initCause(cause);
        return clear;
    }
}
