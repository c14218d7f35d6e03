package dev.onda.corpus;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The two hashes in use here. Every Java platform must have both. */
final class Digests {
    private Digests() {}

    /** SHA-1 of a text's UTF-8 form, 20 bytes: for splitting, not for safety. */
    static byte[] sha1(String text) {
        return digest("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
    }

    static MessageDigest sha256() {
        return digest("SHA-256");
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + algorithm, e);
        }
    }
}
