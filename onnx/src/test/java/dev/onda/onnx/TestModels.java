package dev.onda.onnx;

import dev.onda.model.Architecture;
import dev.onda.model.InputFormat;
import dev.onda.model.Memory;
import dev.onda.model.Model;
import dev.onda.model.Normalization;
import dev.onda.model.Provenance;
import dev.onda.nn.Network;
import dev.onda.nn.Parameter;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Models of every architecture, with random numbers. */
final class TestModels {

    static final List<String> WORDS = List.of("a", "b", "c", Model.UNKNOWN);

    private TestModels() {}

    /** A network whose norms have seen something. */
    static Model model(String name, Normalization normalization) {
        Architecture architecture = Architecture.named(name).orElseThrow();
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

    private static void fill(float[] values, SplittableRandom random, double from, double to) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(from, to);
        }
    }
}
