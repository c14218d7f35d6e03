package dev.onda.evaluate;

import dev.onda.evaluate.DetectionCurve.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** One word's posterior on all clips, the largest first: what its detection curve is counted from. */
final class DetectionCounts {

    private record Scored(float posterior, boolean isTheWord) {}

    private final String word;
    private final double threshold;
    private final List<Scored> scored;
    private final Tally all = new Tally();

    DetectionCounts(Judgement judgement, int word) {
        this.word = judgement.words().get(word);
        this.threshold = judgement.threshold();
        this.scored = IntStream.range(0, judgement.size())
                .mapToObj(clip -> new Scored(judgement.posteriors(clip)[word], judgement.label(clip) == word))
                .sorted(Comparator.comparingDouble(Scored::posterior).reversed())
                .toList();
        scored.forEach(all::add);
    }

    /** Clips of the word, and others. */
    private static final class Tally {
        private int words;
        private int others;

        void add(Scored clip) {
            words += clip.isTheWord ? 1 : 0;
            others += clip.isTheWord ? 0 : 1;
        }
    }

    /** Whether there is something to accept and something to refuse. */
    boolean isBoth() {
        return all.words > 0 && all.others > 0;
    }

    DetectionCurve curve() {
        List<Point> points = points();
        Tally accepted = new Tally();
        scored.stream().filter(clip -> clip.posterior >= threshold).forEach(accepted::add);
        return new DetectionCurve(
                word,
                all.words,
                all.others,
                thinned(corners(points)),
                point(threshold, accepted),
                equalErrorRate(points));
    }

    /** One above all posteriors, then each posterior that occurs, then 0. */
    private List<Point> points() {
        List<Point> points = new ArrayList<>();
        Tally accepted = new Tally();
        points.add(point(Math.nextUp(scored.getFirst().posterior), accepted));
        for (int i = 0; i < scored.size(); i++) {
            accepted.add(scored.get(i));
            boolean isLast = i == scored.size() - 1;
            if (isLast || scored.get(i + 1).posterior < scored.get(i).posterior) {
                points.add(point(isLast ? 0 : scored.get(i).posterior, accepted));
            }
        }
        return points;
    }

    private Point point(double least, Tally accepted) {
        return new Point(least, accepted.others / (double) all.others, 1 - accepted.words / (double) all.words);
    }

    /** Without the points in the middle of a straight line along an axis, however the axes are scaled. */
    private static List<Point> corners(List<Point> points) {
        return IntStream.range(0, points.size())
                .filter(i -> i == 0
                        || i == points.size() - 1
                        || isCorner(points.get(i - 1), points.get(i), points.get(i + 1)))
                .mapToObj(points::get)
                .toList();
    }

    private static boolean isCorner(Point before, Point here, Point after) {
        boolean isAlongMisses =
                before.falseAccepts() == here.falseAccepts() && here.falseAccepts() == after.falseAccepts();
        boolean isAlongAccepts = before.misses() == here.misses() && here.misses() == after.misses();
        return !isAlongMisses && !isAlongAccepts;
    }

    /** Every so many corners, the two ends always: corners are dense where the curve bends. */
    private static List<Point> thinned(List<Point> corners) {
        int most = DetectionCurve.MOST_POINTS;
        if (corners.size() <= most) {
            return corners;
        }
        return IntStream.range(0, most)
                .mapToObj(i -> corners.get((int) ((corners.size() - 1L) * i / (most - 1))))
                .toList();
    }

    private static double equalErrorRate(List<Point> points) {
        int at = 1;
        while (points.get(at).falseAccepts() < points.get(at).misses()) {
            at++;
        }
        Point before = points.get(at - 1);
        Point here = points.get(at);
        double gapBefore = before.misses() - before.falseAccepts();
        double gap = here.misses() - here.falseAccepts();
        double share = gapBefore / (gapBefore - gap);
        return before.falseAccepts() + share * (here.falseAccepts() - before.falseAccepts());
    }
}
