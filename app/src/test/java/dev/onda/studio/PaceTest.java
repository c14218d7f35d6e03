package dev.onda.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final Pace pace = new Pace();

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds) - 7; // clocks begin anywhere
    }

    @Test
    void tellsWhatIsLeftFromHowFastItWas() {
        assertThat(pace.secondsLeft(0, 100, seconds(0))).as("nothing is known").isEmpty();
        assertThat(pace.secondsLeft(20, 100, seconds(10))).hasValue(40);
        assertThat(pace.secondsLeft(50, 100, seconds(20))).hasValue(20);
        assertThat(pace.secondsLeft(100, 100, seconds(30))).as("done").isEmpty();
    }

    @Test
    void countsWhatWasDoneBeforeItBeganAsNoSpeed() {
        assertThat(pace.secondsLeft(900, 1_000, seconds(0))).isEmpty();
        assertThat(pace.secondsLeft(950, 1_000, seconds(100))).hasValue(100);
    }

    @Test
    void beginsAnewWithEachStage() {
        pace.secondsLeft(0, 100, seconds(0));
        pace.secondsLeft(50, 100, seconds(100));
        assertThat(pace.secondsLeft(0, 600, seconds(100))).as("another total").isEmpty();
        assertThat(pace.secondsLeft(300, 600, seconds(103))).hasValue(3);
        assertThat(pace.secondsLeft(10, 600, seconds(104)))
                .as("less than was done")
                .isEmpty();
    }

    @Test
    void tellsNothingFromLessThanTwoSeconds() {
        pace.secondsLeft(0, 100, 0);
        assertThat(pace.secondsLeft(1, 100, TimeUnit.MILLISECONDS.toNanos(1_999)))
                .isEmpty();
    }
}
