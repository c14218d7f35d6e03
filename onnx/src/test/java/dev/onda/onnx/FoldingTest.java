package dev.onda.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onda.model.Model;
import dev.onda.model.Normalization;
import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Pass;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FoldingTest {

    private static final int BATCH = 2;

    static Stream<String> networks() {
        return TestModels.names();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void computesTheSameWithoutNorms(String name) {
        Model model = TestModels.model(name, Normalization.NONE);
        Network folded = Folding.of(model.network());
        assertThat(folded.layers())
                .noneMatch(layer -> layer instanceof Layer.BatchNorm || layer instanceof Layer.Dense);
        float[] x = TestModels.noise(BATCH * model.input().windowSamples());
        try (Workers workers = new Workers(1)) {
            float[] expected =
                    new Pass(model.network(), Pass.Mode.USE, BATCH, Kernels.best(), workers).forward(x, BATCH, 0);
            float[] found = new LayerByLayer(folded, BATCH, workers).forward(x, BATCH, (layer, signal, count) -> {});
            for (int i = 0; i < BATCH * model.words().size(); i++) {
                assertThat(found[i]).isCloseTo(expected[i], Offset.offset(1e-4f * (1 + Math.abs(expected[i]))));
            }
        }
    }
}
