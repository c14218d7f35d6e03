package dev.onda.train;

import java.util.ArrayList;
import java.util.List;

/**
 * Many trials for few epochs, the best third of them anew for three times as many, and so on (Jamieson and Talwalkar 2016). Each
 * training has its whole schedule, so that short ones are judged fairly.
 *
 * @param trials how many at first
 * @param epochs of the last round
 */
public record SuccessiveHalving(int trials, int epochs) {

    private static final int FACTOR = 3;
    private static final int MOST = 1_000;

    /**
     * @throws IllegalArgumentException if there are fewer than 2 trials, or no epoch
     */
    public SuccessiveHalving {
        if (trials < 2 || trials > MOST) {
            throw new IllegalArgumentException("2 to " + MOST + " trials, not " + trials);
        }
        if (epochs < 1) {
            throw new IllegalArgumentException("at least 1 epoch is needed, not " + epochs);
        }
    }

    /**
     * One round.
     *
     * @param trials that take part
     * @param epochs that each is trained
     */
    public record Round(int trials, int epochs) {}

    /** The rounds, the first one first; the last one has one trial. */
    public List<Round> rounds() {
        List<Round> rounds = new ArrayList<>();
        for (int left = trials; left >= 1; left = left == 1 ? 0 : Math.max(1, left / FACTOR)) {
            rounds.add(new Round(left, epochs));
        }
        int length = epochs;
        for (int i = rounds.size() - 1; i >= 0; i--) {
            rounds.set(i, new Round(rounds.get(i).trials(), length));
            length = Math.max(1, length / FACTOR);
        }
        return rounds;
    }
}
