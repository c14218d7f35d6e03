package dev.onda.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StreamCurveTest {

    private static final double HOP = Beeps.SETTINGS.hopMs() / 1_000.0;
    private static final double SECONDS = 3_600;

    private final List<StreamEvent> events = new ArrayList<>();

    /** A word every 4 s that is heard with a random posterior, and between two words something like it, but fainter. */
    private StreamCurve random() {
        SplittableRandom random = new SplittableRandom(11);
        HeardPosteriors posteriors = new HeardPosteriors(Beeps.model().words());
        double score = 0;
        for (int hop = 1; hop * HOP <= SECONDS; hop++) {
            double time = hop * Beeps.SETTINGS.hopMs() % 4_000 / 1_000.0;
            if (time < HOP) {
                double start = hop * HOP - time + 1;
                events.add(new StreamEvent(StreamEvent.Kind.WORD, "low", start, start + 0.4));
            }
            boolean isWord = time >= 1 && time < 1.4;
            boolean isLike = time >= 3 && time < 3.4;
            if (time < HOP || (time >= 2 && time < 2 + HOP)) {
                double uniform = random.nextDouble();
                score = time < 2 ? Math.cbrt(uniform) : uniform * uniform * uniform;
            }
            float p = (float) (isWord || isLike ? score : 0.01);
            posteriors.add(hop * HOP, time >= 3.6 ? new float[0] : new float[] {p, 0, 1 - p});
        }
        return StreamCurve.of(posteriors, Beeps.SETTINGS, events, SECONDS / 3_600);
    }

    @Test
    void aHigherThresholdMissesMoreAndAcceptsLess() {
        StreamCurve curve = random();
        assertThat(curve.points()).hasSizeGreaterThan(60);
        StreamCurve.Point before = curve.points().getFirst();
        for (StreamCurve.Point point : curve.points()) {
            assertThat(point.threshold()).isGreaterThanOrEqualTo(before.threshold());
            if (point.threshold() > 0.5) {
                assertThat(point.misses()).isGreaterThanOrEqualTo(before.misses());
                assertThat(point.score().falseAccepts())
                        .isLessThanOrEqualTo(before.score().falseAccepts());
            }
            before = point;
        }
    }

    @Test
    void moreFalseAcceptsMeanFewerMisses() {
        StreamCurve curve = random();
        double before = 1;
        for (double rate : new double[] {1, 2, 5, 10, 20, 50, 100, 400}) {
            StreamCurve.Point point = curve.at(rate).orElseThrow();
            assertThat(point.score().falseAcceptsPerHour()).isLessThanOrEqualTo(rate);
            assertThat(point.misses()).as("at %s", rate).isLessThanOrEqualTo(before);
            before = point.misses();
        }
        assertThat(before).isLessThan(0.2);
    }

    @Test
    void rarerFalseAcceptsThanTheStreamIsLongAreNotShown() {
        StreamCurve curve = random();
        assertThat(curve.shows(1)).isTrue();
        assertThat(curve.shows(0.5)).isFalse();
        assertThat(curve.at(0.5)).isEmpty();
    }

    private static StreamCurve.Point point(double threshold, int right, int falseAccepts) {
        return new StreamCurve.Point(
                threshold, new StreamScore(1, 10, right, 0, falseAccepts, 0, falseAccepts, new double[right]));
    }

    @Test
    void takesTheBestFromWhichOnThereAreNoMoreFalseAccepts() {
        StreamCurve curve = new StreamCurve(List.of(
                point(0.1, 5, 3),
                point(0.3, 9, 3),
                point(0.5, 9, 9),
                point(0.7, 8, 2),
                point(0.9, 8, 2),
                point(0.95, 8, 0)));
        assertThat(curve.at(1))
                .hasValueSatisfying(p -> assertThat(p.threshold()).isEqualTo(0.95));
        assertThat(curve.at(2))
                .hasValueSatisfying(p -> assertThat(p.threshold()).isEqualTo(0.7));
        assertThat(curve.at(8))
                .as("0.3 would do, but not 0.5")
                .hasValueSatisfying(p -> assertThat(p.threshold()).isEqualTo(0.7));
        assertThat(curve.at(9))
                .as("0.1 hears less")
                .hasValueSatisfying(p -> assertThat(p.threshold()).isEqualTo(0.3));
    }

    @Test
    void nothingIsGoodEnoughWhereTheHighestThresholdIsNot() {
        assertThat(new StreamCurve(List.of(point(0.9, 5, 7))).at(6)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StreamCurve(List.of()))
                .withMessage("a curve has at least 1 point");
    }
}
