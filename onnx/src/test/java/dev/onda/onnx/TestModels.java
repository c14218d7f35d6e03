package dev.onda.onnx;

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
import dev.onda.nn.kernel.Activation;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Models of every architecture, with random numbers. */
final class TestModels {

    static final List<String> WORDS = List.of("a", "b", "c", Model.UNKNOWN);

    private static final String OTHER_LAYERS = "other-layers";

    private TestModels() {}

    /** All architectures, and one of the layers that none of them has. */
    static Stream<String> names() {
        return Stream.concat(Architecture.all().stream().map(Architecture::name), Stream.of(OTHER_LAYERS));
    }

    /** A network whose norms have seen something. */
    static Model model(String name, Normalization normalization) {
        Architecture architecture = Architecture.named(name)
                .orElse(new Architecture(
                        name, "", "default", 1_000, Initialization.FAN_IN_UNIFORM, TestModels::otherLayers));
        int hz = architecture.sampleRateHz();
        SplittableRandom random = new SplittableRandom(7);
        Network network = architecture.network(WORDS.size(), hz).initialize(architecture.initialization(), random);
        for (Parameter p : network.parameters()) {
            float[] values = p.values();
            switch (p.role()) {
                case RUNNING_MEAN, SHIFT, BIAS -> fill(values, random, -0.2, 0.2);
                case RUNNING_VARIANCE, SCALE -> fill(values, random, 0.5, 1.5);
                case WEIGHT, LOW_EDGE, BAND_WIDTH -> {}
            }
        }
        return new Model(
                name,
                network,
                WORDS,
                new InputFormat(hz, hz, normalization),
                0.25,
                Memory.NONE,
                new Provenance("", "onda test", Map.of(), Map.of()));
    }

    private static List<Layer> otherLayers(int words) {
        return List.of(
                new Layer.Conv1d("c1", 6, 5, 3, 1, 1, Padding.CAUSAL),
                new Layer.Activation(Activation.TANH),
                new Layer.BatchNorm("b1", 1e-3, 0.9),
                new Layer.Fork(),
                new Layer.Conv1d("c2", 6, 3, 1, 4, 3, Padding.SAME),
                new Layer.Fork(),
                new Layer.SqueezeExcitation("e", 3),
                new Layer.Add(),
                new Layer.Add(),
                new Layer.LookAhead(2),
                new Layer.MaxPool(2),
                new Layer.Activation(Activation.RELU),
                new Layer.AveragePool(3),
                new Layer.Gru("g", 5),
                new Layer.SpatialDropout(0.1),
                new Layer.Flatten(),
                new Layer.Dense("d", 7),
                new Layer.Dense("out", words));
    }

    private static void fill(float[] values, SplittableRandom random, double from, double to) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(from, to);
        }
    }

    /** So many samples. */
    static float[] noise(int samples) {
        SplittableRandom random = new SplittableRandom(5);
        float[] noise = new float[samples];
        for (int i = 0; i < samples; i++) {
            noise[i] = (float) random.nextGaussian(0, 0.1);
        }
        return noise;
    }
}
