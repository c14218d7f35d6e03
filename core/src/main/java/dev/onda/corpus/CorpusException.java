package dev.onda.corpus;

import java.io.IOException;

/**
 * Something about a corpus or a prepared store that its owner has to put right. The message is one line for a person to
 * read: where, what, and what to do.
 */
public final class CorpusException extends IOException {
    private static final long serialVersionUID = 1L;

    public CorpusException(String message) {
        super(message);
    }

    public CorpusException(String message, Throwable cause) {
        super(message, cause);
    }
}
