package dev.onda.recognize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.onda.model.Model;
import dev.onda.model.StreamSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WordDecoderTest {

    private static final List<String> WORDS = List.of("yes", "no", Model.UNKNOWN);
    /** Two windows are averaged; the suppression is three hops long. */
    private static final StreamSettings SETTINGS = new StreamSettings(100, 200, 1, 0.6, 0.3, 300, 0);

    private final WordDecoder decoder = new WordDecoder(WORDS, SETTINGS);

    /** What is detected in windows whose posterior of one class is given; the rest of it is that of the last. */
    private List<Integer> decode(int word, double... posteriors) {
        List<Integer> detected = new ArrayList<>();
        for (double p : posteriors) {
            float[] window = new float[WORDS.size()];
            window[2] = (float) (1 - p);
            window[word] = (float) p;
            detected.add(decoder.next(window));
        }
        return detected;
    }

    @Test
    void asksForTheThresholdOfTheAverage() {
        assertThat(decode(0, 0.9, 0.29)).containsExactly(-1, -1);
        assertThat(decode(0, 0.92)).containsExactly(0);
        assertThat(decoder.score(0)).isCloseTo(0.605, within(1e-6));
    }

    @Test
    void namesAWordOnceUntilItHasFallenBelowTheRelease() {
        assertThat(decode(0, 1, 1, 1, 1, 1, 1, 1)).containsExactly(-1, 0, -1, -1, -1, -1, -1);
        // 0.5 and 0.3 on the average: not below the release.
        assertThat(decode(0, 0, 0.6, 1, 1)).containsExactly(-1, -1, -1, -1);
        // 0.5, then 0.
        assertThat(decode(0, 0, 0, 1, 1)).containsExactly(-1, -1, -1, 0);
    }

    @Test
    void suppressesAnotherWordForAWhile() {
        assertThat(decode(0, 1, 1)).containsExactly(-1, 0);
        // "no" is over the threshold from the second window on, three hops after "yes".
        assertThat(decode(1, 1, 1, 1)).containsExactly(-1, -1, 1);
    }

    @Test
    void neverNamesWhatIsNoWord() {
        assertThat(decode(2, 1, 1, 1, 1)).containsOnly(-1);
    }

    @Test
    void quietWindowsCountAsNothing() {
        decode(0, 1);
        decoder.quiet();
        assertThat(decoder.score(0)).isEqualTo(0.5);
        assertThat(decode(0, 1)).containsExactly(-1);
        assertThat(decode(0, 1)).containsExactly(0);
    }

    @Test
    void oneWindowNeedsNoAverage() {
        WordDecoder eager = new WordDecoder(WORDS, new StreamSettings(100, 100, 1, 0.6, 0.3, 0, 0));
        assertThat(eager.next(new float[] {0.1f, 0.7f, 0.2f})).isEqualTo(1);
        assertThat(eager.next(new float[] {0.7f, 0.2f, 0.1f})).isEqualTo(0);
    }

    @Test
    void aLowTemperatureMakesThePosteriorsMoreCertain() {
        WordDecoder sharp = new WordDecoder(WORDS, new StreamSettings(100, 100, 0.5, 0.6, 0.3, 0, 0));
        assertThat(sharp.next(new float[] {0.6f, 0.2f, 0.2f})).isEqualTo(0);
        // 0.36 of 0.36 + 0.04 + 0.04.
        assertThat(sharp.score(0)).isCloseTo(0.36 / 0.44, within(1e-6));
    }
}
