package dev.onda.model;

import static dev.onda.nn.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code docs/weights.md} says of names and axes: a file's tensors, laid out as it says, give in a network as Keras computes it
 * the logits that PyTorch has; and Keras' arrays, laid out as it says, are the file's tensors again.
 */
class WeightsPageTest {

    /** The page's table: Keras' names of a norm's tensors, and of those of other layers. */
    private static final Map<String, String> NORM =
            Map.of("weight", "gamma", "bias", "beta", "running_mean", "moving_mean", "running_var", "moving_variance");

    private static final Map<String, String> OTHERS = Map.of("weight", "kernel", "bias", "bias");

    /** The twin is slow. */
    private static final int CLIPS = 2;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"m5", "article"})
    void weightsInKerasGiveTheLogitsOfPyTorch(String name) throws IOException {
        GoldenWeights golden = GoldenWeights.of(name);
        Path file = folder.resolve("model.safetensors");
        Safetensors.write(file, golden.tensors(), Map.of());
        KerasTwin keras = new KerasTwin(golden.network().layers(), inKeras(file));
        int window = golden.network().input().time();
        int words = golden.network().output().size();
        float[] logits = new float[CLIPS * words];
        for (int clip = 0; clip < CLIPS; clip++) {
            double[] samples = new double[window];
            for (int t = 0; t < window; t++) {
                samples[t] = golden.x()[clip * window + t];
            }
            double[] predicted = keras.predict(samples);
            for (int word = 0; word < words; word++) {
                logits[clip * words + word] = (float) predicted[word];
            }
        }
        float[] expected = Arrays.copyOf(golden.logits(), CLIPS * words);
        assertClose(name + " logits in Keras", logits, expected, 1e-5);
    }

    @Test
    void weightsOfKerasAreReadBack() throws IOException {
        GoldenWeights golden = GoldenWeights.of("article");
        Path file = folder.resolve("model.safetensors");
        Safetensors.write(file, golden.tensors(), Map.of());
        Map<String, float[]> keras = inKeras(file);
        List<Tensor> back = new ArrayList<>();
        for (Tensor tensor : golden.tensors()) {
            int[] shape = tensor.shape();
            float[] values = Objects.requireNonNull(keras.get(inKeras(tensor.name())));
            back.add(new Tensor(tensor.name(), shape, turned(values, reversed(shape))));
        }
        Safetensors.write(file, back, Map.of());
        WeightsFile.read(file, golden.network());
        assertClose("article logits, back from Keras", golden.heard(), golden.logits(), 1e-5);
        assertThat(golden.network().parameters())
                .allSatisfy(p -> assertThat(p.values()).isEqualTo(golden.weight(p.name())));
    }

    private static Map<String, float[]> inKeras(Path file) throws IOException {
        Map<String, float[]> weights = new LinkedHashMap<>();
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            for (String name : reader.names()) {
                int[] shape = reader.shape(name);
                int size = 1;
                for (int dimension : shape) {
                    size *= dimension;
                }
                float[] values = new float[size];
                reader.read(name, values);
                weights.put(inKeras(name), turned(values, shape));
            }
        }
        return weights;
    }

    /** {@code "c1.weight"} is {@code "c1/kernel"}. */
    private static String inKeras(String name) {
        String layer = name.substring(0, name.indexOf('.'));
        String role = name.substring(name.indexOf('.') + 1);
        return layer + "/" + (layer.startsWith("b") ? NORM : OTHERS).get(role);
    }

    /** NumPy's {@code values.reshape(shape).T}, in C order. */
    private static float[] turned(float[] values, int[] shape) {
        float[] turned = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            int rest = i;
            int to = 0;
            int step = values.length;
            // The last axis becomes the first.
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                step /= shape[axis];
                to += rest % shape[axis] * step;
                rest /= shape[axis];
            }
            turned[to] = values[i];
        }
        return turned;
    }

    private static int[] reversed(int[] shape) {
        int[] reversed = new int[shape.length];
        for (int i = 0; i < shape.length; i++) {
            reversed[i] = shape[shape.length - 1 - i];
        }
        return reversed;
    }
}
