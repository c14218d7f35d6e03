package dev.onda.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.onda.evaluate.Speakers.Speaker;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpeakersTest {

    @Test
    void countsClipsWhoseSpeakerIsKnown() {
        Speakers speakers = Speakers.of(new Judged(0.5, "yes", "no", "_silence_")
                .clip("yes", "ann", 0.9, 0.1, 0)
                .clip("no", "ben", 0.6, 0.4, 0)
                .clip("no", "ann", 0.1, 0.9, 0)
                .clip("yes", "ann", 0.4, 0.3, 0.3)
                .clip("yes", "", 0.1, 0.9, 0)
                .silence(0.9, 0.1, 0)
                .judgement());
        assertThat(speakers.speakers()).containsExactly(new Speaker("ben", 1, 0), new Speaker("ann", 3, 2));
    }

    @Test
    void ofEquallyWeakSpeakersTheOneWithMoreClipsComesFirst() {
        Speakers speakers = new Speakers(List.of(
                new Speaker("d", 1, 1),
                new Speaker("c", 1, 0),
                new Speaker("b", 1, 0),
                new Speaker("a", 4, 1),
                new Speaker("e", 2, 0)));
        assertThat(speakers.speakers()).extracting(Speaker::name).containsExactly("e", "b", "c", "a", "d");
    }

    /** Accuracies 0, 0.1, ... 1: the quantiles are the values themselves; with one fewer they lie between two. */
    @Test
    void summarisesByQuantiles() {
        List<Speaker> speakers = IntStream.rangeClosed(0, 10)
                .mapToObj(i -> new Speaker("s" + i, 10, i))
                .toList();
        Speakers eleven = new Speakers(speakers);
        assertThat(eleven.size()).isEqualTo(11);
        assertThat(eleven.median()).isCloseTo(0.5, within(1e-12));
        assertThat(eleven.tenthPercentile()).isCloseTo(0.1, within(1e-12));
        Speakers ten = new Speakers(speakers.subList(1, 11));
        assertThat(ten.median()).isCloseTo(0.55, within(1e-12));
        assertThat(ten.tenthPercentile()).isCloseTo(0.19, within(1e-12));
    }

    @Test
    void withoutSpeakersTheQuantilesAreZero() {
        Speakers none = new Speakers(List.of());
        assertThat(none.median()).isZero();
        assertThat(none.tenthPercentile()).isZero();
    }
}
