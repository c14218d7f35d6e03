package dev.onda.recognize;

/**
 * A word heard in a stream. Times are seconds of sound since the stream began.
 *
 * @param word one of the model's words
 * @param score its smoothed posterior when it was detected, in [0, 1]
 * @param start where the sound that was heard as the word begins, by its loudness: an estimate
 * @param end where it ends, as far as it had been heard
 * @param time how much of the stream had been heard when the word was detected
 */
public record Detection(String word, double score, double start, double end, double time) {

    /** From the word's end to its detection, in seconds. */
    public double delay() {
        return time - end;
    }
}
