package dev.onda.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.onda.model.Model;
import dev.onda.model.Normalization;
import dev.onda.nn.Pass;
import dev.onda.nn.SoftmaxCrossEntropy;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Exported networks in ONNX Runtime, beside the network itself. */
class OnnxModelTest {

    private static final int BATCH = 3;

    static Stream<String> networks() {
        return TestModels.names();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void computesWhatTheNetworkComputes(String name) {
        assertComputesAlike(TestModels.model(name, Normalization.LEVEL));
    }

    @ParameterizedTest
    @EnumSource
    void normalisesAsTheModelDoes(Normalization normalization) {
        assertComputesAlike(TestModels.model("m5", normalization));
    }

    private static void assertComputesAlike(Model model) {
        int words = model.words().size();
        float[] audio = audio(model.input().windowSamples());
        float[] expected = expected(model, audio);
        double[] p = new double[words];
        try (Session session = new Session(OnnxModel.of(model))) {
            float[][] logits = session.run(audio, BATCH, "logits");
            float[][] probabilities = session.run(audio, BATCH, "probabilities");
            for (int clip = 0; clip < BATCH; clip++) {
                SoftmaxCrossEntropy.softmax(expected, clip * words, p);
                for (int word = 0; word < words; word++) {
                    float e = expected[clip * words + word];
                    assertThat(logits[clip][word]).isCloseTo(e, Offset.offset(1e-4f * (1 + Math.abs(e))));
                    assertThat((double) probabilities[clip][word]).isCloseTo(p[word], Offset.offset(1e-4));
                }
            }
        }
    }

    @Test
    void saysWhatItHears() throws InvalidProtocolBufferException {
        ModelProto file = ModelProto.parseFrom(OnnxModel.of(TestModels.model("m5", Normalization.LEVEL)));
        Map<String, String> metadata = new TreeMap<>();
        file.getMetadataPropsList().forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
        assertThat(metadata)
                .containsEntry("format", "onda-onnx-1")
                .containsEntry("words", "[\"a\",\"b\",\"c\",\"_unknown_\"]")
                .containsEntry("sample_rate_hz", "8000")
                .containsEntry("window_samples", "8000")
                .containsEntry("threshold", "0.25")
                .containsKeys("stream", "hash");
        assertThat(file.getOpsetImport(0).getVersion()).isEqualTo(17);
        assertThat(file.getGraph()
                        .getInput(0)
                        .getType()
                        .getTensorType()
                        .getShape()
                        .getDim(0)
                        .getDimParam())
                .isEqualTo("batch");
        assertThat(file.getGraph().getNodeList())
                .as("all norms of m5 are folded")
                .noneMatch(node -> node.getOpType().equals("BatchNormalization"));
    }

    /** Noise that grows, a quiet one, and silence. */
    private static float[] audio(int window) {
        SplittableRandom random = new SplittableRandom(3);
        float[] audio = new float[BATCH * window];
        for (int i = 0; i < 2 * window; i++) {
            double loud = i < window ? i / (double) window : 0.01;
            audio[i] = (float) (loud * random.nextDouble(-0.9, 1));
        }
        return audio;
    }

    private static float[] expected(Model model, float[] audio) {
        int window = model.input().windowSamples();
        float[] normal = audio.clone();
        for (int clip = 0; clip < BATCH; clip++) {
            model.input().normalization().apply(normal, clip * window, window);
        }
        try (Workers workers = new Workers(1)) {
            return new Pass(model.network(), Pass.Mode.USE, BATCH, Kernels.best(), workers)
                    .forward(normal, BATCH, 0)
                    .clone();
        }
    }
}
