package dev.onda.cli;

import java.nio.file.Files;
import java.nio.file.Path;

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
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new UserError(option + " " + file + ": the folder " + folder + " does not exist; make it first");
        }
        if (!Files.isWritable(folder)) {
            throw new UserError(option + " " + file + ": the folder " + folder + " cannot be written to");
        }
        if (Files.isDirectory(file)) {
            throw new UserError(option + " " + file + ": a folder; name a file, such as " + file.resolve(example));
        }
    }

    /**
     * Where a command is to write a folder, which it makes.
     *
     * @throws UserError if it cannot
     */
    static void checkFolder(String option, Path out) {
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new UserError(option + " " + out + ": a file; name a folder");
        }
        Path parent = Files.exists(out) ? out : out.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new UserError(option + " " + out + ": the folder " + parent + " does not exist; make it first");
        }
        if (!Files.isWritable(parent)) {
            throw new UserError(option + " " + out + ": the folder " + parent + " cannot be written to");
        }
    }
}
