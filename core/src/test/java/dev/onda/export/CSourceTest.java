package dev.onda.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.onda.export.CSource.Weights;
import dev.onda.model.Architecture;
import dev.onda.model.InputFormat;
import dev.onda.model.Memory;
import dev.onda.model.Model;
import dev.onda.model.Normalization;
import dev.onda.model.Provenance;
import dev.onda.nn.Initialization;
import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Padding;
import dev.onda.nn.Parameter;
import dev.onda.nn.Shape;
import dev.onda.nn.kernel.Activation;
import dev.onda.recognize.Recognition;
import dev.onda.recognize.Recognizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exported C beside the recogniser it was exported from. */
class CSourceTest {

    private static final int RATE_HZ = 8_000;
    /** Odd, so that pools and strides leave rests. */
    private static final int WINDOW = 3_001;

    private static final List<String> WORDS = List.of("yes", "\"no\" \\ ??/*", "überall", Model.UNKNOWN);

    @TempDir
    private Path folder;

    @BeforeEach
    void needCompiler() {
        Compiled.needCompiler();
    }

    @ParameterizedTest
    @ValueSource(strings = {"m5", "article", "article-residual", "article-recurrent", "sinc", "onda-s"})
    void hearsWhatTheRecognizerHears(String architecture) throws IOException {
        Architecture named = Architecture.named(architecture).orElseThrow();
        Model model = model(named.layers().apply(WORDS.size()), Normalization.LEVEL);
        assertAgrees(Compiled.of(CSource.of(model, Weights.FLOAT, "onda test"), folder, "-O3"), model);
    }

    @ParameterizedTest
    @MethodSource("allLayers")
    void hearsWhatTheRecognizerHearsThroughAllLayers(List<Layer> layers, Normalization normalization)
            throws IOException {
        for (Weights weights : Weights.values()) {
            assertAgrees(model(layers, normalization), weights);
        }
    }

    static Stream<Arguments> allLayers() {
        Layer relu = new Layer.Activation(Activation.RELU);
        Layer tanh = new Layer.Activation(Activation.TANH);
        Layer mean = new Layer.GlobalAveragePool();
        Layer last = new Layer.Dense("out", WORDS.size());
        return Stream.of(
                Arguments.of(
                        List.of(
                                new Layer.Conv1d("int", 6, 9, 5, 3, 1, Padding.SAME),
                                new Layer.MaxPool(3),
                                tanh,
                                new Layer.Conv1d("2-a", 12, 4, 2, 2, 3, Padding.VALID),
                                new Layer.Conv1d("2_a", 12, 4, 1, 1, 12, Padding.CAUSAL),
                                relu,
                                new Layer.BatchNorm("*/ b", 1e-3, 0.9),
                                mean,
                                last),
                        Normalization.NONE),
                Arguments.of(
                        List.of(
                                new Layer.BatchNorm("first", 1e-3, 0.9),
                                new Layer.AveragePool(7),
                                new Layer.Fork(),
                                new Layer.Fork(),
                                new Layer.Conv1d("c1", 1, 3, 1, 1, 1, Padding.SAME),
                                new Layer.Add(),
                                relu,
                                new Layer.Add(),
                                new Layer.Conv1d("work", 4, 8, 2, 1, 1, Padding.CAUSAL),
                                new Layer.Fork(),
                                new Layer.SqueezeExcitation("e", 3),
                                new Layer.Add(),
                                new Layer.LookAhead(5),
                                new Layer.Fork(),
                                new Layer.Fork(),
                                new Layer.Add(),
                                new Layer.Add(),
                                new Layer.MaxPool(2),
                                new Layer.Gru("g", 5),
                                mean,
                                last),
                        Normalization.PEAK),
                Arguments.of(
                        List.of(
                                new Layer.Conv1d("c1", 4, 16, 16, 1, 1, Padding.VALID),
                                new Layer.Dense("d1", 6),
                                new Layer.BatchNorm("b1", 1e-3, 0.9),
                                new Layer.Activation(Activation.TANH),
                                new Layer.Dropout(0.5),
                                new Layer.Flatten(),
                                new Layer.BatchNorm("b2", 1e-3, 0.9),
                                new Layer.Dense("d2", 9),
                                last),
                        Normalization.LEVEL));
    }

