package dev.onda.peers;

/** A line of the table. */
sealed interface Row {

    Case subject();

    Peer peer();

    /** Both sides did the work. */
    record Measured(Case subject, Peer peer, int threads, Result result) implements Row {}

    /**
     * The peer did not.
     *
     * @param reason in words for the reader of the table
     */
    record Missing(Case subject, Peer peer, String reason) implements Row {}
}
