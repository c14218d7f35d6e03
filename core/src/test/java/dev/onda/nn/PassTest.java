package dev.onda.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.offset;

import dev.onda.nn.kernel.Activation;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class PassTest {

    private static final Workers WORKERS = new Workers(2);
    private static final Shape INPUT = new Shape(2, 19);

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    private static Network network() {
        List<Layer> layers = List.of(
                new Layer.Dropout(0.2),
                Layer.Conv1d.of("c", 5, 4, Padding.SAME),
                new Layer.Activation(Activation.TANH),
                new Layer.SpatialDropout(0.4),
                new Layer.BatchNorm("n", 1e-3, 0.9),
                new Layer.MaxPool(3),
                new Layer.Flatten(),
                new Layer.Dropout(0.5),
                new Layer.Dense("d", 3));
        return new Network(layers, INPUT).initialize(Initialization.FAN_IN_UNIFORM, new SplittableRandom(2));
    }

    private static Pass pass(Network network, Pass.Mode mode) {
        return new Pass(network, mode, 4, Kernels.best(), WORKERS);
    }

    private static float[] clips(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] x = new float[count * INPUT.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }

    private static float[] answer(Pass pass, float[] x, int count, long seed) {
        return Arrays.copyOf(
                pass.forward(x, count, seed), count * pass.network().output().size());
    }

    @Test
    void sameSeedDropsTheSameAndAnotherDropsOthers() {
        float[] x = clips(4, 1);
        Pass pass = pass(network(), Pass.Mode.TRAINING);
        float[] first = answer(pass, x, 4, 5);
        assertThat(answer(pass, x, 4, 6)).isNotEqualTo(first);
        assertThat(answer(pass, x, 4, 5)).isEqualTo(first);
    }

    @Test
    void inUseNothingDropsAndNothingIsLearned() {
        Network network = network();
        float[] x = clips(4, 1);
        pass(network, Pass.Mode.TRAINING).forward(x, 4, 0);
        List<float[]> before =
                network.parameters().stream().map(p -> p.values().clone()).toList();
        Pass use = pass(network, Pass.Mode.USE);
        float[] first = answer(use, x, 4, 5);
        assertThat(answer(use, x, 4, 6)).isEqualTo(first);
        for (int i = 0; i < before.size(); i++) {
            assertThat(network.parameters().get(i).values()).isEqualTo(before.get(i));
        }
    }

    /** What the norm does is in the convolution's weights, so both have to be taken anew. */
    @Test
    void inUseANormBehindAConvolutionFollowsTheParameters() {
        Network network = new Network(
                        List.of(Layer.Conv1d.of("c", 3, 4, Padding.SAME), new Layer.BatchNorm("n", 1e-3, 0.9)), INPUT)
                .initialize(Initialization.FAN_IN_UNIFORM, new SplittableRandom(5));
        Network plain = network.first(1);
        Pass use = pass(network, Pass.Mode.USE);
        float[] x = clips(1, 6);
        float[] before = answer(use, x, 1, 0);
        float[][] values = {{-2, 0.5F, 3}, {1, -4, 0.25F}, {0.1F, -0.2F, 5}, {0.01F, 2, 30}};
        for (int i = 0; i < values.length; i++) {
            System.arraycopy(values[i], 0, network.parameters().get(2 + i).values(), 0, 3);
        }

        assertThat(answer(use, x, 1, 0)).isEqualTo(before);
        use.reload();
        float[] met = answer(use, x, 1, 0);

        float[] in = answer(pass(plain, Pass.Mode.USE), x, 1, 0);
        for (int i = 0; i < met.length; i++) {
            int c = i / INPUT.time();
            double wanted = values[0][c] * (in[i] - values[2][c]) / Math.sqrt(values[3][c] + 1e-3) + values[1][c];
            assertThat((double) met[i]).as("output %s", i).isCloseTo(wanted, offset(1e-4));
        }
    }

    @Test
    void neitherInputNorGradientIsChanged() {
        for (Pass.Mode mode : Pass.Mode.values()) {
            float[] x = clips(4, 1);
            float[] kept = x.clone();
            Pass pass = pass(network(), mode);
            pass.forward(x, 4, 5);
            assertThat(x).as("forward, " + mode).isEqualTo(kept);
            if (mode == Pass.Mode.TRAINING) {
                float[] dy = Arrays.copyOf(clips(1, 3), 12);
                float[] keptGradient = dy.clone();
                pass.backward(dy);
                assertThat(dy).isEqualTo(keptGradient);
                assertThat(x).as("backward").isEqualTo(kept);
            }
        }
    }

    @Test
    void goingBackTwiceGivesTheSameGradients() {
        Pass pass = pass(network(), Pass.Mode.TRAINING);
        float[] dy = Arrays.copyOf(clips(1, 3), 12);
        float[] x = clips(4, 1);
        pass.forward(x, 4, 5);
        pass.backward(dy);
        List<float[]> first = gradients(pass);
        pass.backward(dy);
        assertThat(gradients(pass)).usingRecursiveComparison().isEqualTo(first);
        assertThat(first.getFirst()).doesNotContain(Float.NaN).isNotEqualTo(new float[40]);
    }

    private static List<float[]> gradients(Pass pass) {
        int count = pass.network().parameters().size();
        float[][] all = new float[count][];
        for (int i = 0; i < count; i++) {
            all[i] = pass.gradient(i).clone();
        }
        return List.of(all);
    }

    @Test
    void aSmallBatchBehindALargeOneLeavesNothingOver() {
        float[] large = clips(4, 1);
        float[] small = clips(2, 9);
        float[] dy = Arrays.copyOf(clips(1, 3), 6);
        Pass used = pass(network(), Pass.Mode.TRAINING);
        used.forward(large, 4, 1);
        used.backward(Arrays.copyOf(clips(1, 4), 12));
        Pass fresh = pass(network(), Pass.Mode.TRAINING);
        assertThat(answer(used, small, 2, 7)).isEqualTo(answer(fresh, small, 2, 7));
        used.backward(dy);
        fresh.backward(dy);
        assertThat(gradients(used)).usingRecursiveComparison().isEqualTo(gradients(fresh));
    }

    @Test
    void aNetworkWithoutParametersGoesForwardAndBack() {
        Network network = new Network(List.of(new Layer.Activation(Activation.RELU), new Layer.MaxPool(2)), INPUT);
        Pass pass = pass(network, Pass.Mode.TRAINING);
        pass.forward(clips(2, 1), 2, 0);
        pass.backward(new float[2 * network.output().size()]);
        float[] x = clips(2, 1);
        Network empty = new Network(List.of(), INPUT);
        assertThat(pass(empty, Pass.Mode.USE).forward(x, 2, 0)).isEqualTo(x);
    }

    @Test
    void refusesClipsThatItHasNoRoomFor() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pass(network(), Pass.Mode.USE, 0, Kernels.best(), WORKERS))
                .withMessage("a batch holds at least 1 clip, not 0");
        Pass pass = pass(network(), Pass.Mode.USE);
        for (int count : new int[] {0, 5, -1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pass.forward(clips(5, 1), count, 0))
                    .withMessage("this pass takes 1 to 4 clips, not " + count);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pass.forward(new float[3 * 38 - 1], 3, 0))
                .withMessage("3 clips of shape (2, 19) are 114 numbers, not 113");
    }

    @Test
    void refusesToGoBackWhereItCannot() {
        Pass use = pass(network(), Pass.Mode.USE);
        use.forward(clips(1, 1), 1, 0);
        assertThatIllegalStateException()
                .isThrownBy(() -> use.backward(new float[12]))
                .withMessage("this pass was made for use, not for training");
        Pass training = pass(network(), Pass.Mode.TRAINING);
        assertThatIllegalStateException()
                .isThrownBy(() -> training.backward(new float[12]))
                .withMessage("there is no forward pass to go back over");
        training.forward(clips(4, 1), 4, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> training.backward(new float[11]))
                .withMessage("the gradient of 4 clips of shape (3, 1) is 12 numbers, not 11");
    }

    @Test
    void refusesToTrainWhatNothingIsInFrontOf() {
        Network squeezed = new Network(
                List.of(new Layer.SqueezeExcitation("e1", 2), new Layer.Flatten(), new Layer.Dense("out", 3)),
                new Shape(2, 6));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pass(squeezed, Pass.Mode.TRAINING))
                .withMessageContaining("put a convolution or a dense layer in front of it");
        assertThat(pass(squeezed, Pass.Mode.USE).forward(new float[12], 1, 0)).hasSize(12);
    }

    @Test
    void adamSparesBiasesAndNormsFromDecayAndStepsByItsRate() {
        Network network = network();
        Pass pass = pass(network, Pass.Mode.TRAINING);
        AdamState adam = new AdamState(Adam.withDecay(0.5), network);
        double rate = 1e-2;
        pass.forward(clips(4, 1), 4, 0);
        pass.backward(Arrays.copyOf(clips(1, 3), 12));
        List<float[]> before =
                network.parameters().stream().map(p -> p.values().clone()).toList();
        adam.step(pass, rate, Kernels.best(), WORKERS);
        assertThat(adam.steps()).isEqualTo(1);
        for (int i = 0; i < before.size(); i++) {
            Parameter p = network.parameters().get(i);
            if (!p.role().isTrained()) {
                assertThat(p.values()).isEqualTo(before.get(i));
                assertThat(adam.mean(i)).isEmpty();
                continue;
            }
            double shrink = p.role() == Parameter.Role.WEIGHT ? 1 - rate * 0.5 : 1;
            for (int j = 0; j < p.values().length; j++) {
                double step = -rate * Math.signum(pass.gradient(i)[j]);
                double moved = p.values()[j] - shrink * before.get(i)[j];
                assertThat(Math.abs(moved - step))
                        .as("%s[%s], gradient %s", p.name(), j, pass.gradient(i)[j])
                        .isLessThan(Math.abs(pass.gradient(i)[j]) > 1e-4 || step == 0 ? 2e-5 : rate);
            }
        }
    }

    @Test
    void adamRefusesNumbersOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Adam(0.9, 1, 1e-7, 0))
                .withMessage("Adam needs betas in [0, 1), a positive epsilon and a weight decay of at least 0,"
                        + " not 0.9, 1.0, 1.0E-7, 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> new Adam(0.9, 0.999, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Adam.withDecay(Double.NaN));
    }
}
