package dev.onda.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.onda.nn.kernel.Activation;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NetworkTest {

    private static final List<Layer> LAYERS = List.of(
            new Layer.Conv1d("c1", 8, 5, 2, 1, 1, Padding.SAME),
            new Layer.BatchNorm("n1", 1e-3, 0.99),
            new Layer.Activation(Activation.RELU),
            new Layer.Conv1d("c2", 8, 3, 1, 1, 8, Padding.VALID),
            new Layer.MaxPool(2),
            new Layer.Dense("d1", 6),
            new Layer.Flatten(),
            new Layer.Dense("d2", 3));

    private static final Shape INPUT = new Shape(1, 20);

    @Test
    void shapesFollowTheLayers() {
        Network network = new Network(LAYERS, INPUT);
        List<Shape> shapes =
                IntStream.range(0, LAYERS.size()).mapToObj(network::output).toList();
        assertThat(shapes)
                .containsExactly(
                        new Shape(8, 10),
                        new Shape(8, 10),
                        new Shape(8, 10),
                        new Shape(8, 8),
                        new Shape(8, 4),
                        new Shape(6, 4),
                        new Shape(24, 1),
                        new Shape(3, 1));
        assertThat(network.output()).isEqualTo(new Shape(3, 1));
        assertThat(network.input()).isEqualTo(network.input(0)).isEqualTo(INPUT);
        for (int i = 1; i < LAYERS.size(); i++) {
            assertThat(network.input(i)).isEqualTo(shapes.get(i - 1));
        }
        assertThat(new Network(List.of(), INPUT).output()).isEqualTo(INPUT);
    }

    @Test
    void parametersHaveNamesShapesAndCounts() {
        Network network = new Network(LAYERS, INPUT);
        assertThat(network.parameters())
                .extracting(Parameter::name)
                .containsExactly(
                        "c1.weight",
                        "c1.bias",
                        "n1.weight",
                        "n1.bias",
                        "n1.running_mean",
                        "n1.running_var",
                        "c2.weight",
                        "c2.bias",
                        "d1.weight",
                        "d1.bias",
                        "d2.weight",
                        "d2.bias");
        assertThat(network.parameters().get(6).shape()).containsExactly(8, 1, 3);
        assertThat(network.parameters().get(10).shape()).containsExactly(3, 24);
        assertThat(network.size()).isEqualTo(8 * 5 + 8 + 4 * 8 + 8 * 3 + 8 + 6 * 8 + 6 + 3 * 24 + 3);
        assertThat(network.parameters(LAYERS.get(1))).hasSize(4);
        assertThat(network.parameters(LAYERS.get(2))).isEmpty();
        assertThat(network.parameters().stream().filter(p -> !p.role().isTrained()))
                .extracting(Parameter::name)
                .containsExactly("n1.running_mean", "n1.running_var");
    }

    @Test
    void specsAreTheParametersWithoutTheirNumbers() {
        List<Parameter.Spec> specs = Network.specs(LAYERS, INPUT);
        List<Parameter> parameters = new Network(LAYERS, INPUT).parameters();
        assertThat(specs).hasSameSizeAs(parameters);
        for (int i = 0; i < specs.size(); i++) {
            assertThat(specs.get(i).name()).isEqualTo(parameters.get(i).name());
            assertThat(specs.get(i).role()).isEqualTo(parameters.get(i).role());
            assertThat(specs.get(i).shape()).isEqualTo(parameters.get(i).shape());
        }
    }

    @Test
    void specsRefuseAnAbsurdlyLargeOutput() {
        List<Layer> layers = List.of(new Layer.Dense("d", 1 << 20));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Network.specs(layers, new Shape(1, 1 << 20)))
                .withMessageContaining("a clip is (1048576, 1048576), more than 16777216 numbers");
    }

    @Test
    void multiplyAccumulatesAreThoseOfTheDefinition() {
        Network network = new Network(LAYERS, INPUT);
        List<Long> counts = IntStream.range(0, LAYERS.size())
                .mapToObj(network::multiplyAccumulates)
                .toList();
        assertThat(counts).containsExactly(8L * 5 * 10, 0L, 0L, 8L * 3 * 8, 0L, 6L * 8 * 4, 0L, 3L * 24);
        assertThat(network.allMultiplyAccumulates())
                .isEqualTo(counts.stream().mapToLong(count -> count).sum());
    }

    @Test
    void refusesTwoLayersOfOneName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Network(List.of(new Layer.Dense("a", 3), new Layer.Dense("a", 4)), INPUT))
                .withMessage("two layers are named a");
        Layer.BatchNorm twice = new Layer.BatchNorm("n", 1e-3, 0.9);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Network(List.of(twice, twice), INPUT))
                .withMessage("two layers are named n");
        assertThatIllegalArgumentException()
                .as("of two kinds, whose parameters have other names")
                .isThrownBy(() -> new Network(List.of(new Layer.Gru("g", 3), new Layer.Dense("g", 4)), INPUT))
                .withMessage("two layers are named g");
    }

    @Test
    void refusesALayerThatDoesNotFitBehindTheOneBefore() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Network(List.of(new Layer.MaxPool(8), new Layer.AveragePool(3)), INPUT))
                .withMessage("average pool of 3 samples does not fit into 2 samples");
    }

    @Test
    void aParameterRefusesAnotherNumberOfValues() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Parameter("w", new int[] {2, 3}, Parameter.Role.WEIGHT, new float[5]))
                .withMessage("parameter w: shape [2, 3] holds 6 values, not 5");
    }

    @Test
    void weightsAreDrawnWithinTheirBounds() {
        List<Layer> layers = List.of(
                new Layer.Conv1d("c", 64, 9, 1, 1, 2, Padding.SAME),
                new Layer.BatchNorm("n", 1e-3, 0.9),
                new Layer.Dense("d", 50));
        Shape in = new Shape(8, 12);
        SplittableRandom random = new SplittableRandom(31);
        Network glorot = new Network(layers, in).initialize(Initialization.GLOROT_UNIFORM, random);
        assertUniform(glorot, "c.weight", Math.sqrt(6.0 / (4 * 9 + 64 * 9)));
        assertUniform(glorot, "d.weight", Math.sqrt(6.0 / (64 + 50)));
        assertUniform(glorot, "c.bias", 0);
        assertUniform(glorot, "d.bias", 0);
        Network fanIn = new Network(layers, in).initialize(Initialization.FAN_IN_UNIFORM, random);
        assertUniform(fanIn, "c.weight", 1 / Math.sqrt(4 * 9));
        assertUniform(fanIn, "c.bias", 1 / Math.sqrt(4 * 9));
        assertUniform(fanIn, "d.weight", 1 / Math.sqrt(64));
        assertUniform(fanIn, "d.bias", 1 / Math.sqrt(64));
        for (Network network : List.of(glorot, fanIn)) {
            assertThat(values(network, "n.weight")).containsOnly(1f);
            assertThat(values(network, "n.bias")).containsOnly(0f);
            assertThat(values(network, "n.running_mean")).containsOnly(0f);
            assertThat(values(network, "n.running_var")).containsOnly(1f);
        }
    }

    /** None beyond the bound, the largest near it, the mean near 0. */
    private static void assertUniform(Network network, String name, double bound) {
        double largest = 0;
        double sum = 0;
        float[] values = values(network, name);
        for (float v : values) {
            largest = Math.max(largest, Math.abs(v));
            sum += v;
        }
        assertThat(largest).as(name).isBetween(0.85 * bound, bound * (1 + 1e-7));
        double deviation = bound / Math.sqrt(3.0 * values.length);
        assertThat(sum / values.length).as(name + ": mean").isCloseTo(0, within(4 * deviation));
    }

    private static float[] values(Network network, String name) {
        return network.parameters().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow()
                .values();
    }

    @Test
    void aFoldedNetworkComputesTheSame() {
        List<Layer> layers = List.of(
                new Layer.SincConv1d("s", 4, 5, 2),
                new Layer.Dropout(0.5),
                new Layer.BatchNorm("n1", 1e-3, 0.99),
                new Layer.BatchNorm("n2", 1e-3, 0.99),
                new Layer.MaxPool(2),
                new Layer.BatchNorm("n3", 1e-3, 0.99),
                new Layer.Conv1d("c", 6, 3, 1, 1, 2, Padding.VALID),
                new Layer.BatchNorm("n4", 1e-3, 0.99),
                new Layer.SpatialDropout(0.5),
                new Layer.Flatten(),
                new Layer.Dense("d", 3),
                new Layer.BatchNorm("n5", 1e-3, 0.99));
        SplittableRandom random = new SplittableRandom(5);
        Network network = new Network(layers, INPUT).initialize(Initialization.FAN_IN_UNIFORM, random);
        network.parameters().stream().filter(p -> p.name().startsWith("n")).forEach(p -> {
            for (int i = 0; i < p.values().length; i++) {
                p.values()[i] = (float) random.nextDouble(0.5, 1.5);
            }
        });
        Network folded = network.folded();
        assertThat(folded.layers())
                .hasSize(6)
                .filteredOn(Layer.BatchNorm.class::isInstance)
                .containsExactly(layers.get(5));
        float[] x = new float[INPUT.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextDouble(-1, 1);
        }
        float[] expected = used(network, x);
        assertThat(used(folded, x)).hasSize(3).containsExactly(expected, within(1e-5f));
        folded.parameters().getFirst().values()[0] = 9;
        assertThat(used(network, x)).as("has parameters of its own").isEqualTo(expected);
    }

    private static float[] used(Network network, float[] x) {
        try (Workers workers = new Workers(1)) {
            return new Pass(network, Pass.Mode.USE, 1, Kernels.best(), workers)
                    .forward(x, 1, 0)
                    .clone();
        }
    }

    @Test
    void equalSeedsDrawEqualWeights() {
        Network a = new Network(LAYERS, INPUT).initialize(Initialization.FAN_IN_UNIFORM, new SplittableRandom(8));
        Network b = new Network(LAYERS, INPUT).initialize(Initialization.FAN_IN_UNIFORM, new SplittableRandom(8));
        for (int i = 0; i < a.parameters().size(); i++) {
            assertThat(a.parameters().get(i).values())
                    .isEqualTo(b.parameters().get(i).values());
        }
    }
}
