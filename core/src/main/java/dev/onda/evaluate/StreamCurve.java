package dev.onda.evaluate;

import dev.onda.model.StreamSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What each threshold does in one and the same stream: words heard against false accepts. The release goes with the threshold.
 *
 * @param points ascending by threshold: steps of 0.005 up to 0.98, finer ones to 0.9999
 */
public record StreamCurve(List<Point> points) {

    /** Steps from 0 to 1. */
    private static final int STEPS = 200;

    private static final int FIRST = 4;
    private static final int LAST = 196;

    private static final double[] NEAR_ONE = {0.985, 0.99, 0.9925, 0.995, 0.9975, 0.998, 0.999, 0.9995, 0.9999};
    private static final double NEAR = 1e-9;

    /** One threshold and what was heard with it. */
    public record Point(double threshold, StreamScore score) {

        /** Share of the words that were not heard as what they are: missed, or taken for others. */
        public double misses() {
            return 1 - score.matchedRate();
        }
    }

    /**
     * @throws IllegalArgumentException if there is no point
     */
    public StreamCurve {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("a curve has at least 1 point");
        }
    }

    /** Decodes the posteriors with each threshold in turn. */
    public static StreamCurve of(
            HeardPosteriors posteriors, StreamSettings settings, List<StreamEvent> events, double hours) {
        List<Point> points = new ArrayList<>();
        for (double threshold : thresholds().toArray()) {
            List<Heard> heard = posteriors.decode(settings.withThreshold(threshold, 0));
            points.add(new Point(threshold, StreamScore.of(events, heard, hours)));
        }
        return new StreamCurve(points);
    }

    private static DoubleStream thresholds() {
        // Divided, not multiplied, so that they are the numbers that people write.
        return DoubleStream.concat(
                IntStream.rangeClosed(FIRST, LAST).mapToDouble(i -> i / (double) STEPS), DoubleStream.of(NEAR_ONE));
    }

    /** Length of the stream. */
    public double hours() {
        return points.getFirst().score().hours();
    }

    /** Whether the stream is so long that a rate of false accepts shows in it: at least 1 is expected. */
    public boolean shows(double falseAcceptsPerHour) {
        return falseAcceptsPerHour * hours() >= 1 - NEAR;
    }

    /**
     * The best threshold for a rate of false accepts: of those from which on there are at most so many, the one with the fewest
     * misses, of equals the least. (A very low threshold misses more than a middling one: the wrong word comes first.) Nothing
     * if even the highest has more false accepts, or if the stream is too short to show.
     */
    public Optional<Point> at(double falseAcceptsPerHour) {
        Optional<Point> best = Optional.empty();
        if (!shows(falseAcceptsPerHour)) {
            return best;
        }
        for (Point point : points.reversed()) {
            if (point.score().falseAcceptsPerHour() > falseAcceptsPerHour * (1 + NEAR)) {
                return best;
            }
            if (best.isEmpty() || point.score().right() >= best.get().score().right()) {
                best = Optional.of(point);
            }
        }
        return best;
    }
}
