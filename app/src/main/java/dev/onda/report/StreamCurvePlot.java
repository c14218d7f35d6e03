package dev.onda.report;

import dev.onda.evaluate.StreamCurve;
import dev.onda.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What thresholds do in a stream: misses against false accepts an hour. */
public final class StreamCurvePlot {

    private static final double MOST_PER_HOUR = 1_000;
    /** Percent of misses that a plot shows, unless the model misses more than that. */
    private static final double MISSES = 50;

    private StreamCurvePlot() {}

    /**
     * Writes the picture for light paper.
     *
     * @param now what the model's own threshold does
     * @throws IOException if the file cannot be written
     */
    public static void write(Path png, StreamCurve curve, StreamCurve.Point now) throws IOException {
        // Half an accept in the whole stream: where a threshold without any is drawn.
        double least = 0.5 / curve.hours();
        double most = curve.points().stream()
                .mapToDouble(p -> p.score().falseAcceptsPerHour())
                .max()
                .orElse(0);
        LinePlot plot = new LinePlot(
                "Detection in a stream",
                Axis.logarithmic(
                        "false accepts an hour (at the left edge: none)",
                        least,
                        Math.clamp(most, 10 * least, MOST_PER_HOUR)),
                Axis.of("words not heard as what they are (%)", 0, 100 * now.misses() < MISSES ? MISSES : 100),
                List.of(
                        line("thresholds", curve.points().reversed(), LinePlot.Style.PLAIN),
                        line("at the model's threshold", List.of(now), LinePlot.Style.POINTS)));
        AtomicFile.write(png, plot.png(Theme.LIGHT));
    }

    private static LinePlot.Line line(String name, List<StreamCurve.Point> points, LinePlot.Style style) {
        return new LinePlot.Line(
                name, each(points, p -> p.score().falseAcceptsPerHour()), each(points, p -> 100 * p.misses()), style);
    }

    private static double[] each(List<StreamCurve.Point> points, ToDoubleFunction<StreamCurve.Point> figure) {
        return points.stream().mapToDouble(figure).toArray();
    }
}
