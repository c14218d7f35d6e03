package dev.onda.corpus;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes a store's files under other names, and gives them their own when all are whole and on disk. Until then a store
 * that was in the folder stays; what is closed before {@link #commit} leaves nothing. Used by one thread.
 */
final class StoreWriter implements AutoCloseable {
    /** What a line of clips.csv takes at most, about. */
    private static final long TABLE_BYTES_PER_CLIP = 256;

    private final StoreFiles files;
    private final ClipFormat format;
    private final FileChannel lock;
    private final FileChannel samples;
    private final FileChannel table;
    private final BufferedWriter rows;
    private int stored;
    private boolean hasBackground;
    private boolean hasAttribution;
    private boolean committed;

    private StoreWriter(StoreFiles files, ClipFormat format, FileChannel lock) throws IOException {
        this.files = files;
        this.format = format;
        this.lock = lock;
        this.samples = create(files.samples());
        this.table = create(files.clips());
        this.rows = new BufferedWriter(Channels.newWriter(table, StandardCharsets.UTF_8));
        writeFully(samples, ByteBuffer.allocate(NpyFile.HEADER_BYTES));
        Csv.write(rows, StoreFiles.CLIPS_HEADER);
    }

    /**
     * Makes the folder where it is missing and begins a store in it.
     *
     * @param clips how many clips there may be, for the check of the disk's free space
     * @throws CorpusException if the folder's name is taken by a file, it cannot be written to, another preparation is at work in it, or the disk
     *     has too little room
     */
    static StoreWriter open(Path folder, ClipFormat format, int clips) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new CorpusException(folder + ": a file, not a folder; choose another place for the clips", e);
        } catch (FileSystemException e) {
            throw unwritable(folder, e);
        }
        long needed = NpyFile.HEADER_BYTES + clips * (2L * format.windowSamples() + TABLE_BYTES_PER_CLIP);
        long free = Files.getFileStore(folder).getUsableSpace();
        if (needed > free) {
            throw new CorpusException(String.format(
                    Locale.ROOT,
                    "%s: %d clips of %d samples need %.1f MB, the disk has %.1f MB free;"
                            + " make room or choose another folder",
                    folder,
                    clips,
                    format.windowSamples(),
                    needed / 1e6,
                    free / 1e6));
        }
        StoreFiles files = new StoreFiles(folder);
        FileChannel lock = lock(files);
        try {
            return new StoreWriter(files, format, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static FileChannel lock(StoreFiles files) throws IOException {
        FileChannel channel = openLock(files);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Held by this process: refused below, as if by another.
        }
        channel.close();
        throw new CorpusException(
                files.folder() + ": another preparation is writing here; wait for it or choose another folder");
    }

    private static FileChannel openLock(StoreFiles files) throws IOException {
        try {
            return FileChannel.open(files.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (FileSystemException e) {
            throw unwritable(files.folder(), e);
        }
    }

    private static CorpusException unwritable(Path folder, FileSystemException e) {
        String reason = e.getReason() == null ? "no permission" : e.getReason();
        return new CorpusException(folder + ": cannot be written to (" + reason + "); choose another folder", e);
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                StoreFiles.unfinished(file),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
    }

    /** Appends the samples of whole clips, from the buffer's position to its limit; their rows follow. */
    void writeSamples(ByteBuffer block) throws IOException {
        writeFully(samples, block);
    }

    /** Appends the row of the next clip. */
    void writeRow(String path, Clip clip, Outcome.Stored outcome) throws IOException {
        Csv.write(
                rows,
                Integer.toString(stored++),
                path,
                clip.word(),
                clip.speaker(),
                StoreTable.name(clip.partition()),
                Integer.toString(format.sampleRateHz()),
                Integer.toString(outcome.originalSamples()),
                Integer.toString(outcome.originalRateHz()));
    }

    /** Writes the recordings without speech; what is left of one behind its last whole window is dropped. */
    void writeBackground(List<Recording> recordings) throws IOException {
        int window = format.windowSamples();
        int row = 0;
        try (FileChannel data = create(files.backgroundSamples());
                FileChannel channel = create(files.background());
                BufferedWriter out = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8))) {
            writeFully(data, ByteBuffer.allocate(NpyFile.HEADER_BYTES));
            Csv.write(out, StoreFiles.BACKGROUND_HEADER);
            for (Recording recording : recordings) {
                int own = recording.samples().remaining() / Short.BYTES / window;
                writeFully(data, recording.samples().slice(0, own * window * Short.BYTES));
                Csv.write(out, slashes(recording.path()), Integer.toString(row), Integer.toString(own));
                row += own;
            }
            data.position(0);
            writeFully(data, ByteBuffer.wrap(NpyFile.header(row, window)));
            data.force(true);
            out.flush();
            channel.force(true);
        }
        hasBackground = true;
    }

    /**
     * A recording without speech.
     *
     * @param path within the corpus
     * @param samples int16, little-endian, at least one window of them
     */
    record Recording(Path path, ByteBuffer samples) {}

    /** Keeps whom the corpus is to be credited to. */
    void writeAttribution(String attribution) throws IOException {
        try (FileChannel channel = create(files.attribution())) {
            writeFully(channel, ByteBuffer.wrap((attribution + "\n").getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        hasAttribution = true;
    }

    /** Fills in the header, forces everything to disk and gives the files their names. */
    void commit(List<SkippedClip> skipped, Optional<LeftOut> leftOut) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(NpyFile.header(stored, format.windowSamples()));
        samples.position(0);
        writeFully(samples, header);
        finish(samples);
        rows.flush();
        finish(table);
        if (!skipped.isEmpty()) {
            writeSkipped(skipped);
        }
        if (leftOut.isPresent()) {
            writeLeftOut(leftOut.get());
        }
        Files.deleteIfExists(files.clips());
        Files.deleteIfExists(files.skipped());
        Files.deleteIfExists(files.leftOut());
        Files.deleteIfExists(files.attribution());
        Files.deleteIfExists(files.background());
        Files.deleteIfExists(files.backgroundSamples());
        rename(files.samples());
        if (hasBackground) {
            rename(files.backgroundSamples());
            rename(files.background());
        }
        if (!skipped.isEmpty()) {
            rename(files.skipped());
        }
        if (leftOut.isPresent()) {
            rename(files.leftOut());
        }
        if (hasAttribution) {
            rename(files.attribution());
        }
        rename(files.clips());
        committed = true;
    }

    private void writeSkipped(List<SkippedClip> skipped) throws IOException {
        List<String[]> table = new ArrayList<>();
        for (SkippedClip clip : skipped) {
            table.add(new String[] {slashes(clip.path()), clip.reason(), Long.toString(clip.byteOffset())});
        }
        writeTable(files.skipped(), StoreFiles.SKIPPED_HEADER, table);
    }

    private void writeLeftOut(LeftOut leftOut) throws IOException {
        List<String[]> table = new ArrayList<>();
        for (Partition partition : Partition.values()) {
            String clips = Integer.toString(leftOut.in(partition));
            table.add(new String[] {leftOut.list(), StoreTable.name(partition), clips});
        }
        writeTable(files.leftOut(), StoreFiles.LEFT_OUT_HEADER, table);
    }

    private static void writeTable(Path file, String[] header, List<String[]> table) throws IOException {
        try (FileChannel channel = create(file);
                BufferedWriter out = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8))) {
            Csv.write(out, header);
            for (String[] row : table) {
                Csv.write(out, row);
            }
            out.flush();
            channel.force(true);
        }
    }

    /** A relative path as the tables have it. */
    static String slashes(Path path) {
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }

    private static void finish(FileChannel channel) throws IOException {
        channel.force(true);
        channel.close();
    }

    private static void rename(Path file) throws IOException {
        Files.move(StoreFiles.unfinished(file), file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            samples.close();
            table.close();
            if (!committed) {
                Files.deleteIfExists(StoreFiles.unfinished(files.samples()));
                Files.deleteIfExists(StoreFiles.unfinished(files.clips()));
                Files.deleteIfExists(StoreFiles.unfinished(files.skipped()));
                Files.deleteIfExists(StoreFiles.unfinished(files.leftOut()));
                Files.deleteIfExists(StoreFiles.unfinished(files.attribution()));
                Files.deleteIfExists(StoreFiles.unfinished(files.background()));
                Files.deleteIfExists(StoreFiles.unfinished(files.backgroundSamples()));
            }
        }
    }
}
