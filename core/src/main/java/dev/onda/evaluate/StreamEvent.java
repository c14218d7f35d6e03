package dev.onda.evaluate;

/**
 * Something that is said in a {@link TestStream}. Times are seconds since it began, see {@link dev.onda.augment.SpokenPart}.
 *
 * @param kind whether it is to be detected
 * @param word what is said; of reversed speech, what would be said forwards
 * @param start where the sound of it begins
 * @param end where it ends
 */
public record StreamEvent(Kind kind, String word, double start, double end) {

    /** What is said. */
    public enum Kind {
        /** One of the model's words, which is to be detected. */
        WORD,
        /** A word that the model does not know. */
        UNKNOWN_WORD,
        /** One of the model's words, backwards in time: speech, but no word. */
        REVERSED_WORD
    }
}
