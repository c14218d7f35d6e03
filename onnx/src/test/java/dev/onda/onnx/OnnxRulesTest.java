package dev.onda.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.onda.model.Normalization;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exported files keep ONNX's rules, and files that do not are found out. */
class OnnxRulesTest {

    static Stream<String> networks() {
        return TestModels.names();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void filesKeepThem(String name) throws InvalidProtocolBufferException {
        for (Normalization normalization : Normalization.values()) {
            byte[] file = OnnxModel.of(TestModels.model(name, normalization));
            assertThat(OnnxRules.brokenBy(file))
                    .as("%s, %s", name, normalization)
                    .isEmpty();
        }
    }

    @Test
    void brokenFilesAreFoundOut() throws InvalidProtocolBufferException {
        assertBroken(file -> file.setIrVersion(3), "ir_version: 3");
        assertBroken(file -> file.addOpsetImport(file.getOpsetImport(0)), "one operator set: 2");
        assertBroken(file -> file.addMetadataProps(file.getMetadataProps(0)), "metadata once: format");
        assertBroken(
                file -> file.getGraphBuilder()
                        .getInputBuilder(0)
                        .getTypeBuilder()
                        .clear(),
                "a value's type: audio",
                "a value's type of numbers: audio",
                "a value's shape: audio");
        assertBroken(
                file -> file.getGraphBuilder().getInitializerBuilder(1).setDims(0, 7), "a tensor's bytes: c1.weight");
        assertBroken(
                file -> file.getGraphBuilder().getInitializerBuilder(1).addFloatData(1),
                "a tensor's numbers in one place: c1.weight");
        assertBroken(file -> conv(file).setOpType("Convolve"), "an operator of set 17: Convolve");
        assertBroken(file -> conv(file).addInput("audio"), "as many inputs as Conv takes: 4");
        assertBroken(file -> conv(file).setInput(0, "logits"), "an input that is there already: logits");
        assertBroken(file -> conv(file).setOutput(0, "audio"), "a name given once: audio");
        assertBroken(
                file -> conv(file).getAttributeBuilder(0).setName("kernel"), "an attribute of its type: Conv.kernel");
        assertBroken(file -> conv(file).getAttributeBuilder(0).setI(1), "an attribute's one value: Conv.kernel_shape");
        assertBroken(file -> file.getGraphBuilder().getOutputBuilder(0).setName("x"), "an output that is computed: x");
    }

    private static NodeProto.Builder conv(ModelProto.Builder file) {
        return file.getGraphBuilder().getNodeBuilderList().stream()
                .filter(node -> node.getOpType().equals("Conv"))
                .findFirst()
                .orElseThrow();
    }

    private static void assertBroken(Consumer<ModelProto.Builder> change, String... rules)
            throws InvalidProtocolBufferException {
        byte[] good = OnnxModel.of(TestModels.model("m5", Normalization.NONE));
        ModelProto.Builder file = ModelProto.parseFrom(good).toBuilder();
        change.accept(file);
        assertThat(OnnxRules.brokenBy(file.build().toByteArray())).contains(rules);
    }
}
