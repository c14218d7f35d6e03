package dev.onda.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onda.nn.kernel.Activation;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Windows that share work give what whole windows give. */
final class StreamPassTest {

    private static final int HOP = 64;
    private static final int WORDS = 5;
    private static final Layer NORM = new Layer.BatchNorm("n", 1e-3, 0.9);
    private static final Layer RELU = new Layer.Activation(Activation.RELU);
    private static final Layer POOL = new Layer.GlobalAveragePool();

    private static Layer last() {
        return new Layer.Dense("out", WORDS);
    }

    static List<Named<List<Layer>>> networks() {
        return List.of(
                Named.of(
                        "the article's kinds of layers",
                        List.of(
                                Layer.Conv1d.of("c1", 4, 30, Padding.SAME),
                                new Layer.Activation(Activation.TANH),
                                new Layer.MaxPool(2),
                                NORM,
                                new Layer.SpatialDropout(0.3),
                                Layer.Conv1d.of("c2", 6, 15, Padding.SAME),
                                RELU,
                                new Layer.MaxPool(2),
                                new Layer.Dense("d", 7),
                                RELU,
                                new Layer.Flatten(),
                                last())),
                Named.of(
                        "strides, residuals and groups",
                        List.of(
                                new Layer.Conv1d("c1", 6, 16, 4, 1, 1, Padding.SAME),
                                NORM,
                                RELU,
                                new Layer.Fork(),
                                new Layer.Conv1d("d2", 6, 5, 1, 1, 6, Padding.SAME),
                                Layer.Conv1d.of("p2", 6, 1, Padding.SAME),
                                new Layer.Add(),
                                new Layer.AveragePool(2),
                                Layer.Conv1d.of("c3", 8, 3, Padding.SAME),
                                RELU,
                                POOL,
                                last())),
                Named.of(
                        "only whole kernels",
                        List.of(
                                new Layer.Conv1d("c1", 5, 20, 4, 1, 1, Padding.VALID),
                                RELU,
                                new Layer.Conv1d("c2", 7, 3, 1, 2, 1, Padding.VALID),
                                POOL,
                                last())),
                Named.of(
                        "causal, looking ahead",
                        List.of(
                                new Layer.Conv1d("c1", 5, 20, 2, 1, 1, Padding.CAUSAL),
                                RELU,
                                new Layer.LookAhead(3),
                                new Layer.Conv1d("c2", 5, 4, 1, 3, 1, Padding.CAUSAL),
                                new Layer.Gru("g", 6),
                                POOL,
                                last())),
                Named.of(
                        "learned band-pass filters",
                        List.of(new Layer.SincConv1d("s", 4, 33, 4), NORM, RELU, new Layer.MaxPool(4), POOL, last())));
    }

    /** With 1,021 inputs, a prime, nothing divides the window. */
    @ParameterizedTest
    @MethodSource("networks")
    void givesWhatWholeWindowsGive(List<Layer> layers) {
        for (int time : new int[] {1_024, 1_021}) {
            Network network = random(layers, time);
            StreamPass stream = StreamPass.of(network, HOP, Kernels.best()).orElseThrow();
            agrees(
                    network,
                    stream.found(),
                    1e-5f,
                    (window, hop, found) -> stream.forward(window, found),
                    (x, hop) -> x);
        }
    }

    /** Sound beside zero, and windows of very different levels. */
    @ParameterizedTest
    @MethodSource("networks")
    void givesWhatLevelledWholeWindowsGive(List<Layer> layers) {
        for (int time : new int[] {1_024, 1_021}) {
            Network network = random(layers, time);
            StreamPass stream =
                    StreamPass.levelled(network, HOP, Kernels.best()).orElseThrow();
            agrees(
                    network,
                    stream.found(),
                    2e-5f,
                    (window, hop, found) -> stream.forward(window, middle(hop), scale(hop), found),
                    (x, hop) -> (x - middle(hop)) * scale(hop));
        }
    }

    private static float middle(int hop) {
        return 0.25f * hop - 1;
    }

    private static float scale(int hop) {
        return 3f / (1 + hop);
    }

