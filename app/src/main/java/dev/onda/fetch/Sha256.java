package dev.onda.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A SHA-256 checksum (FIPS 180-4).
 *
 * @param hex 64 hexadecimal digits; kept in lower case
 */
public record Sha256(String hex) {
    private static final int BUFFER = 1 << 20;

    /**
     * @throws IllegalArgumentException if these are not 64 hexadecimal digits
     */
    public Sha256 {
        if (!hex.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException("a SHA-256 is 64 hexadecimal digits, not \"" + hex + "\"");
        }
        hex = hex.toLowerCase(Locale.ROOT);
    }

    /** The checksum of a file's content. */
    public static Sha256 of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return new Sha256(HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
