package dev.onda.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.onda.corpus.StoredClip;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuspectTest {

    private static final Judgement JUDGEMENT = new Judged(0.5, "yes", "no", "_silence_")
            .clip("yes", 0.9, 0.1, 0)
            .clip("yes", 0.01, 0.9, 0.09)
            .clip("no", 0.95, 0.05, 0)
            .clip("yes", 0.2, 0.7, 0.1)
            .clip("yes", 0.4, 0.3, 0.3)
            .silence(0.999, 0.0005, 0.0005)
            .judgement();

    @Test
    void theMostDoubtedLabelComesFirst() {
        List<Suspect> suspects = Suspect.of(JUDGEMENT, 3);
        assertThat(suspects).extracting(s -> s.clip().path()).containsExactly("clip1", "clip2", "clip3");
        Suspect first = suspects.getFirst();
        assertThat(first.label()).isEqualTo("yes");
        assertThat(first.likeliest()).isEqualTo("no");
        assertThat(first.labelPosterior()).isCloseTo(0.01, within(1e-6));
        assertThat(first.likeliestPosterior()).isCloseTo(0.9, within(1e-6));
        assertThat(first.loss()).isCloseTo(-Math.log(0.01), within(1e-6));
    }

    @Test
    void thereAreNoMoreThanClips() {
        assertThat(Suspect.of(JUDGEMENT, 100)).hasSize(5);
        assertThat(Suspect.of(JUDGEMENT, 0)).isEmpty();
    }

    @Test
    void confusionsHaveTheSurestExamplesFirst() {
        List<Confusion> confusions = Confusion.of(JUDGEMENT, 10, 5);
        assertThat(confusions)
                .extracting(Confusion::said, Confusion::heard, Confusion::clips)
                .containsExactly(
                        tuple("yes", "no", 2),
                        tuple("yes", "_silence_", 1),
                        tuple("no", "yes", 1),
                        tuple("_silence_", "yes", 1));
        assertThat(confusions)
                .extracting(c -> c.examples().stream().map(StoredClip::path).toList())
                .containsExactly(List.of("clip1", "clip3"), List.of("clip4"), List.of("clip2"), List.of());
        assertThat(Confusion.of(JUDGEMENT, 1, 1))
                .singleElement()
                .extracting(c -> c.examples().size())
                .isEqualTo(1);
    }
}
