package dev.onda.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;

/** Names in an archive as paths below a folder. */
final class EntryName {
    private EntryName() {}

    /**
     * The path that an entry's name means below the folder; the folder itself for {@code ./}.
     *
     * @throws IOException if the name is absolute (on any system), has a ".." or cannot be a path here
     */
    static Path resolve(Path folder, String name, String where) throws IOException {
        boolean isAbsolute = name.startsWith("/") || name.startsWith("\\") || name.matches("[A-Za-z]:.*");
        if (name.isEmpty() || isAbsolute) {
            throw new IOException(where + ": expected a relative name, refused");
        }
        Path path = folder;
        for (String part : name.split("[/\\\\]", -1)) {
            if (part.equals("..")) {
                throw new IOException(where + ": leads out of the folder, refused");
            }
            if (!part.isEmpty() && !part.equals(".")) {
                path = append(path, part, where);
            }
        }
        return path;
    }

    private static Path append(Path path, String part, String where) throws IOException {
        try {
            return path.resolve(part);
        } catch (InvalidPathException e) {
            throw new IOException(where + ": cannot be a file name here: " + e.getReason(), e);
        }
    }

    static Path parent(Path target) {
        return Objects.requireNonNull(target.toAbsolutePath().getParent());
    }

    /**
     * Makes a folder and what lies between it and the root, none of which may be a link.
     *
     * @throws IOException if something else than a folder is in the way
     */
    static void makeFolder(Path root, Path folder, String where) throws IOException {
        Path path = root.toAbsolutePath();
        for (Path part : path.relativize(folder.toAbsolutePath())) {
            path = path.resolve(part);
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    throw new IOException(where + ": expected a folder, found something else at " + path);
                }
            } else {
                Files.createDirectory(path);
            }
        }
    }
}
