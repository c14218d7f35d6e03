package dev.onda.model;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** Users' TOML files as trees, and what is wrong with them in words of theirs. */
public final class Toml {

    private static final TomlMapper MAPPER = new TomlMapper();

    private Toml() {}

    /**
     * Reads a file as text.
     *
     * @throws IOException if it cannot be read or is not UTF-8 text
     */
    public static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new IOException(file + ": not UTF-8 text, so not TOML; save it as UTF-8", e);
        }
    }

    /**
     * The tree of a text.
     *
     * @throws IllegalArgumentException if it is not TOML; the message says where and why
     */
    public static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not TOML" + place(e.getLocation()) + ": " + reason(e), e);
        }
    }

    /** At the first column the parser has gone on to the next line already. */
    private static String place(TokenStreamLocation at) {
        if (at.getLineNr() < 1) {
            return "";
        }
        return at.getColumnNr() > 1 || at.getLineNr() == 1
                ? ", line " + at.getLineNr() + ", column " + at.getColumnNr()
                : ", line " + (at.getLineNr() - 1);
    }

    /** The library's words where they are plain. */
    private static String reason(JacksonException e) {
        String message =
                String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
        if (message.startsWith("More data after value")) {
            return "a comma or a closing bracket is missing";
        }
        if (message.startsWith("Newline not permitted")) {
            return "a closing quote is missing";
        }
        if (message.startsWith("Unknown token")) {
            return "a key, a value or the end of the line is expected here; texts stand in quotes";
        }
        if (message.startsWith("Duplicate key")) {
            return "this key stands twice; leave one out";
        }
        if (message.contains("EOF") || message.startsWith("Premature end")) {
            return "it ends too early; close what is open";
        }
        return message.substring(0, Math.min(1, message.length())).toLowerCase(Locale.ROOT)
                + message.substring(Math.min(1, message.length()));
    }
}
