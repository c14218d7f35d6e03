package dev.onda.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    private static final Offset<Double> EXACTLY = within(1e-12);

    @Test
    void aConstantRateStays() {
        Schedule schedule = new Schedule.Constant();
        assertThat(schedule.factor(0)).isEqualTo(1);
        assertThat(schedule.factor(0.999)).isEqualTo(1);
    }

    @Test
    void aCosineWarmsUpInAStraightLineAndFallsToZero() {
        Schedule schedule = new Schedule.Cosine(0.2);
        assertThat(schedule.factor(0)).isZero();
        assertThat(schedule.factor(0.05)).isCloseTo(0.25, EXACTLY);
        assertThat(schedule.factor(0.2)).isCloseTo(1, EXACTLY);
        assertThat(schedule.factor(0.4)).isCloseTo((1 + Math.sqrt(0.5)) / 2, EXACTLY);
        assertThat(schedule.factor(0.6)).isCloseTo(0.5, EXACTLY);
        assertThat(schedule.factor(1)).isCloseTo(0, EXACTLY);
    }

    @Test
    void aCosineWithoutWarmUpBeginsAtItsTop() {
        assertThat(new Schedule.Cosine(0).factor(0)).isEqualTo(1);
    }

    @Test
    void oneCycleRisesFromA25thAndFallsToA250000th() {
        Schedule schedule = new Schedule.OneCycle(0.3);
        assertThat(schedule.factor(0)).isCloseTo(0.04, EXACTLY);
        assertThat(schedule.factor(0.15)).isCloseTo(0.52, EXACTLY);
        assertThat(schedule.factor(0.3)).isCloseTo(1, EXACTLY);
        assertThat(schedule.factor(0.65)).isCloseTo((1 + 4e-6) / 2, EXACTLY);
        assertThat(schedule.factor(1)).isCloseTo(4e-6, EXACTLY);
        assertThat(new Schedule.OneCycle(0).factor(0)).isCloseTo(1, EXACTLY);
    }

    @Test
    void noScheduleLeavesItsRange() {
        for (Schedule schedule : new Schedule[] {new Schedule.Cosine(0.1), new Schedule.OneCycle(0.9)}) {
            for (int i = 0; i <= 1_000; i++) {
                assertThat(schedule.factor(i / 1_000.0))
                        .as("%s at %d", schedule, i)
                        .isBetween(0.0, 1.0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, 1.5, Double.NaN})
    void refusesAShareOutsideItsRange(double share) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schedule.Cosine(share))
                .withMessage("a share of the steps is in [0, 1), not " + share);
        assertThatIllegalArgumentException().isThrownBy(() -> new Schedule.OneCycle(share));
    }
}
