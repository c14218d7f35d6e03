package dev.onda.nn;

import static dev.onda.nn.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.onda.nn.kernel.Activation;
import dev.onda.nn.kernel.ConvShape;
import dev.onda.nn.kernel.Convolution;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.ScalarKernels;
import dev.onda.nn.kernel.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Each layer, forward and backward, against PyTorch in float64; on both kernels. */
final class GoldenLayerTest {

    private static final double TOLERANCE = 1e-5;
    private static final Workers WORKERS = new Workers(2);

    static List<Kernels> kernels() {
        return List.of(Kernels.best(), new ScalarKernels());
    }

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void convolutionsAgree(Kernels kernels) {
        for (JsonNode c : Golden.cases("conv1d")) {
            String name = c.get("name").asString();
            int batch = c.get("batch").asInt();
            Layer.Conv1d layer = new Layer.Conv1d(
                    name,
                    c.get("outChannels").asInt(),
                    c.get("kernel").asInt(),
                    c.get("stride").asInt(),
                    c.get("dilation").asInt(),
                    c.get("groups").asInt(),
                    c.get("padding").asString().equals("same") ? Padding.SAME : Padding.VALID);
            ConvShape shape = layer.shape(
                    new Shape(c.get("inChannels").asInt(), c.get("length").asInt()));
            assertThat(shape.padLeft()).as(name).isEqualTo(c.get("padLeft").asInt());
            assertThat(shape.padRight()).as(name).isEqualTo(c.get("padRight").asInt());
            Convolution convolution = Convolution.plan(shape, batch + 1, kernels, WORKERS);
            float[] w = Golden.tensor(c, "w");
            float[] y = unset(batch * shape.outChannels() * shape.outLength());
            float[] x = Golden.tensor(c, "x");
            convolution.load(w, Golden.tensor(c, "b"));
            convolution.forward(x, y, batch);
            assertClose(name + " y", y, Golden.tensor(c, "y"), TOLERANCE);
            float[] dy = Golden.tensor(c, "dy");
            float[] dw = unset(shape.weights());
            float[] db = unset(shape.outChannels());
            float[] dx = unset(batch * shape.inChannels() * shape.length());
            convolution.gradients(x, dy, dx, dw, db, batch);
            assertClose(name + " dw", dw, Golden.tensor(c, "dw"), TOLERANCE);
            assertClose(name + " db", db, Golden.tensor(c, "db"), TOLERANCE);
            assertClose(name + " dx", dx, Golden.tensor(c, "dx"), TOLERANCE);
        }
    }

    /** What is not overwritten shows. */
    private static float[] unset(int size) {
        float[] values = new float[size];
        Arrays.fill(values, Float.NaN);
        return values;
    }

