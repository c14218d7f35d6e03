package dev.onda.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** On a clock that only work moves. */
class RateTest {

    private long now = 123;
    private int runs;

    /** Work whose n-th run, from 0, takes so many seconds. */
    private Runnable work(IntToDoubleFunction seconds) {
        return () -> {
            now += Math.round(1e9 * seconds.applyAsDouble(runs));
            runs++;
        };
    }

    private double elapsed() {
        return (now - 123) * 1e-9;
    }

    private Rate rate(double seconds, double patience) {
        return new Rate(seconds, patience, () -> now);
    }

    @Test
    void steadyWorkIsMeasuredAsItIs() {
        assertThat(rate(0.5, 10).of(work(n -> 0.01))).isCloseTo(100, within(1e-6));
        assertThat(elapsed()).as("first round, calm, measurement").isCloseTo(0.1 + 1 + 0.5, within(0.1));
    }

    @Test
    void aSlowStartDoesNotCount() {
        assertThat(rate(0.5, 10).of(work(n -> n < 4 ? 1 : n < 30 ? 0.05 : 0.01)))
                .isCloseTo(100, within(1e-6));
    }

    @Test
    void aRateThatOnlyFluctuatesIsWarm() {
        rate(0.5, 1000).of(work(n -> n / 10 % 2 == 0 ? 0.0100 : 0.0102));
        assertThat(elapsed()).isLessThan(2);
    }

    @Test
    void theMedianRoundCounts() {
        // Measured from 1.1 s on, for 0.5 s.
        double measured = rate(0.5, 10).of(work(n -> elapsed() > 1.25 && elapsed() < 1.4 ? 0.04 : 0.01));
        assertThat(measured).isCloseTo(100, within(1e-6));
    }

    @Test
    void patienceEndsAndIsSharedByAllMeasurements() {
        Rate rate = rate(0.5, 3);
        IntToDoubleFunction everFaster = n -> 10 / (1.0 + n);
        rate.of(work(everFaster));
        double first = elapsed();
        assertThat(first)
                .as("the first run alone takes 10 s, longer than patience")
                .isBetween(10.0, 17.0);
        runs = 0;
        rate.of(work(n -> 0.1 / (1 + 0.1 * n)));
        assertThat(elapsed() - first)
                .as("nothing left but calm and measurement")
                .isBetween(1.0, 1.8);
    }

    @Test
    void workLongerThanItsTimeIsDoneTwice() {
        assertThat(rate(0.5, 1).of(work(n -> 20))).isCloseTo(0.05, within(1e-9));
        assertThat(runs).isEqualTo(2);
    }
}
