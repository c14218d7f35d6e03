package dev.onda.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onda.nn.kernel.Activation;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.ScalarKernels;
import dev.onda.nn.kernel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Equal seeds give equal bits, whatever the number of threads and the size of the batch in use. */
final class ThreadsTest {

    private static final Shape INPUT = new Shape(1, 257);
    private static final int WORDS = 7;
    private static final int BATCH = 9;

    static List<Kernels> kernels() {
        return List.of(Kernels.best(), new ScalarKernels());
    }

    /** Every kind of layer; its first dense layer is large enough for several tasks of everything. */
    private static Network network() {
        List<Layer> layers = List.of(
                Layer.Conv1d.of("c1", 6, 31, Padding.SAME),
                new Layer.Activation(Activation.TANH),
                new Layer.MaxPool(2),
                new Layer.BatchNorm("n1", 1e-3, 0.9),
                new Layer.SpatialDropout(0.3),
                new Layer.Conv1d("c2", 12, 9, 2, 1, 3, Padding.SAME),
                new Layer.BatchNorm("n2", 1e-3, 0.9),
                new Layer.Activation(Activation.RELU),
                new Layer.Dense("d1", 17),
                new Layer.Activation(Activation.TANH),
                new Layer.Dropout(0.3),
                new Layer.Flatten(),
                new Layer.Dense("d2", 33),
                new Layer.Activation(Activation.RELU),
                new Layer.Dense("d3", WORDS));
        return new Network(layers, INPUT).initialize(Initialization.GLOROT_UNIFORM, new SplittableRandom(42));
    }

    private static float[] clips(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] x = new float[count * INPUT.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void anyNumberOfThreadsTrainsToTheSameBits(Kernels kernels) {
        List<int[]> alone = trained(kernels, 1);
        for (int threads : new int[] {2, 3, 5}) {
            List<int[]> together = trained(kernels, threads);
            for (int i = 0; i < alone.size(); i++) {
                assertThat(together.get(i))
                        .as("%s threads, array %s", threads, i)
                        .isEqualTo(alone.get(i));
            }
        }
        Network untrained = network();
        for (int i = 0; i < untrained.parameters().size(); i++) {
            if (untrained.parameters().get(i).role() == Parameter.Role.WEIGHT) {
                assertThat(alone.get(i)).as("trained array " + i).isNotEqualTo(bits(untrained)[i]);
            }
        }
    }

    /** The bits of all parameters and moments after some steps on batches of changing size. */
    private static List<int[]> trained(Kernels kernels, int threads) {
        Network network = network();
        AdamState adam = new AdamState(Adam.withDecay(0.01), network);
        try (Workers workers = new Workers(threads)) {
            Pass pass = new Pass(network, Pass.Mode.TRAINING, BATCH, kernels, workers);
            float[] gradient = new float[BATCH * WORDS];
            int[] targets = new SplittableRandom(3).ints(BATCH, 0, WORDS).toArray();
            int[] sizes = {9, 2, 7, 1, 9};
            for (int step = 0; step < sizes.length; step++) {
                float[] logits = pass.forward(clips(sizes[step], step), sizes[step], 100 + step);
                new SoftmaxCrossEntropy(0.1).loss(logits, targets, sizes[step], WORDS, gradient);
                pass.backward(gradient);
                adam.step(pass, 1e-3, kernels, workers);
            }
        }
        List<int[]> all = new ArrayList<>(List.of(bits(network)));
        for (int i = 0; i < network.parameters().size(); i++) {
            all.add(bits(adam.mean(i)));
            all.add(bits(adam.square(i)));
        }
        return all;
    }

    private static int[][] bits(Network network) {
        return network.parameters().stream().map(p -> bits(p.values())).toArray(int[][]::new);
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void aClipsAnswerDoesNotDependOnItsBatch(Kernels kernels) {
        int count = 43;
        float[] x = clips(count, 77);
        Network network = network();
        try (Workers one = new Workers(1);
                Workers three = new Workers(3)) {
            float[] many = new Pass(network, Pass.Mode.USE, count, kernels, three).forward(x, count, 0);
            Pass single = new Pass(network, Pass.Mode.USE, 1, kernels, one);
            Pass roomy = new Pass(network, Pass.Mode.USE, 50, kernels, three);
            for (int clip = 0; clip < count; clip++) {
                float[] own = Arrays.copyOfRange(x, clip * INPUT.size(), (clip + 1) * INPUT.size());
                int[] expected = bits(Arrays.copyOfRange(many, clip * WORDS, (clip + 1) * WORDS));
                assertThat(bits(Arrays.copyOf(single.forward(own, 1, 0), WORDS)))
                        .as("clip " + clip)
                        .isEqualTo(expected);
                assertThat(bits(Arrays.copyOf(roomy.forward(own, 1, 5), WORDS)))
                        .as("clip " + clip)
                        .isEqualTo(expected);
            }
        }
    }
}
