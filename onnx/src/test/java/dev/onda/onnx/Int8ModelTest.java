package dev.onda.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.onda.model.Model;
import dev.onda.model.Normalization;
import dev.onda.nn.kernel.Workers;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models in eight bits: here and in ONNX Runtime. */
class Int8ModelTest {

    private static final int CLIPS = 2;

    static Stream<String> networks() {
        return TestModels.names();
    }

    /** Without optimisations the runtime computes what ONNX says, step by step. */
    @ParameterizedTest
    @MethodSource("networks")
    void answersAsItsFile(String name) throws InvalidProtocolBufferException {
        Model model = TestModels.model(name, Normalization.LEVEL);
        int window = model.input().windowSamples();
        float[] audio = TestModels.noise(CLIPS * window);
        try (Workers workers = new Workers(1)) {
            Int8Model rounded = rounded(model, audio, workers);
            byte[] file = rounded.file();
            assertThat(OnnxRules.brokenBy(file)).isEmpty();
            float[] x = audio.clone();
            for (int clip = 0; clip < CLIPS; clip++) {
                model.input().normalization().apply(x, clip * window, window);
            }
            float[] expected = rounded.forward(x, CLIPS);
            try (Session session = new Session(file, OptLevel.NO_OPT)) {
                float[][] found = session.run(audio, CLIPS, "logits");
                for (int i = 0; i < CLIPS * model.words().size(); i++) {
                    float e = expected[i];
                    assertThat(found[i / model.words().size()][i % model.words().size()])
                            .as("%s, output %s", name, i)
                            .isCloseTo(e, Offset.offset(0.02f * (1 + Math.abs(e))));
                }
            }
        }
    }

    @Test
    void weightsAreBytesAndNoneOverflowsInPairs() throws InvalidProtocolBufferException {
        Model model = TestModels.model("onda-m", Normalization.LEVEL);
        float[] audio = TestModels.noise(CLIPS * model.input().windowSamples());
        try (Workers workers = new Workers(1)) {
            byte[] file = rounded(model, audio, workers).file();
            assertThat(file.length).isLessThan(OnnxModel.of(model).length / 3);
            ModelProto proto = ModelProto.parseFrom(file);
            assertThat(proto.getGraph().getInitializerList())
                    .filteredOn(tensor -> tensor.getName().endsWith(".weight"))
                    .hasSize(32)
                    .allSatisfy(tensor -> {
                        for (byte weight : tensor.getRawData().toByteArray()) {
                            assertThat(weight).isBetween((byte) -64, (byte) 64);
                        }
                    });
            assertThat(proto.getGraph().getNodeList())
                    .extracting(NodeProto::getOpType)
                    .filteredOn("QuantizeLinear"::equals)
                    .hasSize(43);
        }
    }

    private static Int8Model rounded(Model model, float[] audio, Workers workers) {
        int window = model.input().windowSamples();
        return Int8Model.of(
                model,
                (i, into, at) -> System.arraycopy(audio, i * window, into, at, window),
                CLIPS,
                workers,
                done -> {});
    }
}
