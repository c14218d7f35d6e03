package dev.onda.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where a command is to write a file: looked at before the long work. */
final class OutFile {

    private OutFile() {}

    /**
     * @throws UserError if no file can be written there
     */
    static void check(Path out) {
        Path folder = out.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new UserError("--out " + out + ": the folder " + folder + " does not exist; make it first");
        }
        if (!Files.isWritable(folder)) {
            throw new UserError("--out " + out + ": the folder " + folder + " cannot be written to");
        }
        if (Files.isDirectory(out)) {
            throw new UserError(
                    "--out " + out + ": a folder; name a file, such as " + out.resolve("model.safetensors"));
        }
    }

    /**
     * Where a command is to write a folder, which it makes.
     *
     * @throws UserError if it cannot
     */
    static void checkFolder(Path out) {
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new UserError("--out " + out + ": a file; name a folder");
        }
        Path parent = Files.exists(out) ? out : out.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new UserError("--out " + out + ": the folder " + parent + " does not exist; make it first");
        }
        if (!Files.isWritable(parent)) {
            throw new UserError("--out " + out + ": the folder " + parent + " cannot be written to");
        }
    }
}