    private void assertAgrees(Model model, Weights weights) throws IOException {
        Compiled compiled = Compiled.of(CSource.of(model, weights, "onda test"), folder);
        assertAgrees(compiled, weights == Weights.INT8 ? rounded(model) : model);
    }

    private static void assertAgrees(Compiled compiled, Model model) throws IOException {
        Recognizer recognizer = new Recognizer(model);
        List<short[]> windows = windows();
        List<Compiled.Heard> all = compiled.hear(windows, RATE_HZ);
        for (int i = 0; i < windows.size(); i++) {
            Recognition expected = recognizer.recognize(Compiled.wave(windows.get(i), RATE_HZ));
            assertThat(all.get(i).word()).isEqualTo(expected.word());
            for (Recognition.Guess guess : expected.ranking()) {
                assertThat(all.get(i).probabilities()[model.words().indexOf(guess.word())])
                        .as("window %d, %s", i, guess.word())
                        .isCloseTo(guess.score(), within(1e-4));
            }
        }
    }

    /** The same model with the weights that fit into bytes. */
    private static Model rounded(Model model) {
        Network network = model.network().folded();
        for (Parameter p : network.parameters()) {
            if (p.role() == Parameter.Role.WEIGHT) {
                float[] rounded = Int8.of(p.values(), p.shape()[0]).weights();
                System.arraycopy(rounded, 0, p.values(), 0, rounded.length);
            }
        }
        return new Model(
                model.architecture(),
                network,
                model.words(),
                model.input(),
                model.threshold(),
                Memory.NONE,
                Provenance.NONE);
    }

    /** A network whose norms have seen something, and that is sure of its words. */
    private static Model model(List<Layer> layers, Normalization normalization) {
        SplittableRandom random = new SplittableRandom(7);
        Network network = new Network(layers, new Shape(1, WINDOW)).initialize(Initialization.FAN_IN_UNIFORM, random);
        for (Parameter p : network.parameters()) {
            float[] values = p.values();
            switch (p.role()) {
                case RUNNING_MEAN, SHIFT, BIAS -> fill(values, random, -0.2, 0.2);
                case RUNNING_VARIANCE, SCALE -> fill(values, random, 0.5, 1.5);
                case WEIGHT, LOW_EDGE, BAND_WIDTH -> {}
            }
        }
        for (Parameter p : network.parameters()
                .subList(network.parameters().size() - 2, network.parameters().size())) {
            for (int i = 0; i < p.values().length; i++) {
                p.values()[i] *= 4;
            }
        }
        return new Model(
                "test",
                network,
                WORDS,
                new InputFormat(RATE_HZ, WINDOW, normalization),
                0.45,
                Memory.NONE,
                new Provenance("", "onda test */", Map.of(), Map.of()));
    }

