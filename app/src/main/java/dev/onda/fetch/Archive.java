package dev.onda.fetch;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Unpacks an archive that nobody vouches for: files and folders only, below one folder only, up to a limit only. A file
 * that is there already in its full size is kept, so unpacking again after a break is cheap.
 */
public final class Archive {
    private static final int BUFFER = 1 << 16;
    private static final int END_PADDING = 1 << 20;

    private final Path folder;
    private final Limits limits;
    private int entries;
    private int written;
    private long bytes;

    private Archive(Path folder, Limits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    /**
     * How much an archive may hold.
     *
     * @param bytes of all files unpacked together
     * @param entries files and folders
     */
    public record Limits(long bytes, int entries) {}

    /**
     * What was unpacked.
     *
     * @param written files written now
     * @param kept files that were there already
     * @param bytes of all files together
     */
    public record Summary(int written, int kept, long bytes) {}

    /**
     * Unpacks a gzipped tar file into the folder, which is made where it is missing.
     *
     * @param watcher is told the number of bytes of the archive read so far, entry by entry
     * @throws IOException if the archive is damaged, holds a link, a device or a name that leads out of the folder, or
     *     holds more than the limits allow; what was unpacked before that stays
     */
    public static Summary unpackTarGz(Path archive, Path folder, Limits limits, LongConsumer watcher)
            throws IOException {
        try (Counted file = new Counted(new BufferedInputStream(Files.newInputStream(archive), BUFFER));
                InputStream gzip = GzipCompressorInputStream.builder()
                        .setInputStream(file)
                        .setDecompressConcatenated(true)
                        .get();
                TarArchiveInputStream tar = new TarArchiveInputStream(gzip)) {
            DiskSpace.require(folder, Math.max(0, leastUnpackedBytes(archive) - bytesIn(folder)));
            Summary summary =
                    new Archive(folder, limits).unpack(tar, archive.toString(), () -> watcher.accept(file.count));
            // The checksum stands behind the padding.
            gzip.readNBytes(END_PADDING);
            return summary;
        }
    }

    /**
     * Unpacks a zip file into the folder, which is made where it is missing.
     *
     * @param name what to call the archive in errors
     * @throws IOException as {@link #unpackTarGz}
     */
    public static Summary unpackZip(InputStream archive, String name, Path folder, Limits limits) throws IOException {
        try (ZipArchiveInputStream zip = new ZipArchiveInputStream(archive)) {
            return new Archive(folder, limits).unpack(zip, name, () -> {});
        }
    }

    private Summary unpack(ArchiveInputStream<?> in, String name, Runnable watcher) throws IOException {
        Files.createDirectories(folder);
        int kept = 0;
        for (ArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
            String where = name + ", entry " + ++entries + " \"" + entry.getName() + "\"";
            if (entries > limits.entries()) {
                throw new IOException(where + ": more than " + limits.entries() + " entries, refused");
            }
            refuseUnlessPlain(entry, where);
            Path target = EntryName.resolve(folder, entry.getName(), where);
            if (entry.isDirectory()) {
                EntryName.makeFolder(folder, target, where);
                continue;
            }
            EntryName.makeFolder(folder, EntryName.parent(target), where);
            count(Math.max(0, entry.getSize()), where);
            if (entry.getSize() >= 0 && isThere(target, entry.getSize())) {
                kept++;
            } else {
                write(in, entry, target, where);
            }
            watcher.run();
        }
        return new Summary(written, kept, bytes);
    }

    /** The tar file's size modulo 2^32, from the last four bytes (RFC 1952, section 2.3.1): at least so much it is. */
    private static long leastUnpackedBytes(Path archive) throws IOException {
        try (FileChannel channel = FileChannel.open(archive)) {
            ByteBuffer size = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(size, channel.size() - Integer.BYTES);
            return Integer.toUnsignedLong(size.getInt(0));
        }
    }

    private static long bytesIn(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (var walk = Files.walk(folder)) {
            return walk.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static void refuseUnlessPlain(ArchiveEntry entry, String where) throws IOException {
        boolean isPlain = switch (entry) {
            case TarArchiveEntry tar -> !tar.isSparse() && isPlain(tar.getLinkFlag());
            case ZipArchiveEntry zip -> !zip.isUnixSymlink();
            default -> false;
        };
        if (!isPlain) {
            throw new IOException(where + ": neither a file nor a folder (a link or a device?), refused");
        }
    }

    private static boolean isPlain(byte flag) {
        return flag == TarConstants.LF_NORMAL || flag == TarConstants.LF_OLDNORM || flag == TarConstants.LF_DIR;
    }

    private void count(long more, String where) throws IOException {
        if (more > limits.bytes() - bytes) {
            throw new IOException(where + ": more than " + limits.bytes() + " bytes unpacked, refused");
        }
        bytes += more;
    }

    private static boolean isThere(Path target, long size) throws IOException {
        return Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS) && Files.size(target) == size;
    }

    private void write(InputStream in, ArchiveEntry entry, Path target, String where) throws IOException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        Files.deleteIfExists(part);
        try (var out = Files.newOutputStream(part)) {
            byte[] buffer = new byte[BUFFER];
            boolean isSizeUnknown = entry.getSize() < 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (isSizeUnknown) {
                    count(n, where);
                }
                out.write(buffer, 0, n);
            }
        }
        AtomicMove.move(part, target);
        written++;
    }

    /** Counts the bytes read through it. */
    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int n = super.read(to, offset, length);
            count += Math.max(0, n);
            return n;
        }
    }
}
