package dev.onda.fetch;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A failure of the network that another attempt may not meet: a broken or silent connection, a server out of breath. */
final class Broken extends IOException {
    private static final long serialVersionUID = 1;

    Broken(String message) {
        super(message);
    }

    Broken(@Nullable Throwable cause) {
        super(cause == null ? "the connection broke" : "the connection broke: " + told(cause), cause);
    }

    private static String told(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
