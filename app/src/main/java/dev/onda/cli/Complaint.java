package dev.onda.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/** An exception told in one line. The JDK's file exceptions often carry nothing but a path; here they also say what failed. */
final class Complaint {
    private Complaint() {}

    static String of(Throwable thrown) {
        String text = switch (thrown) {
            case UncheckedIOException e when e.getCause() != null -> of(e.getCause());
            case NoSuchFileException e -> "no such file or folder: " + e.getFile();
            case AccessDeniedException e -> "permission denied: " + e.getFile();
            case FileAlreadyExistsException e -> "already there: " + e.getFile();
            case DirectoryNotEmptyException e -> "folder is not empty: " + e.getFile();
            case NotDirectoryException e -> "not a folder: " + e.getFile();
            case InvalidPathException e ->
                "the path " + e.getInput() + " cannot be told in this locale; set LC_ALL=C.UTF-8";
            case FileSystemException e -> e.getFile() + ": " + orName(e.getReason(), e);
            case UnknownHostException e -> "no such host: " + orName(e.getMessage(), e);
            case ConnectException e -> "no connection: " + orName(e.getMessage(), e);
            default -> orName(thrown.getMessage(), thrown);
        };
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    /** Whether the user, not the programmer, can do something about it. */
    static boolean isForTheUser(Throwable thrown) {
        return thrown instanceof UserError
                || thrown instanceof IOException
                || thrown instanceof InvalidPathException
                || thrown instanceof UncheckedIOException;
    }

    private static String orName(@Nullable String message, Throwable thrown) {
        return message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message;
    }
}
