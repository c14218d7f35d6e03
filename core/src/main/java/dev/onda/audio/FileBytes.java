package dev.onda.audio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Whole files and streams as bytes, with refusals that name the file and the cause in one line. */
final class FileBytes {

    /** The longest array every JVM can make. */
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private FileBytes() {}

    static byte[] read(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw explained(new NoSuchFileException(file.toString(), null, "no such file"), e);
        } catch (AccessDeniedException e) {
            throw explained(new AccessDeniedException(file.toString(), null, "no permission to read this file"), e);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            String reason = Files.isDirectory(file)
                    ? "this is a folder, expected a sound file"
                    : "cannot be read: " + e.getMessage();
            throw explained(new FileSystemException(file.toString(), null, reason), e);
        } catch (OutOfMemoryError e) {
            throw explained(new AudioFormatException(file.toString(), 0, tooLong(Files.size(file))), e);
        }
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
