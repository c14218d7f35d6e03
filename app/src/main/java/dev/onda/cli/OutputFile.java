package dev.onda.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file or folder that a command is to write, looked at before the long work. */
final class OutputFile {

    private OutputFile() {}

    /**
     * Refuses a file that could not be written.
     *
     * @param option which names it, such as {@code --out}
     * @param example a name that would do
     */
    static void check(String option, Path file, String example) {
        if (file.toString().isEmpty() || file.toString().equals("-")) {
            throw new UserError(option + ": a file is needed, not \"" + file + "\"; name one, such as " + example);
        }
        checkPlace(option, file, file.toAbsolutePath().getParent());
        if (Files.isDirectory(file)) {
            throw new UserError(option + " " + file + ": a folder; name a file, such as " + file.resolve(example));
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new UserError(option + " " + file + ": a device or a pipe; name a file, such as " + example);
        }
    }

    /**
     * Where a command is to write a folder, which it makes.
     *
     * @throws UserError if it cannot
     */
    static void checkFolder(String option, Path out) {
        if (out.toString().isEmpty()) {
            throw new UserError(option + ": the name of the folder is empty; name one, or . for this one");
        }
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new UserError(option + " " + out + ": a file; name a folder");
        }
        checkPlace(option, out, Files.exists(out) ? out : out.toAbsolutePath().getParent());
    }

    private static void checkPlace(String option, Path out, @Nullable Path folder) {
        if (folder != null && Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new UserError(option + " " + out + ": " + folder + " is a file, not a folder; name another place");
        }
        if (folder == null || !Files.exists(folder)) {
            throw new UserError(option + " " + out + ": the folder " + folder + " does not exist; make it first");
        }
        if (!Files.isWritable(folder)) {
            throw new UserError(option + " " + out + ": the folder " + folder + " cannot be written to");
        }
    }
}
