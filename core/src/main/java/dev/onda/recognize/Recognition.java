package dev.onda.recognize;

import java.util.List;

/**
 * What a clip was heard as.
 *
 * @param ranking all words of the model, the likeliest first
 */
public record Recognition(List<Guess> ranking) {

    /**
     * A word and how likely it is.
     *
     * @param score posterior probability, in [0, 1]
     */
    public record Guess(String word, double score) {}

    /**
     * @throws IllegalArgumentException if there is no word
     */
    public Recognition {
        ranking = List.copyOf(ranking);
        if (ranking.isEmpty()) {
            throw new IllegalArgumentException("a ranking has at least one word");
        }
    }

    /** The likeliest word. */
    public String word() {
        return ranking.getFirst().word();
    }

    /** Its posterior probability. */
    public double score() {
        return ranking.getFirst().score();
    }
}
