package dev.onda.corpus;

import java.nio.file.Path;

/**
 * A clip that could not be used.
 *
 * @param path relative to the corpus's root
 * @param reason one line: what is wrong with it
 * @param byteOffset where in the file; 0 where the fault is the whole file's
 */
public record SkippedClip(Path path, String reason, long byteOffset) {

    /**
     * @throws IllegalArgumentException if the offset is negative
     */
    public SkippedClip {
        if (byteOffset < 0) {
            throw new IllegalArgumentException("a byte offset is at least 0, not " + byteOffset);
        }
    }
}
