package dev.onda.peers;

/** What is done with a batch of clips. */
enum Work {
    /** Forward with dropout, softmax cross-entropy, backward, one step of Adam. */
    TRAINING_STEP,
    /** Forward alone, with the running statistics of the batch norms, to logits. */
    FORWARD
}
