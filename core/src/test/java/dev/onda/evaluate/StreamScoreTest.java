package dev.onda.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamScoreTest {

    private final List<StreamEvent> events = new ArrayList<>();
    private final List<Heard> heard = new ArrayList<>();

    private StreamScoreTest said(String word, double start, double end) {
        events.add(new StreamEvent(StreamEvent.Kind.WORD, word, start, end));
        return this;
    }

    private StreamScoreTest other(double start, double end) {
        events.add(new StreamEvent(StreamEvent.Kind.UNKNOWN_WORD, "tree", start, end));
        return this;
    }

    private StreamScoreTest heard(String word, double time) {
        heard.add(new Heard(word, time));
        return this;
    }

    private StreamScore score() {
        return StreamScore.of(events, heard, 0.5);
    }

    /** Right, wrong, missed, false accepts. */
    private void assertCounts(int... counts) {
        StreamScore score = score();
        assertThat(new int[] {score.right(), score.wrong(), score.missed(), score.falseAccepts()})
                .isEqualTo(counts);
    }

    @Test
    void wordsAreRightWrongOrMissed() {
        said("yes", 1, 1.5)
                .said("no", 3, 3.5)
                .said("up", 5, 5.5)
                .heard("yes", 1.6)
                .heard("up", 3.7);
        assertCounts(1, 1, 1, 0);
        assertThat(score().matchedRate()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(score().wrongRate()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(score().missedRate()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(score().interval()).isEqualTo(Interval.wilson(1, 3));
    }

    @Test
    void aWordIsWithinReachFromItsStartToThreeQuartersOfASecondAfterItsEnd() {
        said("yes", 1, 1.5).heard("yes", 1);
        assertCounts(1, 0, 0, 0);
        heard.set(0, new Heard("yes", 2.25));
        assertCounts(1, 0, 0, 0);
        heard.set(0, new Heard("yes", Math.nextDown(1.0)));
        assertCounts(0, 0, 1, 1);
        heard.set(0, new Heard("yes", Math.nextUp(2.25)));
        assertCounts(0, 0, 1, 1);
    }

    @Test
    void aWordIsMatchedOnce() {
        said("yes", 1, 1.5).heard("yes", 1.3).heard("yes", 1.9);
        assertCounts(1, 0, 0, 1);
        assertThat(score().inBackground()).isZero();
        assertThat(score().inOtherSpeech()).isZero();
        assertThat(score().delaysMs()[0]).isCloseTo(-200, within(1e-9));
    }

    @Test
    void theFirstDetectionCountsEvenIfTheSecondWereRight() {
        said("yes", 1, 1.5).heard("no", 1.3).heard("yes", 1.9);
        assertCounts(0, 1, 0, 1);
    }

    @Test
    void ofTwoWordsWithinReachTheOneThatIsNamedIsMatchedElseTheEarlier() {
        said("yes", 1, 1.5).said("no", 2, 2.5).heard("no", 2.1);
        assertCounts(1, 0, 1, 0);
        heard.set(0, new Heard("up", 2.1));
        heard("no", 2.2);
        assertCounts(1, 1, 0, 0);
    }

    @Test
    void falseAcceptsAreCountedWhereTheyAre() {
        said("yes", 1, 1.5)
                .other(4, 4.5)
                .heard("no", 0.5)
                .heard("yes", 1.5)
                .heard("up", 5.25)
                .heard("up", 5.26);
        StreamScore score = score();
        assertThat(score.right()).isEqualTo(1);
        assertThat(score.falseAccepts()).isEqualTo(3);
        assertThat(score.inOtherSpeech()).isEqualTo(1);
        assertThat(score.inBackground()).isEqualTo(2);
        assertThat(score.falseAcceptsPerHour()).isEqualTo(6);
    }

    @Test
    void delaysAreThoseOfRightWordsByNearestRank() {
        for (int i = 0; i < 20; i++) {
            said("yes", 10 * i, 10 * i + 0.5).heard(i == 19 ? "no" : "yes", 10 * i + 0.5 + 0.01 * (i + 1));
        }
        assertThat(score().delayMs(0.5)).hasValueCloseTo(100.0, within(1e-6));
        assertThat(score().delayMs(0.95)).hasValueCloseTo(190.0, within(1e-6));
        assertThat(score().delayMs(1)).hasValueCloseTo(190.0, within(1e-6));
    }

    @Test
    void nothingSaidAndNothingHeardIsNoFigure() {
        assertCounts(0, 0, 0, 0);
        assertThat(score().matchedRate()).isZero();
        assertThat(score().delayMs(0.5)).isEmpty();
    }
}
