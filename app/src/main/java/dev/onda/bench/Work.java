package dev.onda.bench;

import java.util.Locale;

/** What a network does while it is timed. */
public enum Work {
    /** One training step: forward, softmax cross-entropy, backward, Adam. */
    TRAIN,
    /** Forward, as in use. */
    RECOGNIZE;

    /** Its name in tables and in JSON: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
