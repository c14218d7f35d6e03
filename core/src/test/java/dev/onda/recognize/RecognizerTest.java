package dev.onda.recognize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.onda.audio.Wave;
import dev.onda.model.InputFormat;
import dev.onda.model.Memory;
import dev.onda.model.Model;
import dev.onda.model.ModelFile;
import dev.onda.model.Normalization;
import dev.onda.model.Provenance;
import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Padding;
import dev.onda.nn.Shape;
import dev.onda.nn.kernel.Activation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model of which one can say by hand what it hears: "low" in slow waves, "high" in fast ones. */
class RecognizerTest {

    private static final int RATE_HZ = 8_000;
    private static final int WINDOW = 4_000;

    @TempDir
    private Path folder;

    private final Recognizer recognizer = new Recognizer(model());

    /** Sums of neighbours are large for slow waves, differences for fast ones. */
    static Model model() {
        Network network = new Network(
                List.of(
                        Layer.Conv1d.of("c", 2, 2, Padding.VALID),
                        new Layer.Activation(Activation.RELU),
                        new Layer.GlobalAveragePool(),
                        new Layer.Dense("out", 3)),
                new Shape(1, WINDOW));
        fill(network, 0, 1, 1, -1, 1);
        fill(network, 2, 9, 0, 0, 9, 0, 0);
        fill(network, 3, 0, 0, -3);
        InputFormat input = new InputFormat(RATE_HZ, WINDOW, Normalization.PEAK);
        return new Model("by hand", network, List.of("low", "high", "never"), input, 0, Memory.NONE, Provenance.NONE);
    }

    private static void fill(Network network, int parameter, float... values) {
        System.arraycopy(values, 0, network.parameters().get(parameter).values(), 0, values.length);
    }

    static Wave tone(double hertz, int samples, int rateHz) {
        float[] x = new float[samples];
        for (int i = 0; i < samples; i++) {
            x[i] = (float) (0.5 * Math.sin(2 * Math.PI * hertz * i / rateHz));
        }
        return new Wave(x, rateHz);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 399, 3_999, 4_000, 4_001, 20_000})
    void ranksAllWordsWithScoresThatAddUpToOne(int samples) {
        Recognition heard = recognizer.recognize(tone(300, samples, RATE_HZ));
        assertThat(heard.ranking()).hasSize(3);
        assertThat(heard.ranking().stream()
                        .mapToDouble(Recognition.Guess::score)
                        .sum())
                .isCloseTo(1, within(1e-12));
        assertThat(heard.ranking())
                .extracting(Recognition.Guess::score)
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(heard.word()).isEqualTo(heard.ranking().getFirst().word());
        assertThat(heard.score()).isEqualTo(heard.ranking().getFirst().score());
    }

    @ParameterizedTest
    @ValueSource(ints = {7_999, RATE_HZ, 11_025, 16_000, 22_050, 44_100, 48_000})
    void aClipOfAnyRateIsHeardTheSame(int rateHz) {
        for (double hertz : new double[] {300, 3_000}) {
            Recognition own = recognizer.recognize(tone(hertz, WINDOW, RATE_HZ));
            Recognition other = recognizer.recognize(tone(hertz, rateHz / 2, rateHz));
            assertThat(own.word()).isEqualTo(hertz < 1_000 ? "low" : "high");
            assertThat(other.word()).isEqualTo(own.word());
            assertThat(other.score()).isCloseTo(own.score(), within(0.03));
        }
    }

    @Test
    void ofALongClipTheLoudestWindowIsHeard() {
        float[] x = tone(300, 3 * WINDOW, RATE_HZ).samples();
        for (int i = 0; i < x.length; i++) {
            x[i] *= 0.1f;
        }
        Wave high = tone(3_000, WINDOW, RATE_HZ);
        System.arraycopy(high.samples(), 0, x, 5_000, WINDOW);
        Recognition heard = recognizer.recognize(new Wave(x, RATE_HZ));
        assertThat(heard.word()).isEqualTo("high");
        assertThat(heard.score()).isCloseTo(recognizer.recognize(high).score(), within(1e-3));
    }

    @Test
    void leavesTheWaveAndTheNextAnswerAlone() {
        Wave wave = tone(300, WINDOW, RATE_HZ);
        Recognition first = recognizer.recognize(wave);
        assertThat(wave.samples()).isEqualTo(tone(300, WINDOW, RATE_HZ).samples());
        recognizer.recognize(tone(3_000, 17, RATE_HZ));
        assertThat(recognizer.recognize(wave)).isEqualTo(first);
    }

    @Test
    void hearsTheSameFromAFile() throws IOException {
        ModelFile.write(folder.resolve("m"), model());
        Wave wave = tone(300, 1_000, RATE_HZ);
        assertThat(Recognizer.load(folder.resolve("m")).recognize(wave)).isEqualTo(recognizer.recognize(wave));
    }

    @ParameterizedTest
    @ValueSource(doubles = {300, 900, 3_000})
    void hearsTheSameInPlainArithmetic(double hertz) {
        Wave wave = tone(hertz, WINDOW, RATE_HZ);
        List<Recognition.Guess> plain =
                Recognizer.forFewClips(model()).recognize(wave).ranking();
        List<Recognition.Guess> vectors = recognizer.recognize(wave).ranking();
        for (int i = 0; i < plain.size(); i++) {
            assertThat(plain.get(i).word()).isEqualTo(vectors.get(i).word());
            assertThat(plain.get(i).score()).isCloseTo(vectors.get(i).score(), within(1e-5));
        }
    }

    @Test
    void refusesAnEmptyWaveButNotASingleSample() {
        for (int rateHz : new int[] {RATE_HZ, 192_000}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> recognizer.recognize(new Wave(new float[0], rateHz)))
                    .withMessageContaining("0 samples");
            assertThat(recognizer
                            .recognize(new Wave(new float[] {0.5f}, rateHz))
                            .ranking())
                    .hasSize(3);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Recognition("low", 1, List.of()))
                .withMessage("a ranking has at least one word");
    }
}
