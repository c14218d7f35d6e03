package dev.onda.peers;

/** One side of a comparison, ready for one problem: its memory taken, its weights and clips in place. */
interface Contender extends AutoCloseable {

    /** Does the problem's work once: what is measured. */
    void run();

    /** Logits of the clips as in use, {@code (batch, words)}. */
    float[] logits();

    /**
     * A training step, told in full.
     *
     * @throws UnsupportedOperationException if this side cannot train
     */
    Step step();

    @Override
    void close();
}
