package dev.onda.corpus;

/** What became of one clip when it was prepared. */
sealed interface Outcome {

    /**
     * Its samples are in the block.
     *
     * @param originalSamples the file's length, in samples of one channel
     * @param originalRateHz the file's sample rate
     */
    record Stored(int originalSamples, int originalRateHz) implements Outcome {}

    /**
     * It is left out.
     *
     * @param reason one line: what is wrong with it
     * @param byteOffset where in the file; 0 where the fault is the whole file's
     */
    record Skipped(String reason, long byteOffset) implements Outcome {}
}