    private static void set(Parameter p, float[] values) {
        assertThat(values).hasSameSizeAs(p.values());
        System.arraycopy(values, 0, p.values(), 0, values.length);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void batchNormAgrees(Kernels kernels) {
        for (JsonNode c : Golden.cases("batchnorm")) {
            float[] x = Golden.tensor(c, "x");
            int channels = Golden.tensor(c, "gamma").length;
            int batch = 4;
            Shape shape = new Shape(channels, x.length / channels / batch);
            Layer.BatchNorm layer = new Layer.BatchNorm(
                    "b", c.get("epsilon").asDouble(), c.get("momentum").asDouble());
            Network network = new Network(List.of(layer), shape)
                    .initialize(Initialization.GLOROT_UNIFORM, new SplittableRandom(1));
            set(network.parameters().get(0), Golden.tensor(c, "gamma"));
            set(network.parameters().get(1), Golden.tensor(c, "beta"));
            Pass training = new Pass(network, Pass.Mode.TRAINING, batch, kernels, WORKERS);
            assertClose("y", training.forward(x, batch, 0), Golden.tensor(c, "yTrain"), TOLERANCE);
            training.backward(Golden.tensor(c, "dy"));
            assertClose("dgamma", training.gradient(0), Golden.tensor(c, "dgamma"), TOLERANCE);
            assertClose("dbeta", training.gradient(1), Golden.tensor(c, "dbeta"), TOLERANCE);
            assertClose("dx", inputGradient(layer, shape, network, c, kernels), Golden.tensor(c, "dx"), TOLERANCE);
            assertClose("mean", network.parameters().get(2).values(), Golden.tensor(c, "runningMean"), TOLERANCE);
            assertClose("variance", network.parameters().get(3).values(), Golden.tensor(c, "runningVar"), TOLERANCE);
            Pass use = new Pass(network, Pass.Mode.USE, batch, kernels, WORKERS);
            assertClose("use", use.forward(x, batch, 0), Golden.tensor(c, "yEval"), TOLERANCE);
        }
    }

    /** Of the operator alone: a pass does not compute it for its first trained layer. */
    private static float[] inputGradient(
            Layer.BatchNorm layer, Shape shape, Network network, JsonNode c, Kernels kernels) {
        float[] x = Golden.tensor(c, "x");
        int batch = x.length / shape.size();
        List<float[]> gradients = List.of(new float[shape.channels()], new float[shape.channels()]);
        Network copy = new Network(List.of(layer), shape);
        for (int i = 0; i < network.parameters().size(); i++) {
            set(copy.parameters().get(i), network.parameters().get(i).values());
        }
        NormOperator.Then nothing = new NormOperator.Then(Optional.empty(), 1);
        NormOperator norm = new NormOperator(layer, nothing, shape, copy.parameters(), gradients, batch, kernels);
        float[] dy = Golden.tensor(c, "dy");
        for (int clip = 0; clip < batch; clip++) {
            norm.gather(x, clip * shape.size(), clip);
        }
        norm.prepare(batch, 0);
        for (int clip = 0; clip < batch; clip++) {
            norm.gatherGradient(x, dy, dy, clip);
        }
        norm.prepareGradient(batch);
        for (int clip = 0; clip < batch; clip++) {
            norm.backward(x, dy, dy, clip * shape.size(), dy, clip * shape.size(), clip);
        }
        return dy;
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void poolsAndActivationsAgree(Kernels kernels) {
        assertOperator("maxpool2", shape -> new PoolOperator(shape, Optional.empty(), 2, ACTIVATION_BATCH, kernels));
        assertOperator("maxpool4", shape -> new PoolOperator(shape, Optional.empty(), 4, ACTIVATION_BATCH, kernels));
        assertOperator("avgpool3", shape -> new AveragePoolOperator(shape, 3));
        assertOperator("globalavg", shape -> new AveragePoolOperator(shape, shape.time()));
        assertOperator("relu", shape -> new PoolOperator(shape, Optional.of(Activation.RELU), 1, 0, kernels));
        assertOperator("tanh", shape -> new PoolOperator(shape, Optional.of(Activation.TANH), 1, 0, kernels));
    }

    private static void assertOperator(String kind, Function<Shape, Operator> make) {
        for (JsonNode c : Golden.cases(kind)) {
            float[] x = Golden.tensor(c, "x");
            Shape shape = new Shape(ACTIVATION_CHANNELS, x.length / ACTIVATION_CHANNELS / ACTIVATION_BATCH);
            Operator operator = make.apply(shape);
            float[] expected = Golden.tensor(c, "y");
            float[] y = new float[expected.length];
            for (int clip = 0; clip < ACTIVATION_BATCH; clip++) {
                operator.forward(
                        x, clip * operator.in().size(), y, clip * operator.out().size(), clip, 0);
            }
            assertClose(kind + " y", y, expected, TOLERANCE);
            float[] dy = Golden.tensor(c, "dy");
            float[] dx = operator.gradientInPlace() ? dy : new float[x.length];
            for (int clip = 0; clip < ACTIVATION_BATCH; clip++) {
                operator.backward(
                        x,
                        y,
                        dy,
                        clip * operator.out().size(),
                        dx,
                        clip * operator.in().size(),
                        clip);
            }
            assertClose(kind + " dx", dx, Golden.tensor(c, "dx"), TOLERANCE);
        }
    }

    private static final int ACTIVATION_BATCH = 2;
    private static final int ACTIVATION_CHANNELS = 3;

    @ParameterizedTest
    @MethodSource("kernels")
    void softmaxCrossEntropyAgrees(Kernels kernels) {
        for (JsonNode c : Golden.cases("softmaxCrossEntropy")) {
            float[] logits = Golden.tensor(c, "logits");
            int[] targets = Golden.ints(c, "targets");
            float[] gradient = new float[logits.length];
            double loss = new SoftmaxCrossEntropy(c.get("labelSmoothing").asDouble())
                    .loss(logits, targets, targets.length, logits.length / targets.length, gradient);
            assertThat(loss).isCloseTo(c.get("loss").asDouble(), within(1e-6));
            assertClose("dlogits", gradient, Golden.tensor(c, "dlogits"), TOLERANCE);
        }
    }
}
