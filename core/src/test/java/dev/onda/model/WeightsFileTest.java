package dev.onda.model;

import static dev.onda.nn.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onda.nn.Network;
import dev.onda.nn.Parameter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Weights of others: PyTorch's golden ones, and files that do not fit. */
class WeightsFileTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"m5", "article"})
    void weightsOfPyTorchGiveItsLogits(String name) throws IOException {
        GoldenWeights golden = GoldenWeights.of(name);
        WeightsFile.read(written(golden.tensors()), golden.network());
        assertClose(name + " logits", golden.heard(), golden.logits(), 1e-5);
    }

    @Test
    void understandsTheNamesOfTorchaudio() throws IOException {
        GoldenWeights golden = GoldenWeights.of("m5");
        Path file = written(changed(golden.tensors(), t -> {
            String name = t.name()
                    .replaceFirst("^c", "conv")
                    .replaceFirst("^b(\\d)", "bn$1")
                    .replace("out.", "fc1.");
            return new Tensor(name, t.shape(), t.values());
        }));
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .contains("conv4.weight", "bn1.running_var", "fc1.bias");
        WeightsFile.read(file, golden.network());
        assertClose("m5 logits", golden.heard(), golden.logits(), 1e-5);
    }

    /** A state_dict has them first, and a header may be in any order. */
    @Test
    void passesOverCountsOfBatches() throws IOException {
        Network network = GoldenWeights.of("m5").network();
        Path file = written(GoldenWeights.of("m5").tensors());
        byte[] plain = Files.readAllBytes(file);
        ObjectNode header = TinyModels.header(plain);
        for (Map.Entry<String, ?> entry : header.properties()) {
            if (header.get(entry.getKey()).has("data_offsets")) {
                long from = header.get(entry.getKey()).at("/data_offsets/0").asLong();
                long to = header.get(entry.getKey()).at("/data_offsets/1").asLong();
                ((ObjectNode) header.get(entry.getKey()))
                        .putArray("data_offsets")
                        .add(from + 8)
                        .add(to + 8);
            }
        }
        ObjectNode count = header.putObject("b1.num_batches_tracked").put("dtype", "I64");
        count.putArray("shape");
        count.putArray("data_offsets").add(0).add(8);
        byte[] data = TinyModels.data(plain);
        byte[] counted =
                ByteBuffer.allocate(8 + data.length).putLong(7).put(data).array();
        Files.write(file, TinyModels.file(header.toString(), counted));
        WeightsFile.read(file, network);
        for (Parameter p : network.parameters()) {
            assertThat(p.values()).isEqualTo(GoldenWeights.of("m5").weight(p.name()));
        }
        count.put("dtype", "F32");
        Files.write(file, TinyModels.file(header.toString(), counted));
        assertThatThrownBy(() -> WeightsFile.read(file, network))
                .hasMessage(file + ": tensor b1.num_batches_tracked: type I64 is expected, not \"F32\"");
    }

    @Test
    void readsAnOndaModelButNotItsMemory() throws IOException {
        Model model = TinyModels.model(1);
        Path file = folder.resolve("m.safetensors");
        ModelFile.write(file, model);
        Network network = TinyModels.model(2).network();
        WeightsFile.read(file, network);
        for (int i = 0; i < network.parameters().size(); i++) {
            assertThat(network.parameters().get(i).values())
                    .isEqualTo(model.network().parameters().get(i).values());
        }
    }

    @Test
    void saysWhichTensorDoesNotFit() throws IOException {
        List<Tensor> tensors = GoldenWeights.of("m5").tensors();
        assertRefused(
                tensors.subList(1, tensors.size()),
                "no tensor c1.weight of shape [32, 1, 80]; there are c1.bias, b1.weight, b1.bias, b1.running_mean, "
                        + "b1.running_var, c2.weight and 19 more");
        assertRefused(List.of(tensors.getFirst()), "no tensor c1.bias of shape [32]; there are c1.weight");
        assertRefused(
                changed(
                        tensors,
                        t -> t.name().equals("c2.weight")
                                ? new Tensor(t.name(), new int[] {3, 32, 32}, t.values())
                                : t),
                "tensor c2.weight: shape [32, 32, 3] is expected, found [3, 32, 32], as Keras has its axes: transpose it");
        assertRefused(
                changed(
                        tensors,
                        t -> t.name().equals("out.weight")
                                ? new Tensor("fc1.weight", new int[] {1920}, t.values())
                                : t),
                "tensor fc1.weight: shape [30, 64] is expected, found [1920]");
        List<Tensor> more = new ArrayList<>(tensors);
        more.add(new Tensor("fc2.bias", new int[] {1}, new float[1]));
        assertRefused(more, "tensor fc2.bias belongs to none of the network's layers");
        more.set(more.size() - 1, new Tensor("fc1.bias", new int[] {1}, new float[1]));
        assertRefused(more, "tensors out.bias and fc1.bias are both out.bias");
        assertRefused(
                changed(
                        tensors,
                        t -> t.name().equals("b3.running_var")
                                ? new Tensor(t.name(), t.shape(), minus(t.values()))
                                : t),
                "tensor b3.running_var holds a negative variance");
    }

    private void assertRefused(List<Tensor> tensors, String message) throws IOException {
        Path file = written(tensors);
        assertThatThrownBy(() -> WeightsFile.read(file, GoldenWeights.of("m5").network()))
                .isInstanceOf(ModelException.class)
                .hasMessage(file + ": " + message);
    }

    private Path written(List<Tensor> tensors) throws IOException {
        Path file = folder.resolve("weights.safetensors");
        Safetensors.write(file, tensors, Map.of());
        return file;
    }

    private static List<Tensor> changed(List<Tensor> tensors, UnaryOperator<Tensor> change) {
        return tensors.stream().map(change).toList();
    }

    private static float[] minus(float[] values) {
        float[] minus = values.clone();
        minus[0] = -1;
        return minus;
    }
}
