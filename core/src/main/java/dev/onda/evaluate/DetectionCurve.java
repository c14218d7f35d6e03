package dev.onda.evaluate;

import dev.onda.model.Model;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How well one word is told from everything else by its posterior alone, over all thresholds: what a detector of only this
 * word would do. Which class is likeliest plays no part.
 *
 * @param clips how many are of the word, at least 1
 * @param others how many are not, at least 1
 * @param points from a threshold that lets nothing through to 0, which lets everything through; at most
 *     {@value #MOST_POINTS}
 * @param atThreshold what the model's threshold does
 * @param equalErrorRate where false accepts and misses are equal, between two points linearly
 */
public record DetectionCurve(
        String word, int clips, int others, List<Point> points, Point atThreshold, double equalErrorRate) {

    static final int MOST_POINTS = 200;

    /**
     * What one threshold does.
     *
     * @param threshold least posterior that is accepted
     * @param falseAccepts share of the other clips that is accepted
     * @param misses share of the word's clips that is not accepted
     */
    public record Point(double threshold, double falseAccepts, double misses) {}

    /** Copies the list. */
    public DetectionCurve {
        points = List.copyOf(points);
    }

    /** A curve for each word, in the model's order, that some clips are of and some are not. */
    public static List<DetectionCurve> of(Judgement judgement) {
        return IntStream.range(0, judgement.words().size())
                .filter(word -> Model.isWord(judgement.words().get(word)))
                .mapToObj(word -> new DetectionCounts(judgement, word))
                .filter(DetectionCounts::isBoth)
                .map(DetectionCounts::curve)
                .toList();
    }
}
