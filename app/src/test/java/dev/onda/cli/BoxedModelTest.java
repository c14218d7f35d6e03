package dev.onda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onda.audio.Wave;
import dev.onda.model.Model;
import dev.onda.recognize.Recognizer;
import dev.onda.train.Epoch;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BoxedModelTest {

    private final Model model = read();

    private static Model read() {
        try {
            return BoxedModel.orFile(Optional.empty());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void knowsEighteenWordsAndWhatIsNone() {
        assertThat(model.words())
                .hasSize(20)
                .contains("yes", "no", "stop", "go", Model.UNKNOWN, Model.SILENCE)
                .endsWith(Model.UNKNOWN, Model.SILENCE);
        assertThat(model.memory().clips()).isPositive();
        assertThat(model.input().sampleRateHz()).isEqualTo(16_000);
    }

    @Test
    void bringsTheHistoryOfItsTraining() throws IOException {
        List<Epoch> history = BoxedModel.history();
        double best =
                history.stream().mapToDouble(Epoch::validationAccuracy).max().orElseThrow();
        assertThat(String.format(Locale.ROOT, "%.4f", best))
                .isEqualTo(model.provenance().figures().get("validationAccuracy"));
        assertThat(model.provenance().recipe()).containsEntry("epochs", Integer.toString(history.size()));
    }

    @Test
    void hearsNoWordWhereNoneIs() {
        Recognizer recognizer = new Recognizer(model);
        assertThat(recognizer.recognize(new Wave(new float[16_000], 16_000)).word())
                .isEqualTo(Model.SILENCE);
        SplittableRandom random = new SplittableRandom(1);
        for (double level : new double[] {1e-3, 1e-2, 0.1}) {
            float[] noise = new float[44_100];
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (float) (level * random.nextGaussian());
            }
            assertThat(Model.isWord(
                            recognizer.recognize(new Wave(noise, 44_100)).word()))
                    .as("noise of level %s", level)
                    .isFalse();
        }
    }
}
