package dev.onda.recognize;

import dev.onda.model.Model;
import java.util.List;

/**
 * What a clip was heard as.
 *
 * @param word the likeliest word, if it is likely enough to be believed; else {@code _unknown_}, or {@code _silence_}
 * @param score its posterior probability, in [0, 1]
 * @param ranking all words of the model, the likeliest first
 */
public record Recognition(String word, double score, List<Guess> ranking) {

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

    /**
     * Believes the first of a ranking, or not.
     *
     * @param threshold least score at which a word is believed
     */
    static Recognition of(List<Guess> ranking, double threshold) {
        Guess first = ranking.getFirst();
        boolean believed = !Model.isWord(first.word()) || first.score() >= threshold;
        return new Recognition(believed ? first.word() : Model.UNKNOWN, first.score(), ranking);
    }
}
