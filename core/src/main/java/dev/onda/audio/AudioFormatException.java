package dev.onda.audio;

import java.io.IOException;

/**
 * Sound data that cannot be read as what it claims to be. The message is one line:
 * {@code <source>: <reason> (at byte <n>)}.
 */
public final class AudioFormatException extends IOException {

    private static final long serialVersionUID = 1;

    private final String source;
    private final long byteOffset;
    private final String reason;

    /**
     * @param source the path the data came from, or "standard input"
     * @param byteOffset where in the data the fault lies, counted from 0
     * @param reason what was expected, what was found and what to do about it
     */
    public AudioFormatException(String source, long byteOffset, String reason) {
        super(source + ": " + reason + " (at byte " + byteOffset + ")");
        this.source = source;
        this.byteOffset = byteOffset;
        this.reason = reason;
    }

    /** The path the data came from, or "standard input". */
    public String source() {
        return source;
    }

    /** Where in the data the fault lies, counted from 0. */
    public long byteOffset() {
        return byteOffset;
    }

    /** What was expected, what was found and what to do about it. */
    public String reason() {
        return reason;
    }
}
