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
 * @param points ascending by threshold, from {@value #LEAST} to {@value #MOST}, equally far apart in log odds
 */
public record StreamCurve(List<Point> points) {

    private static final int THRESHOLDS = 121;
    private static final double LEAST = 0.02;
    private static final double MOST = 0.9999;
    private static final double STEPS = 10_000;
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
        double from = Math.log(LEAST / (1 - LEAST));
        double to = Math.log(MOST / (1 - MOST));
        return IntStream.range(0, THRESHOLDS)
                .mapToDouble(i -> 1 / (1 + Math.exp(-(from + (to - from) * i / (THRESHOLDS - 1)))))
                .map(threshold -> Math.rint(STEPS * threshold) / STEPS)
                .distinct();
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
     * The least threshold from which on there are at most so many false accepts; nothing if even the highest has more, or if
     * the stream is too short to show.
     */
    public Optional<Point> at(double falseAcceptsPerHour) {
        Optional<Point> found = Optional.empty();
        if (!shows(falseAcceptsPerHour)) {
            return found;
        }
        for (Point point : points.reversed()) {
            if (point.score().falseAcceptsPerHour() > falseAcceptsPerHour * (1 + NEAR)) {
                return found;
            }
            found = Optional.of(point);
        }
        return found;
    }
}
