package dev.onda.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.onda.nn.kernel.Activation;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.ScalarKernels;
import dev.onda.nn.kernel.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Gradients of whole chains of layers against central differences of the loss along random directions, parameter by
 * parameter. A convolution in front of each chain makes the chain's input gradient show in its own parameters.
 */
final class FiniteDifferenceTest {

    private static final Shape INPUT = new Shape(2, 33);
    private static final int CLIPS = 3;
    private static final int DIRECTIONS = 2;
    private static final float STEP = 0x1p-12f;
    /** Directions tried until one leads over no kink of a relu or a max pool. */
    private static final int TRIES = 20;
    /** Of the gradient's norm: what float32 and curvature may cost. */
    private static final double TOLERANCE = 2e-2;

    private static final Workers WORKERS = new Workers(2);

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "conv",
                "strided",
                "dilated",
                "depthwise",
                "dense",
                "bn",
                "relu",
                "tanh",
                "maxpool",
                "avgpool",
                "globalavg",
                "flatten dense",
                "dropout",
                "spatial",
                "conv tanh dropout",
                "conv tanh spatial",
                "conv relu bn maxpool dropout",
                "bn tanh dropout",
                "bn relu spatial dropout",
                "dropout dropout tanh tanh",
                "tanh relu tanh dropout relu",
                "dropout tanh bn bn relu",
                "tanh bn tanh bn",
                "conv dropout bn spatial tanh",
                "maxpool tanh avgpool relu flatten dropout dense",
                "maxpool dropout maxpool spatial flatten tanh",
                "flatten bn dense bn relu dropout dense",
                "strided bn relu depthwise bn relu dense bn relu globalavg dropout dense",
                "excitation",
                "gru",
                "conv tanh gru bn",
                "conv lookahead causal tanh",
                "fork add",
                "conv fork tanh add",
                "conv bn fork relu conv add",
                "conv fork fork conv bn add relu add dropout",
                "conv bn tanh fork conv bn excitation add tanh fork conv tanh conv bn add maxpool globalavg dense",
                "conv tanh maxpool bn spatial conv relu maxpool bn spatial dense tanh bn dense relu bn dropout flatten dense",
            })
    void gradientsAreThoseOfTheLoss(String chain) {
        for (Kernels kernels : List.of(Kernels.best(), new ScalarKernels())) {
            for (long seed = 1; seed <= 2; seed++) {
                new Probe(chain, kernels, seed).assertGradients();
            }
        }
    }

    @Test
    void theEdgesOfSincFiltersHaveTheGradientsOfTheLoss() {
        for (Kernels kernels : List.of(Kernels.best(), new ScalarKernels())) {
            for (int stride = 1; stride <= 2; stride++) {
                List<Layer> layers = List.of(
                        new Layer.SincConv1d("s", 5, 21, stride),
                        new Layer.Activation(Activation.TANH),
                        new Layer.Dense("d", 3));
                new Probe("sinc, stride " + stride, layers, new Shape(1, 40), kernels, 1).assertGradients();
            }
        }
    }

    @Test
    void aBiasInFrontOfABatchNormHasNoGradient() {
        for (String chain : List.of("conv bn tanh", "dense bn", "depthwise bn relu dropout")) {
            Probe probe = new Probe(chain, Kernels.best(), 3);
            probe.pass.forward(probe.x, CLIPS, probe.seed);
            probe.pass.backward(probe.weights);
            assertThat(probe.gradient("1.bias")).as(chain).containsOnly(0f);
            assertThat(probe.gradient("0.bias")).as(chain).doesNotContain(0f);
        }
    }

    @Test
    void crossEntropysGradientIsThatOfItsLoss() {
        for (double smoothing : new double[] {0, 0.1}) {
            SplittableRandom random = new SplittableRandom(9);
            float[] logits = gaussian(4 * 7, 2, random);
            int[] targets = {0, 6, 3, 3};
            SoftmaxCrossEntropy entropy = new SoftmaxCrossEntropy(smoothing);
            float[] gradient = new float[logits.length];
            float[] ignored = new float[logits.length];
            entropy.loss(logits, targets, 4, 7, gradient);
            for (int i = 0; i < logits.length; i++) {
                float kept = logits[i];
                logits[i] = kept + STEP;
                double above = logits[i];
                double loss = entropy.loss(logits, targets, 4, 7, ignored);
                logits[i] = kept - STEP;
                double slope = (loss - entropy.loss(logits, targets, 4, 7, ignored)) / (above - logits[i]);
                logits[i] = kept;
                assertThat((double) gradient[i])
                        .as("logit %s, smoothing %s", i, smoothing)
                        .isCloseTo(slope, within(1e-6));
            }
        }
    }

    private static float[] gaussian(int size, double deviation, SplittableRandom random) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }

    /** A network of a chain, clips, and a loss: a weighted sum of all outputs. */
    private static final class Probe {
        private final String chain;
        private final long seed;
        private final Network network;
        private final Pass pass;
        private final float[] x;
        private final float[] weights;
        private final SplittableRandom random;
        private double noise;

        Probe(String chain, Kernels kernels, long seed) {
            this(chain, layers(chain), INPUT, kernels, seed);
        }

        Probe(String chain, List<Layer> layers, Shape input, Kernels kernels, long seed) {
            this.chain = chain;
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            network = new Network(layers, input).initialize(Initialization.FAN_IN_UNIFORM, random);
            for (Parameter p : network.parameters()) {
                if (p.role() == Parameter.Role.SCALE || p.role() == Parameter.Role.SHIFT) {
                    for (int i = 0; i < p.values().length; i++) {
                        p.values()[i] += (float) (0.3 * random.nextGaussian());
                    }
                }
            }
            pass = new Pass(network, Pass.Mode.TRAINING, CLIPS + 1, kernels, WORKERS);
            x = gaussian(CLIPS * input.size(), 1, random);
            weights = gaussian(CLIPS * network.output().size(), 1, random);
        }

        private static List<Layer> layers(String chain) {
            List<Layer> layers = new ArrayList<>();
            layers.add(Layer.Conv1d.of("0", 4, 3, Padding.SAME));
            for (String kind : chain.split(" ", -1)) {
                layers.add(layer(kind, Integer.toString(layers.size())));
            }
            return layers;
        }

        private static Layer layer(String kind, String name) {
            return switch (kind) {
                case "conv" -> Layer.Conv1d.of(name, 5, 7, Padding.SAME);
                case "strided" -> new Layer.Conv1d(name, 6, 5, 2, 1, 1, Padding.VALID);
                case "dilated" -> new Layer.Conv1d(name, 6, 5, 1, 3, 2, Padding.SAME);
                case "depthwise" -> new Layer.Conv1d(name, 12, 5, 1, 1, 2, Padding.SAME);
                case "dense" -> new Layer.Dense(name, 5);
                case "bn" -> new Layer.BatchNorm(name, 1e-3, 0.9);
                case "relu" -> new Layer.Activation(Activation.RELU);
                case "tanh" -> new Layer.Activation(Activation.TANH);
                case "maxpool" -> new Layer.MaxPool(2);
                case "avgpool" -> new Layer.AveragePool(3);
                case "globalavg" -> new Layer.GlobalAveragePool();
                case "excitation" -> new Layer.SqueezeExcitation(name, 3);
                case "gru" -> new Layer.Gru(name, 4);
                case "lookahead" -> new Layer.LookAhead(2);
                case "causal" -> new Layer.Conv1d(name, 5, 3, 1, 2, 1, Padding.CAUSAL);
                case "fork" -> new Layer.Fork();
                case "add" -> new Layer.Add();
                case "flatten" -> new Layer.Flatten();
                case "dropout" -> new Layer.Dropout(0.3);
                case "spatial" -> new Layer.SpatialDropout(0.4);
                default -> throw new IllegalArgumentException("no layer " + kind);
            };
        }

        /** Sets the noise too: what sixteen roundings of each output add to a slope, give or take. */
        private double loss() {
            float[] y = pass.forward(x, CLIPS, seed);
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < weights.length; i++) {
                double term = y[i] * (double) weights[i];
                sum += term;
                squares += term * term;
            }
            noise = 16 * 0x1p-24 * Math.sqrt(squares) / STEP;
            return sum;
        }

        float[] gradient(String name) {
            for (int i = 0; i < network.parameters().size(); i++) {
                if (network.parameters().get(i).name().equals(name)) {
                    return pass.gradient(i);
                }
            }
            throw new IllegalArgumentException("no parameter " + name);
        }

        void assertGradients() {
            pass.forward(x, CLIPS, seed);
            pass.backward(weights);
            double largest = 0;
            for (int i = 0; i < network.parameters().size(); i++) {
                largest = Math.max(largest, norm(pass.gradient(i)));
            }
            for (int i = 0; i < network.parameters().size(); i++) {
                Parameter p = network.parameters().get(i);
                if (!p.role().isTrained()) {
                    assertThat(pass.gradient(i)).as(p.name()).isEmpty();
                    continue;
                }
                for (int direction = 0; direction < DIRECTIONS; direction++) {
                    assertSlope(p, pass.gradient(i).clone(), 1e-2 * largest);
                }
            }
        }

        private void assertSlope(Parameter p, float[] gradient, double least) {
            String what = chain + ", seed " + seed + ", " + p.name();
            double here = loss();
            double tolerance = Math.max(noise, TOLERANCE * Math.max(least, norm(gradient)));
            for (int tries = 0; tries < TRIES; tries++) {
                boolean[] up = new boolean[gradient.length];
                double expected = 0;
                for (int i = 0; i < up.length; i++) {
                    up[i] = random.nextBoolean();
                    expected += up[i] ? gradient[i] : -gradient[i];
                }
                double forward = (lossAt(p, up, STEP) - here) / STEP;
                double backward = (here - lossAt(p, up, -STEP)) / STEP;
                if (Math.abs(forward - backward) <= tolerance) {
                    assertThat(expected).as(what).isCloseTo((forward + backward) / 2, within(tolerance));
                    return;
                }
            }
            throw new AssertionError(what + ": no smooth direction in " + TRIES);
        }

        /** The loss with every number of a parameter a step up or down. */
        private double lossAt(Parameter p, boolean[] up, float step) {
            float[] kept = p.values().clone();
            for (int i = 0; i < kept.length; i++) {
                p.values()[i] += up[i] ? step : -step;
            }
            double loss = loss();
            System.arraycopy(kept, 0, p.values(), 0, kept.length);
            return loss;
        }

        private static double norm(float[] values) {
            double sum = 0;
            for (float v : values) {
                sum += v * (double) v;
            }
            return Math.sqrt(sum);
        }
    }
}
