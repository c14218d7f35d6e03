package dev.onda.web;

import dev.onda.file.AtomicFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * ONNX Runtime Web (MIT licence): the two of its files that a page needs. They are too large to bring along, so npm gets them, and
 * their digests say that they are the right ones. What is in a folder already is not got again.
 */
final class WebRuntime {

    private static final String PACKAGE = "onnxruntime-web";
    private static final String VERSION = "1.30.0";
    private static final String INSIDE = "package/dist/";
    private static final int MOST_BYTES = 32 << 20;

    private static final List<Piece> PIECES = List.of(
            new Piece(
                    "ort.wasm.bundle.min.mjs",
                    "ort.js",
                    "11e64bd8ffe11bd1a2a2f0d6275fdfbbba7262f0b76b99b53d228a8a22ef3d90"),
            new Piece(
                    "ort-wasm-simd-threaded.wasm",
                    "ort.wasm",
                    "3398c10d07d229bd91b364548e130e0e51a8e5704b88c7c083ebbeb78842dee2"));

    /**
     * A file that is needed.
     *
     * @param name in the package
     * @param plain in the folder: a name whose type every host knows
     * @param sha256 of its bytes, in hexadecimal
     */
    record Piece(String name, String plain, String sha256) {
        boolean isIn(Path folder) throws IOException {
            Path path = folder.resolve(plain);
            return Files.isRegularFile(path) && is(Files.readAllBytes(path));
        }

        boolean is(byte[] bytes) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
                return HexFormat.of().formatHex(digest).equals(sha256);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }

    private final List<Piece> pieces;
    private final List<String> npm;
    private final Consumer<String> tell;

    WebRuntime(Consumer<String> tell) {
        this(PIECES, List.of(isWindows() ? "npm.cmd" : "npm"), tell);
    }

    /**
     * @param npm the command, and what comes before npm's own arguments
     */
    WebRuntime(List<Piece> pieces, List<String> npm, Consumer<String> tell) {
        this.pieces = pieces;
        this.npm = npm;
        this.tell = tell;
    }

    /** A file that bears the name of one of the two and is another; nothing if there is none. */
    static Optional<Path> foreign(Path folder) throws IOException {
        for (Piece piece : PIECES) {
            Path path = folder.resolve(piece.plain());
            if (Files.exists(path) && !piece.isIn(folder)) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }

    private static boolean isWindows() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    }

    /**
     * Sees to it that the folder has both files.
     *
     * @param work an empty folder for npm
     * @throws IOException if they cannot be got; the message says how to do without npm
     */
    void provide(Path folder, Path work) throws IOException {
        if (isWhole(folder)) {
            return;
        }
        tell.accept("getting " + PACKAGE + " " + VERSION + " with npm, 33 MB, once for this folder");
        pack(folder, work);
        unpack(work.resolve(PACKAGE + "-" + VERSION + ".tgz"), folder);
        if (!isWhole(folder)) {
            throw refused(folder, "npm brought something else");
        }
    }

    private boolean isWhole(Path folder) throws IOException {
        for (Piece piece : pieces) {
            if (!piece.isIn(folder)) {
                return false;
            }
        }
        return true;
    }

    private void pack(Path folder, Path work) throws IOException {
        List<String> command = new ArrayList<>(npm);
        command.addAll(List.of("pack", PACKAGE + "@" + VERSION, "--silent", "--pack-destination", work.toString()));
        Path said = work.resolve("npm.log");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(work.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
        } catch (IOException e) {
            throw refused(folder, "npm cannot be started");
        }
        try {
            process.getOutputStream().close();
            if (process.waitFor() != 0) {
                throw refused(folder, "npm failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while npm was at work", e);
        } finally {
            process.destroy();
        }
    }

    private void unpack(Path archive, Path folder) throws IOException {
        if (!Files.isRegularFile(archive)) {
            throw refused(folder, "npm brought nothing");
        }
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                for (Piece piece : pieces) {
                    if (entry.getName().equals(INSIDE + piece.name())) {
                        keep(piece, tar.readNBytes(MOST_BYTES), folder);
                    }
                }
            }
        }
    }

    private static void keep(Piece piece, byte[] bytes, Path folder) throws IOException {
        if (piece.is(bytes)) {
            AtomicFile.write(folder.resolve(piece.plain()), bytes);
        }
    }

    private IOException refused(Path folder, String why) {
        String byHand = pieces.stream()
                .map(piece -> piece.name() + " of this version as " + folder.resolve(piece.plain()))
                .collect(Collectors.joining(" and "));
        return new IOException(
                PACKAGE + " " + VERSION + ": " + why + "; install Node.js, or put " + byHand + ", and try again");
    }
}
