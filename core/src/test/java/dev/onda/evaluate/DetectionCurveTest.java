package dev.onda.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.onda.evaluate.DetectionCurve.Point;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DetectionCurveTest {

    private static final Offset<Double> EXACT = within(1e-12);

    /** Of yes: 0.9, 0.8, 0.3. Of no: 0.85, 0.4, 0.2. Unknown: 0.6. Silence: 0.1. */
    private static DetectionCurve yes() {
        return DetectionCurve.of(new Judged(0.75, "yes", "no", "_unknown_", "_silence_")
                        .clip("yes", 0.9, 0.1, 0, 0)
                        .clip("yes", 0.8, 0.2, 0, 0)
                        .clip("yes", 0.3, 0.7, 0, 0)
                        .clip("no", 0.85, 0.15, 0, 0)
                        .clip("no", 0.4, 0.6, 0, 0)
                        .clip("no", 0.2, 0.8, 0, 0)
                        .clip("_unknown_", 0.6, 0.1, 0.3, 0)
                        .silence(0.1, 0, 0, 0.9)
                        .judgement())
                .getFirst();
    }

    @Test
    void goesFromNothingAcceptedToAllAccepted() {
        DetectionCurve curve = yes();
        assertThat(curve.word()).isEqualTo("yes");
        assertThat(curve.clips()).isEqualTo(3);
        assertThat(curve.others()).isEqualTo(5);
        Point first = curve.points().getFirst();
        assertThat(first.threshold()).isCloseTo(0.9, within(1e-6)).isGreaterThan(0.9f);
        assertThat(first).extracting(Point::falseAccepts, Point::misses).containsExactly(0.0, 1.0);
        assertThat(curve.points().getLast()).isEqualTo(new Point(0, 1, 0));
    }

    /** Accepted in turn: yes, no, yes, unknown, no, yes, no, silence; corners lie where the kind changes. */
    @Test
    void turnsWhereTheKindOfClipChanges() {
        assertThat(yes().points())
                .extracting(p -> Math.round(5 * p.falseAccepts()), p -> Math.round(3 * p.misses()))
                .containsExactly(
                        tuple(0L, 3L),
                        tuple(0L, 2L),
                        tuple(1L, 2L),
                        tuple(1L, 1L),
                        tuple(3L, 1L),
                        tuple(3L, 0L),
                        tuple(5L, 0L));
    }

    @Test
    void saysWhatTheModelsThresholdDoes() {
        Point point = yes().atThreshold();
        assertThat(point.threshold()).isEqualTo(0.75);
        assertThat(point.falseAccepts()).isCloseTo(1 / 5.0, EXACT);
        assertThat(point.misses()).isCloseTo(1 / 3.0, EXACT);
    }

    /** From 0.8 (1/5, 1/3) to 0.6 (2/5, 1/3): equal at 1/3. */
    @Test
    void theEqualErrorRateLiesOnTheCurve() {
        assertThat(yes().equalErrorRate()).isCloseTo(1 / 3.0, EXACT);
    }

    @Test
    void tiedPosteriorsAreOneStepAndTheEqualErrorRateItsMiddle() {
        Judged judged = new Judged(0, "yes", "no");
        for (int i = 0; i < 4; i++) {
            judged.clip("yes", 0.5, 0.5).clip("no", 0.5, 0.5);
        }
        DetectionCurve curve = DetectionCurve.of(judged.judgement()).getFirst();
        assertThat(curve.points()).hasSize(2);
        assertThat(curve.equalErrorRate()).isCloseTo(0.5, EXACT);
    }

    @Test
    void aPerfectWordHasNoEqualErrorRate() {
        DetectionCurve curve = DetectionCurve.of(new Judged(0.5, "yes", "no")
                        .clip("yes", 1, 0)
                        .clip("yes", 0.9, 0.1)
                        .clip("no", 0, 1)
                        .judgement())
                .getFirst();
        assertThat(curve.equalErrorRate()).isZero();
        assertThat(curve.atThreshold()).isEqualTo(new Point(0.5, 0, 0));
        assertThat(curve.points().getFirst().misses()).isEqualTo(1);
    }

    @Test
    void thinsToTwoHundredPointsOfTheSameCurve() {
        Random random = new Random(3);
        Judged judged = new Judged(0.5, "yes", "no");
        for (int i = 0; i < 4_000; i++) {
            boolean isYes = random.nextInt(4) == 0;
            double p = Math.clamp((isYes ? 0.6 : 0.4) + 0.1 * random.nextGaussian(), 0, 1);
            judged.clip(isYes ? "yes" : "no", p, 1 - p);
        }
        Judgement judgement = judged.judgement();
        DetectionCurve curve = DetectionCurve.of(judgement).getFirst();
        assertThat(curve.points()).hasSize(DetectionCurve.MOST_POINTS);
        assertThat(curve.points().getLast()).isEqualTo(new Point(0, 1, 0));
        for (Point point : curve.points()) {
            long missed = 0;
            long accepted = 0;
            for (int clip = 0; clip < judgement.size(); clip++) {
                boolean isAccepted = judgement.posteriors(clip)[0] >= point.threshold();
                missed += judgement.label(clip) == 0 && !isAccepted ? 1 : 0;
                accepted += judgement.label(clip) == 1 && isAccepted ? 1 : 0;
            }
            assertThat(point.misses()).isCloseTo(missed / (double) curve.clips(), EXACT);
            assertThat(point.falseAccepts()).isCloseTo(accepted / (double) curve.others(), EXACT);
        }
        for (int i = 1; i < curve.points().size(); i++) {
            Point before = curve.points().get(i - 1);
            Point here = curve.points().get(i);
            assertThat(here.falseAccepts() - before.falseAccepts()).isBetween(0.0, 0.2);
            assertThat(before.misses() - here.misses()).isBetween(0.0, 0.2);
        }
        // Two normals 0.2 apart with deviation 0.1 meet one deviation from each: 15.9 %.
        assertThat(curve.equalErrorRate()).isCloseTo(0.159, within(0.015));
    }

    @Test
    void wordsWithoutClipsHaveNoCurve() {
        List<DetectionCurve> curves = DetectionCurve.of(new Judged(0, "yes", "no", "_unknown_")
                .clip("yes", 0.9, 0.1, 0)
                .clip("_unknown_", 0.1, 0.1, 0.8)
                .judgement());
        assertThat(curves).extracting(DetectionCurve::word).containsExactly("yes");
        assertThat(DetectionCurve.of(
                        new Judged(0, "yes").clip("yes", 1).clip("yes", 1).judgement()))
                .isEmpty();
    }
}
