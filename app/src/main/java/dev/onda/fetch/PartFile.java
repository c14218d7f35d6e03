package dev.onda.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * What has come of a download so far ({@code NAME.part}), and which version of the file on the server it is of
 * ({@code NAME.part.version}: its strong ETag or else its date). Locked, so two processes cannot write into each other's.
 */
final class PartFile implements AutoCloseable {
    private final Path file;
    private final Path part;
    private final Path versionFile;
    private final FileChannel channel;

    /**
     * @param file the download's final name
     * @throws IOException if the file cannot be written, or another process is downloading it
     */
    PartFile(Path file) throws IOException {
        this.file = file;
        part = file.resolveSibling(file.getFileName() + ".part");
        versionFile = file.resolveSibling(file.getFileName() + ".part.version");
        Files.createDirectories(EntryName.parent(file));
        channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            throw new IOException(part + ": another process is downloading this: wait for it or stop it");
        }
        if (version().isEmpty()) {
            channel.truncate(0);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    Path path() {
        return part;
    }

    /** Bytes so far. */
    long size() throws IOException {
        return channel.size();
    }

    /** The version that the bytes are of; absent where the server named none, so that they cannot be added to. */
    Optional<String> version() throws IOException {
        return Files.exists(versionFile) ? Optional.of(Files.readString(versionFile)) : Optional.empty();
    }

    /** Forgets everything; what comes next is of this version. */
    void restart(Optional<String> version) throws IOException {
        Files.deleteIfExists(versionFile);
        channel.truncate(0);
        if (version.isPresent()) {
            Files.writeString(versionFile, version.get());
        }
    }

    void append(List<ByteBuffer> buffers) throws IOException {
        channel.position(channel.size());
        for (ByteBuffer buffer : buffers) {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }

    /** Gives the part its final name, once it is on the disk. */
    void finish() throws IOException {
        channel.force(true);
        AtomicMove.move(part, file);
        Files.deleteIfExists(versionFile);
    }

    /** Removes the part: it is not what it should be. */
    void discard() throws IOException {
        Files.deleteIfExists(versionFile);
        Files.deleteIfExists(part);
    }

    /** Keeps the part for another time, unless there is nothing in it. */
    @Override
    public void close() throws IOException {
        if (channel.size() == 0) {
            discard();
        }
        channel.close();
    }
}
