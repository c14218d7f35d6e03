package dev.onda.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.onda.model.Architecture;
import dev.onda.model.InputFormat;
import dev.onda.model.Memory;
import dev.onda.model.Model;
import dev.onda.model.Normalization;
import dev.onda.model.Provenance;
import dev.onda.nn.Network;
import dev.onda.nn.Parameter;
import dev.onda.nn.Pass;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exported networks in ONNX Runtime, beside the network itself. */
class OnnxModelTest {

    private static final int BATCH = 3;
    private static final int WORDS = 4;

    static Stream<String> architectures() {
        return Architecture.all().stream().map(Architecture::name);
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void computesWhatTheNetworkComputes(String name) throws OrtException {
        for (Normalization normalization : Normalization.values()) {
            Model model = model(name, normalization);
            float[] audio = audio(model.input().windowSamples());
            float[] expected = expected(model, audio);
            float[][] logits = run(OnnxModel.of(model), audio, "logits");
            float[][] probabilities = run(OnnxModel.of(model), audio, "probabilities");
            for (int clip = 0; clip < BATCH; clip++) {
                double sum = 0;
                for (int word = 0; word < WORDS; word++) {
                    sum += Math.exp(expected[clip * WORDS + word]);
                }
                for (int word = 0; word < WORDS; word++) {
                    float e = expected[clip * WORDS + word];
                    assertThat(logits[clip][word])
                            .as("%s, %s", name, normalization)
                            .isCloseTo(e, Offset.offset(1e-4f * (1 + Math.abs(e))));
                    assertThat((double) probabilities[clip][word]).isCloseTo(Math.exp(e) / sum, Offset.offset(1e-4));
                }
            }
        }
    }

    @Test
    void saysWhatItHears() throws InvalidProtocolBufferException {
        ModelProto file = ModelProto.parseFrom(OnnxModel.of(model("m5", Normalization.LEVEL)));
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

    /** A network whose norms have seen something. */
    private static Model model(String name, Normalization normalization) {
        Architecture architecture = Architecture.named(name).orElseThrow();
        int hz = architecture.sampleRateHz();
        SplittableRandom random = new SplittableRandom(7);
        Network network = architecture.network(WORDS, hz).initialize(architecture.initialization(), random);
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
                List.of("a", "b", "c", Model.UNKNOWN),
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

    private static float[][] run(byte[] file, float[] audio, String output) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session = environment.createSession(file, options);
                OnnxTensor input = OnnxTensor.createTensor(
                        environment, FloatBuffer.wrap(audio), new long[] {BATCH, 1, audio.length / BATCH});
                OrtSession.Result result = session.run(Map.of("audio", input))) {
            return (float[][]) result.get(output).orElseThrow().getValue();
        }
    }
}