    private static void fill(float[] values, SplittableRandom random, double from, double to) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(from, to);
        }
    }

    /** Silence, the loudest there is, noise that grows, a quiet one beside zero, tones. */
    private static List<short[]> windows() {
        SplittableRandom random = new SplittableRandom(3);
        List<short[]> windows = new ArrayList<>();
        windows.add(new short[WINDOW]);
        windows.add(window(i -> i % 80 < 40 ? Short.MIN_VALUE : Short.MAX_VALUE));
        windows.add(window(i -> 20_000.0 * i / WINDOW * random.nextDouble(-1, 1)));
        windows.add(window(i -> 300 + random.nextDouble(-20, 20)));
        for (double hertz : new double[] {150, 400, 1_100, 2_900}) {
            windows.add(window(i -> 9_000 * Math.sin(2 * Math.PI * hertz * i / RATE_HZ)));
        }
        return windows;
    }

    private static short[] window(IntToDoubleFunction sample) {
        short[] window = new short[WINDOW];
        for (int i = 0; i < WINDOW; i++) {
            window[i] = (short) Math.round(sample.applyAsDouble(i));
        }
        return window;
    }

    @ParameterizedTest
    @MethodSource("allLayers")
    void touchesNoMemoryButItsOwn(List<Layer> layers, Normalization normalization) throws IOException {
        String option = "-fsanitize=address,undefined";
        Compiled.needOption(option, folder);
        Model model = model(layers, normalization);
        CSource source = CSource.of(model, Weights.FLOAT, "onda test");
        assertAgrees(Compiled.of(source, folder, option, "-fno-sanitize-recover=all"), model);
    }

    @Test
    void refusesWhatDoesNotFit() throws IOException {
        Model model = model(Architecture.named("m5").orElseThrow().layers().apply(WORDS.size()), Normalization.NONE);
        Compiled compiled = Compiled.of(CSource.of(model, Weights.FLOAT, "onda test"), folder);
        List<short[]> windows = windows();
        assertThat(compiled.run(windows, WINDOW, 16_000, "own"))
                .isEqualTo(
                        new Compiled.Outcome(
                                1,
                                "2 onda: the sound has another sample rate than the 8000 Hz that this model hears: record or resample it so\n"));
        assertThat(compiled.run(windows, WINDOW - 1, RATE_HZ, "own"))
                .isEqualTo(
                        new Compiled.Outcome(
                                1,
                                "3 onda: a window of another length than the 3001 samples that this model hears: pass as many\n"));
        assertThat(compiled.run(windows, WINDOW, RATE_HZ, "0123456789abcdef").output())
                .isEqualTo(
                        "1 onda: onda_model.c is of another model than the onda_model.h that the caller was compiled with: "
                                + "compile both anew\n");
        assertThat(compiled.run(windows, WINDOW, RATE_HZ, ModelHash.of("onda-c-1", model))
                        .status())
                .isZero();
    }

    /** A program that was compiled with the header of one model, with the source of another. */
    @Test
    void aNewModelBehindAnOldProgramIsFoundOut() throws IOException {
        List<Layer> layers = Architecture.named("m5").orElseThrow().layers().apply(WORDS.size());
        Model model = model(layers, Normalization.NONE);
        Compiled.of(CSource.of(model, Weights.FLOAT, "onda test"), folder);
        Model other = new Model(
                "test",
                model.network(),
                List.of("no", "yes", "up", "down"),
                model.input(),
                0,
                Memory.NONE,
                Provenance.NONE);
        CSource.of(other, Weights.FLOAT, "onda test").write(folder);
        Compiled.compile(folder, new String[0], "-c", "onda_model.c");
        assertThat(Compiled.link(folder).run(windows(), WINDOW, RATE_HZ, "own").output())
                .startsWith("1 onda: onda_model.c is of another model than ")
                .hasLineCount(1);
    }

    /** Of two trainings of one network on the same words. */
    @Test
    void aHeaderAndASourceOfDifferentTrainingsDoNotCompile() throws IOException {
        List<Layer> layers = List.of(new Layer.GlobalAveragePool(), new Layer.Dense("out", WORDS.size()));
        Model model = model(layers, Normalization.NONE);
        CSource.of(model, Weights.FLOAT, "onda test").write(folder);
        String header = Files.readString(folder.resolve("onda_model.h"));
        model.network().parameters().getFirst().values()[1] += 0.25f;
        CSource.of(model, Weights.FLOAT, "onda test").write(folder);
        Compiled.compile(folder, new String[0], "-c", "onda_model.c");
        Files.writeString(folder.resolve("onda_model.h"), header);
        assertThatThrownBy(() -> Compiled.compile(folder, new String[0], "-c", "onda_model.c"))
                .hasMessageContaining("onda_model.h is of another export than onda_model.c: take both from one");
    }

    @Test
    void theDocumentedProgramCompiles() throws IOException {
        List<Layer> layers = List.of(new Layer.GlobalAveragePool(), new Layer.Dense("out", WORDS.size()));
        CSource.of(model(layers, Normalization.NONE), Weights.FLOAT, "onda test")
                .write(folder);
        Compiled.writeDocumented(Path.of("../docs/export.md"), folder.resolve("listen.c"));
        Compiled.compile(folder, new String[0], "-o", "listen", "listen.c", "onda_model.c", "-lm");
    }

    @Test
    void saysWhatItIsAndWhoIsToBeCredited() throws IOException {
        List<Layer> layers = List.of(new Layer.GlobalAveragePool(), new Layer.Dense("out", WORDS.size()));
        Model plain = model(layers, Normalization.NONE);
        Model model = new Model(
                "test",
                plain.network(),
                WORDS,
                plain.input(),
                0,
                Memory.NONE,
                new Provenance("", "onda 1", Map.of(), Map.of(), "Words, A. Body */, https://example.org/by"));
        CSource source = CSource.of(model, Weights.FLOAT, "onda 2");
        assertThat(source.header())
                .startsWith("/* Written by onda export: onda 2 */\n")
                .contains("trained by onda 1.")
                .contains("It learned from: Words, A. Body _/, https://example.org/by\n")
                .contains(
                        "#define ONDA_STREAM_HOP_SAMPLES 1024u\n",
                        "#define ONDA_STREAM_WINDOWS 3\n",
                        "#define ONDA_STREAM_TEMPERATURE 0.5f\n",
                        "#define ONDA_STREAM_THRESHOLD 0.9f\n",
                        "#define ONDA_STREAM_RELEASE 0.45f\n",
                        "#define ONDA_STREAM_SUPPRESSED 4\n");
        assertThat(CSource.foreign(folder)).isEmpty();
        source.write(folder);
        assertThat(CSource.foreign(folder)).isEmpty();
        Files.writeString(folder.resolve("onda_model.c"), "int main(void) { return 0; }\n");
        assertThat(CSource.foreign(folder)).contains(folder.resolve("onda_model.c"));
    }

    @Test
    void saysWhatItNeeds() throws IOException {
        Model model = model(Architecture.named("m5").orElseThrow().layers().apply(WORDS.size()), Normalization.NONE);
        CSource source = CSource.of(model, Weights.FLOAT, "onda test");
        CSource small = CSource.of(model, Weights.INT8, "onda test");
        long numbers = model.network().folded().size();
        // The window and behind it c1, pooled: 32 channels of 182; then the sums of one of its channels, 731.
        assertThat(source.ramBytes()).isEqualTo(4 * (3_001 + 32 * 182 + 731));
        assertThat(source.flashBytes()).isBetween(4 * (int) numbers, 4 * (int) numbers + 100);
        assertThat(small.ramBytes()).isEqualTo(source.ramBytes());
        assertThat(small.flashBytes()).isBetween((int) numbers, (int) numbers + 3_000);
        assertThat(source.header())
                .contains("#define ONDA_SAMPLE_RATE_HZ 8000u")
                .contains("#define ONDA_WINDOW_SAMPLES 3001u")
                .contains("#define ONDA_WORD_COUNT 4")
                .contains("#define ONDA_THRESHOLD 0.45f")
                .contains(String.format("%,d bytes of RAM", source.ramBytes()))
                .doesNotContain("@");
        assertThat(source.source()).doesNotContain("@", "malloc");
        // Of a residual block: what is added, what it is added to, and what is between; and the sums of a channel.
        Network large = Architecture.named("onda-m").orElseThrow().network(WORDS.size(), 16_000);
        InputFormat input = new InputFormat(16_000, 16_000, Normalization.NONE);
        Model medium = new Model("onda-m", large, WORDS, input, 0, Memory.NONE, Provenance.NONE);
        assertThat(CSource.of(medium, Weights.FLOAT, "onda test").ramBytes()).isEqualTo(4 * (3 * 64 * 250 + 250));
        source.write(folder.resolve("new"));
        assertThat(Files.readString(folder.resolve("new").resolve("onda_model.c")))
                .isEqualTo(source.source());
    }

    @Test
    void refusesWeightsThatAreNoNumbers() {
        Model model = model(Architecture.named("m5").orElseThrow().layers().apply(WORDS.size()), Normalization.NONE);
        model.network().parameters().getFirst().values()[3] = Float.NaN;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CSource.of(model, Weights.FLOAT, "onda test"))
                .withMessage("a weight of the model is NaN; C has no number for it");
    }
}
