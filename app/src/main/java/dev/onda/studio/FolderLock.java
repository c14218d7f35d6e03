package dev.onda.studio;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Keeps a second studio away from a folder. The system lets go of it when the process ends, however. */
final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * @throws IOException if another studio has it
     */
    static FolderLock of(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock(channel).isPresent()) {
                return new FolderLock(channel);
            }
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new IOException(folder
                + ": another studio works in this folder, or one is still ending; use that one, wait some seconds for its end,"
                + " or name another --folder");
    }

    private static Optional<FileLock> lock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
