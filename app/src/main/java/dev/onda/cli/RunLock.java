package dev.onda.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second training away from the files of one that runs. The system lets go of it when the process ends, however. */
final class RunLock implements AutoCloseable {

    private final Path path;
    private final FileChannel channel;

    private RunLock(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * @throws UserError if a training into this model file runs already
     */
    static RunLock of(Path model) throws IOException {
        Path path = model.resolveSibling("." + model.getFileName() + ".lock");
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new RunLock(path, channel);
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw taken(model);
        }
        channel.close();
        throw taken(model);
    }

    private static UserError taken(Path model) {
        return new UserError(
                model + ": another training writes this model just now; wait for it, or name another --out");
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
        channel.close();
    }
}
