package dev.onda.peers;

import java.util.Arrays;

/** What some measurements of one thing came to. */
record Spread(double median, double least, double most) {

    /**
     * @throws IllegalArgumentException if there is no number
     */
    static Spread of(double... numbers) {
        if (numbers.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }
}