    private interface Sharing {
        float[] forward(float[] window, int hop, StreamPass.Found found);
    }

    private interface Level {
        float of(float sample, int hop);
    }

    /** Whether twenty windows, two of them left out, give what each alone gives. */
    private static void agrees(Network network, StreamPass.Found found, float tolerance, Sharing sharing, Level level) {
        Pass whole = new Pass(network, Pass.Mode.USE, 1, Kernels.best(), new Workers(1));
        int time = network.input().time();
        float[] sound = sound(time + 20 * HOP);
        for (int hop = 0; hop < 20; hop++) {
            if (hop == 13) {
                hop = 15;
                found.forget();
            }
            float[] window = Arrays.copyOfRange(sound, hop * HOP, hop * HOP + time);
            float[] levelled = new float[time];
            for (int i = 0; i < time; i++) {
                levelled[i] = level.of(window[i], hop);
            }
            float[] expected = whole.forward(levelled, 1, 0).clone();
            float[] actual = sharing.forward(window, hop, found);
            for (int i = 0; i < WORDS; i++) {
                assertThat(actual[i])
                        .as("output %s of hop %s, %s inputs", i, hop, time)
                        .isCloseTo(expected[i], org.assertj.core.data.Offset.offset(tolerance * size(expected)));
            }
        }
    }

    @Test
    void twoStreamsDoNotDisturbEachOther() {
        Network network = random(networks().getFirst().getPayload(), 1_024);
        StreamPass pass = StreamPass.of(network, HOP, Kernels.best()).orElseThrow();
        float[] one = sound(1_024 + HOP);
        float[] other = sound(1_024 + HOP + 1);
        StreamPass.Found foundOne = pass.found();
        pass.forward(Arrays.copyOf(one, 1_024), foundOne);
        float[] alone = pass.forward(Arrays.copyOfRange(one, HOP, HOP + 1_024), foundOne)
                .clone();

        StreamPass.Found again = pass.found();
        StreamPass.Found foundOther = pass.found();
        pass.forward(Arrays.copyOf(one, 1_024), again);
        pass.forward(Arrays.copyOfRange(other, 1, 1_025), foundOther);
        assertThat(pass.forward(Arrays.copyOfRange(one, HOP, HOP + 1_024), again))
                .isEqualTo(alone);
    }

    @Test
    void sharesNothingWhereAllIsSeenEarlyOrFar() {
        List<Layer> early = List.of(
                Layer.Conv1d.of("c", 4, 3, Padding.SAME),
                new Layer.SqueezeExcitation("e", 2),
                Layer.Conv1d.of("big", 40, 9, Padding.SAME),
                POOL,
                last());
        List<Layer> far = List.of(Layer.Conv1d.of("c", 4, 999, Padding.SAME), POOL, last());

        assertThat(StreamPass.of(random(early, 1_024), HOP, Kernels.best())).isEmpty();
        assertThat(StreamPass.of(random(far, 1_024), HOP, Kernels.best())).isEmpty();
        assertThat(StreamPass.levelled(random(early, 1_024), HOP, Kernels.best()))
                .isEmpty();
        assertThat(StreamPass.levelled(random(far, 1_024), HOP, Kernels.best())).isEmpty();
    }

    private static Network random(List<Layer> layers, int time) {
        SplittableRandom random = new SplittableRandom(time);
        Network network = new Network(layers, new Shape(1, time)).initialize(Initialization.GLOROT_UNIFORM, random);
        for (Parameter p : network.parameters()) {
            if (p.role() != Parameter.Role.WEIGHT && !p.name().startsWith("s.")) {
                for (int i = 0; i < p.values().length; i++) {
                    p.values()[i] = (float) random.nextDouble(0.1, 1);
                }
            }
        }
        return network;
    }

    private static float[] sound(int length) {
        SplittableRandom random = new SplittableRandom(length);
        float[] x = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }

    private static float size(float[] x) {
        float most = 0;
        for (float value : x) {
            most = Math.max(most, Math.abs(value));
        }
        return most;
    }
}
