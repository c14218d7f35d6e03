package dev.onda.export;

import dev.onda.model.Model;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** By what a runner sees whether an exported model hears what the runner was made for. */
public final class ModelHash {

    private ModelHash() {}

    /**
     * Of format, words, rate and window: SHA-256, in hexadecimal, its first 16 digits.
     *
     * @param format of the export, with its version
     */
    public static String of(String format, Model model) {
        String all = format + "\n" + String.join("\n", model.words()) + "\n"
                + model.input().sampleRateHz() + "\n" + model.input().windowSamples();
        return of(all);
    }

    /** SHA-256 of a text in UTF-8, in hexadecimal, its first 16 digits. */
    static String of(String all) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
