package dev.onda.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.onda.model.InputFormat;
import dev.onda.model.Memory;
import dev.onda.model.Model;
import dev.onda.model.Normalization;
import dev.onda.model.Provenance;
import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Padding;
import dev.onda.nn.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstFilterTest {

    private static final int RATE_HZ = 16_000;
    private static final int WINDOW = 1_000;
    /** Between two of 256 points up to 8 kHz. */
    private static final double STEP_HZ = 8_000 / 255.0;

    private static float[] cosine(double hertz, int taps, double amplitude) {
        float[] kernel = new float[taps];
        for (int k = 0; k < taps; k++) {
            kernel[k] = (float) (amplitude * Math.cos(2 * Math.PI * hertz * k / RATE_HZ));
        }
        return kernel;
    }

    private static Model model(Layer... first) {
        List<Layer> layers = new ArrayList<>(List.of(first));
        layers.addAll(List.of(new Layer.GlobalAveragePool(), new Layer.Dense("out", 2)));
        return new Model(
                "by hand",
                new Network(layers, new Shape(1, WINDOW)),
                List.of("yes", "no"),
                new InputFormat(RATE_HZ, WINDOW, Normalization.NONE),
                0,
                Memory.NONE,
                Provenance.NONE);
    }

    private static void fill(Model model, int parameter, float... values) {
        System.arraycopy(values, 0, model.network().parameters().get(parameter).values(), 0, values.length);
    }

    /** A rectangular window of n taps passes half its power over 0.886 rate / n (Harris 1978, table I: 0.89 bins). */
    @Test
    void aCosinesCentreIsItsFrequency() {
        FirstFilter filter = FirstFilter.of(0, cosine(1_000, 80, 1), RATE_HZ);
        assertThat(filter.centreHz()).isCloseTo(1_000, within(10.0));
        assertThat(filter.bandwidthHz()).isCloseTo(0.886 * RATE_HZ / 80, within(STEP_HZ / 2));
        assertThat(filter.responseDb()).hasSize(256);
        assertThat(Arrays.stream(filter.responseDb()).max()).hasValue(0);
        assertThat(filter.responseDb()[255]).isLessThan(-20);
    }

    @Test
    void oneTapPassesEverything() {
        FirstFilter filter = FirstFilter.of(0, new float[] {0.5f}, RATE_HZ);
        assertThat(filter.responseDb()).containsOnly(0);
        assertThat(filter.centreHz()).isZero();
        assertThat(filter.bandwidthHz()).isCloseTo(8_000, within(1e-9));
    }

    /** The difference of neighbours has the magnitude 2 sin(pi f / rate): half its power from a quarter of the rate on. */
    @Test
    void aDifferenceIsAHighPass() {
        FirstFilter filter = FirstFilter.of(0, new float[] {1, -1}, RATE_HZ);
        assertThat(filter.centreHz()).isEqualTo(8_000);
        assertThat(filter.bandwidthHz()).isCloseTo(4_000, within(1.0));
        assertThat(filter.responseDb()[0]).isEqualTo(FirstFilter.FLOOR_DB);
        assertThat(filter.responseDb()[85]).isCloseTo(20 * Math.log10(Math.sin(Math.PI / 6)), within(1e-9));
    }

    @Test
    void aDeadFilterIsAllFloor() {
        FirstFilter filter = FirstFilter.of(0, new float[16], RATE_HZ);
        assertThat(filter.responseDb()).containsOnly(FirstFilter.FLOOR_DB);
    }

    @Test
    void sortsAConvolutionsChannelsByCentre() {
        Model model = model(new Layer.LookAhead(3), new Layer.Conv1d("c", 3, 80, 8, 1, 1, Padding.SAME));
        float[] kernels = new float[240];
        System.arraycopy(cosine(3_000, 80, 1), 0, kernels, 0, 80);
        System.arraycopy(cosine(500, 80, 2), 0, kernels, 80, 80);
        System.arraycopy(cosine(7_000, 80, 0.1), 0, kernels, 160, 80);
        fill(model, 0, kernels);
        List<FirstFilter> filters = FirstFilter.of(model);
        assertThat(filters).extracting(FirstFilter::channel).containsExactly(1, 0, 2);
        assertThat(filters.getFirst().taps()).containsExactly(cosine(500, 80, 2));
    }

    @Test
    void dilatedTapsLieApart() {
        Model model = model(new Layer.Conv1d("c", 1, 3, 1, 2, 1, Padding.SAME));
        fill(model, 0, 1, 2, 3);
        assertThat(FirstFilter.of(model).getFirst().taps()).containsExactly(1, 0, 2, 0, 3);
    }

    /** Bands of 1,000 to 1,400 and 4,000 to 5,000 Hz: 50 Hz are always there. At its edges half the amplitude passes. */
    @Test
    void sincFiltersAreMadeOfTheirEdges() {
        Model model = model(new Layer.SincConv1d("c", 2, 129, 8));
        fill(model, 0, 4_000f / RATE_HZ, 1_000f / RATE_HZ);
        fill(model, 1, 950f / RATE_HZ, 350f / RATE_HZ);
        List<FirstFilter> filters = FirstFilter.of(model);
        assertThat(filters).extracting(FirstFilter::channel).containsExactly(1, 0);
        assertThat(filters.getFirst().centreHz()).isBetween(1_000.0, 1_400.0);
        assertThat(filters.getFirst().bandwidthHz()).isBetween(250.0, 400.0);
        assertThat(filters.getLast().centreHz()).isBetween(4_000.0, 5_000.0);
        assertThat(filters.getLast().bandwidthHz()).isBetween(850.0, 1_000.0);
    }

    @Test
    void networksThatBeginOtherwiseHaveNoFilters() {
        assertThat(FirstFilter.of(model(new Layer.AveragePool(4), Layer.Conv1d.of("c", 2, 3, Padding.SAME))))
                .isEmpty();
    }
}
