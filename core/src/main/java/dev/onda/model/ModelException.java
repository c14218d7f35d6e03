package dev.onda.model;

import java.io.IOException;
import java.nio.file.Path;

/** A model file that is not one, or is damaged: one line that says which, what and where. */
public final class ModelException extends IOException {

    private static final long serialVersionUID = 1;

    /** The message is {@code "<path>: <reason>"}, one line even where the reason quotes a file that breaks lines. */
    public ModelException(Path path, String reason) {
        super(path + ": " + reason.replaceAll("\\s*\\R\\s*", " "));
    }
}
