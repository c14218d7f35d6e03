package dev.onda.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.onda.corpus.ClipStore;
import dev.onda.corpus.LabelledClips;
import dev.onda.evaluate.Robustness.Point;
import dev.onda.model.Model;
import dev.onda.nn.kernel.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RobustnessTest {

    @TempDir
    private Path folder;

    private final Model model = Tones.model(0);

    private Robustness judge(ClipStore store, int threads, int mostClips, IntConsumer listener) {
        try (Workers workers = new Workers(threads)) {
            LabelledClips clips = Tones.clips(store, model.words());
            Evaluator evaluator = new Evaluator(model.network(), model.input().normalization(), 7, workers);
            return Robustness.of(evaluator, clips, model, mostClips, listener);
        }
    }

    @Test
    void eachDisturbanceTakesWhatItTakes() throws IOException {
        try (ClipStore store = Tones.store(folder, 30, true)) {
            Robustness robustness = judge(store, 1, 1_000, done -> {});
            assertThat(robustness.clips()).isEqualTo(90);
            assertThat(robustness.outOf()).isEqualTo(90);
            assertThat(robustness.undisturbed().right()).isGreaterThanOrEqualTo(60);
            assertThat(robustness.bySnrDb())
                    .extracting(Point::setting)
                    .containsExactly(20.0, 15.0, 10.0, 5.0, 0.0, -5.0);
            assertThat(robustness.bySnrDb().subList(3, 6))
                    .extracting(Point::accuracy)
                    .as("more noise, more mistakes")
                    .isSortedAccordingTo((a, b) -> Double.compare(b, a));
            assertThat(robustness.bySnrDb().getLast().accuracy())
                    .as("where the hum is louder, what is high sounds low")
                    .isLessThan(robustness.undisturbed().accuracy() - 0.3);
            assertThat(robustness.byGainDb())
                    .extracting(Point::setting)
                    .containsExactly(-40.0, -30.0, -20.0, -10.0, 0.0, 10.0, 20.0);
            assertThat(robustness.byGainDb().get(4).right())
                    .isEqualTo(robustness.undisturbed().right());
            assertThat(robustness.byGainDb().getFirst().right())
                    .as("without normalisation all that is soft is silence")
                    .isEqualTo(30);
            assertThat(robustness.byRecordingHz()).extracting(Point::setting).containsExactly(4_000.0, 6_000.0);
            assertThat(robustness.byRecordingHz().getFirst().right())
                    .as("3 kHz is above what 4 kHz can record: 30 clips are lost")
                    .isLessThanOrEqualTo(robustness.undisturbed().right() - 29);
            assertThat(robustness.undisturbed().interval())
                    .isEqualTo(Interval.wilson(robustness.undisturbed().right(), 90));
        }
    }

    @Test
    void theSameClipsGiveTheSameFiguresOnAnyThreads() throws IOException {
        try (ClipStore store = Tones.store(folder, 20, true)) {
            assertThat(judge(store, 3, 25, done -> {})).isEqualTo(judge(store, 1, 25, done -> {}));
        }
    }

    @Test
    void takesAsManyClipsAsItMayAndSaysHowMany() throws IOException {
        try (ClipStore store = Tones.store(folder, 20, true)) {
            List<Integer> progress = new ArrayList<>();
            Robustness robustness = judge(store, 1, 25, progress::add);
            assertThat(Robustness.turns(Tones.clips(store, model.words()), model))
                    .isEqualTo(16);
            assertThat(robustness.outOf()).isEqualTo(60);
            assertThat(robustness.clips()).isEqualTo(25);
            assertThat(robustness.undisturbed().clips()).isEqualTo(25);
            assertThat(progress).isSorted().startsWith(1).endsWith(25 * 16);
        }
    }

    @Test
    void withoutBackgroundThereIsNoNoise() throws IOException {
        try (ClipStore store = Tones.store(folder, 3, false)) {
            Robustness robustness = judge(store, 1, 10, done -> {});
            assertThat(robustness.bySnrDb()).isEmpty();
            assertThat(robustness.byGainDb()).hasSize(7);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> judge(store, 1, 0, done -> {}))
                    .withMessage("at least 1 clip is judged, not 0");
        }
    }

    @Test
    void gainClipsAndRoundsLikeAConverter() {
        float[] x = {9, 0.5f, -0.5f, 0.05f, -0.05f, 1e-5f, 9};
        Disturbances.gain(20).disturb(x, 1, 5, 0);
        assertThat(x).containsExactly(new float[] {9, 32767 / 32768f, -1, 0.5f, -0.5f, 3 / 32768f, 9}, within(1e-7f));
        float[] soft = {1e-4f};
        Disturbances.gain(-40).disturb(soft, 0, 1, 0);
        assertThat(soft).containsExactly(0);
    }

    @Test
    void aLowerRateLosesWhatIsAboveItsBand() {
        float[] low = wave(700);
        float[] high = wave(2_500);
        Disturbances.band(8_000, 4_000).disturb(low, 100, 4_000, 0);
        Disturbances.band(8_000, 4_000).disturb(high, 100, 4_000, 0);
        assertThat(power(low)).isCloseTo(0.5, within(0.01));
        assertThat(power(high)).isLessThan(1e-6);
        assertThat(high[50]).as("the neighbours are left alone").isEqualTo(wave(2_500)[50]);
    }

    private static float[] wave(double hertz) {
        float[] x = new float[4_200];
        for (int t = 0; t < x.length; t++) {
            x[t] = (float) Math.sin(2 * Math.PI * hertz * t / 8_000);
        }
        return x;
    }

    private static double power(float[] x) {
        double sum = 0;
        for (int t = 1_000; t < 3_000; t++) {
            sum += x[t] * x[t];
        }
        return sum / 2_000;
    }
}
