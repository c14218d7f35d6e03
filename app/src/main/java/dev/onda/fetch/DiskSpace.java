package dev.onda.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/** Whether something will fit, asked before the long work. */
public final class DiskSpace {
    private DiskSpace() {}

    /**
     * @param path a file or folder to come; it need not exist yet
     * @param bytes to be written there
     * @throws IOException if its disk has less room than that
     */
    public static void require(Path path, long bytes) throws IOException {
        Path existing = path.toAbsolutePath();
        while (!Files.exists(existing)) {
            existing = Objects.requireNonNull(existing.getParent(), "a root that does not exist");
        }
        require(path, bytes, Files.getFileStore(existing).getUsableSpace());
    }

    static void require(Path path, long bytes, long usableBytes) throws IOException {
        if (usableBytes < bytes) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "%s: needs %.1f MB of disk, %.1f MB are free: make room or choose another place",
                    path,
                    bytes * 1e-6,
                    usableBytes * 1e-6));
        }
    }
}
