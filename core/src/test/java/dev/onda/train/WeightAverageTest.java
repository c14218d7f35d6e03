package dev.onda.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightAverageTest {

    private static Network network() {
        return new Network(List.of(new Layer.Dense("out", 3)), new Shape(5, 1));
    }

    private static float[] weights(Network network) {
        return network.parameters().getFirst().values();
    }

    @Test
    void keepsStepOverStepAndTenUntilThatIsTheDecay() {
        Network network = network();
        Network average = network();
        WeightAverage averages = new WeightAverage(0.5, network, average);
        double expected = 0;
        for (int step = 1; step <= 30; step++) {
            for (int i = 0; i < 15; i++) {
                weights(network)[i] = step * (i + 1);
            }
            averages.update(step);
            double keep = Math.min(0.5, step / (step + 10.0));
            expected = keep * expected + (1 - keep) * step;
            for (int i = 0; i < 15; i++) {
                assertThat(weights(average)[i])
                        .as("step %d", step)
                        .isCloseTo((float) (expected * (i + 1)), within(2e-3f));
            }
        }
    }

    @Test
    void withoutADecayTheNetworkIsItsOwnAverage() {
        Network network = network();
        weights(network)[0] = 3;
        new WeightAverage(0, network, network).update(1);
        assertThat(weights(network)[0]).isEqualTo(3);
    }
}
