package dev.onda.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onda.corpus.ClipStore;
import dev.onda.corpus.LabelledClips;
import dev.onda.corpus.StoredClip;
import dev.onda.model.Model;
import dev.onda.nn.kernel.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgementTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.93, 1})
    void isWhatTheEvaluatorCounts(double threshold) throws IOException {
        Model model = Tones.model(threshold);
        try (ClipStore store = Tones.store(folder, 12, true);
                Workers workers = new Workers(2)) {
            LabelledClips clips = Tones.clips(store, model.words());
            Evaluator evaluator = new Evaluator(model.network(), model.input().normalization(), 5, workers);
            List<Integer> done = new ArrayList<>();
            Judgement judgement = Judgement.of(evaluator, clips, model, done::add);
            Evaluation counted =
                    evaluator.evaluate(clips, model.words(), threshold, Evaluator.Disturbance.NONE, d -> {});
            assertThat(judgement.evaluation().confusion()).isDeepEqualTo(counted.confusion());
            assertThat(judgement.evaluation().loss()).isEqualTo(counted.loss());
            assertThat(done).hasSize(36).endsWith(36);
            assertThat(judgement.source(0)).contains(store.clip(0));
            assertThat(judgement.source(35)).isEmpty();
            assertThat(judgement.label(35)).isEqualTo(2);
            assertThat(judgement.source(12).map(StoredClip::word)).contains("low");
        }
    }

    @Test
    void aPosteriorStaysOnItsSideOfTheThreshold() {
        float exact = 0.7f;
        double above = Math.nextUp((double) exact);
        double below = Math.nextDown((double) exact);
        Judgement refused = new Judged(above, "yes", "_unknown_")
                .clip("yes", exact, 1 - exact)
                .judgement();
        assertThat(refused.posteriors(0)[0] >= refused.threshold()).isFalse();
        assertThat(refused.heard(0)).isEqualTo(1);
        Judgement accepted =
                new Judged(exact, "yes", "_unknown_").clip("yes", exact, 0.3).judgement();
        assertThat(accepted.posteriors(0)[0] >= accepted.threshold()).isTrue();
        assertThat(accepted.heard(0)).isZero();
        Judgement justBelow =
                new Judged(exact, "yes", "_unknown_").clip("yes", below, 0.3).judgement();
        assertThat(justBelow.posteriors(0)[0] >= justBelow.threshold()).isFalse();
    }

    @Test
    void whatIsDoubtedCountsForUnknownElseForSilenceElseForItself() {
        assertThat(new Judged(0.9, "yes", "_silence_", "_unknown_")
                        .clip("yes", 0.6, 0.3, 0.1)
                        .judgement()
                        .heard(0))
                .isEqualTo(2);
        assertThat(new Judged(0.9, "yes", "_silence_")
                        .clip("yes", 0.6, 0.4)
                        .judgement()
                        .heard(0))
                .isEqualTo(1);
        Judgement words = new Judged(0.9, "yes", "no").clip("no", 0.6, 0.4).judgement();
        assertThat(words.heard(0)).isZero();
        assertThat(words.likeliest(0)).isZero();
    }
}
