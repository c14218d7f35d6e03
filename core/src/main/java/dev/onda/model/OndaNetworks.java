package dev.onda.model;

import dev.onda.nn.Layer;
import dev.onda.nn.Padding;
import dev.onda.nn.kernel.Activation;
import java.util.ArrayList;
import java.util.List;

/**
 * Onda's own family, for a second at 16 kHz: a front end of one long strided convolution, then stages of depthwise-separable
 * convolutions (Howard 2017) with a norm behind the pointwise half only (QuartzNet, Kriman 2020), two by two in residual blocks
 * (He 2016). Each stage halves the time: 2 ms a step behind the front end, then 4, 8 and 16.
 */
final class OndaNetworks {

    /** One stage: its channels, taps of its depthwise kernels, and residual blocks. */
    private record Stage(int channels, int kernel, int blocks) {}

    /** The layers, as they grow. */
    private final List<Layer> layers = new ArrayList<>();

    private int number = 1;

    private OndaNetworks() {}

    static List<Layer> small(int words) {
        return new OndaNetworks()
                .front(convolution(36))
                .stages(36, new Stage(36, 9, 2), new Stage(52, 11, 2), new Stage(68, 13, 2))
                .last(0.05, words);
    }

    static List<Layer> medium(int words) {
        return new OndaNetworks()
                .front(convolution(48))
                .stages(48, new Stage(64, 9, 2), new Stage(96, 11, 2), new Stage(128, 13, 2))
                .last(0.1, words);
    }

    static List<Layer> large(int words) {
        return new OndaNetworks()
                .front(convolution(64))
                .stages(64, new Stage(96, 9, 3), new Stage(160, 11, 3), new Stage(256, 13, 3))
                .last(0.2, words);
    }

    /** The medium network behind learned band-pass filters (SincNet, Ravanelli and Bengio 2018). */
    static List<Layer> sinc(int words) {
        return new OndaNetworks()
                .front(new Layer.SincConv1d("c1", 48, 129, 8))
                .stages(48, new Stage(64, 9, 2), new Stage(96, 11, 2), new Stage(128, 13, 2))
                .last(0.1, words);
    }

    private static Layer convolution(int channels) {
        return new Layer.Conv1d("c1", channels, 80, 8, 1, 1, Padding.SAME);
    }

    private OndaNetworks front(Layer convolution) {
        layers.add(convolution);
        layers.addAll(List.of(norm("b1"), new Layer.Activation(Activation.RELU), new Layer.MaxPool(4)));
        return this;
    }

    private OndaNetworks stages(int channels, Stage... stages) {
        int in = channels;
        for (Stage stage : stages) {
            separable(in, stage.channels(), stage.kernel());
            layers.addAll(List.of(new Layer.Activation(Activation.RELU), new Layer.MaxPool(2)));
            in = stage.channels();
            for (int block = 0; block < stage.blocks(); block++) {
                layers.add(new Layer.Fork());
                separable(in, in, stage.kernel());
                layers.add(new Layer.Activation(Activation.RELU));
                separable(in, in, stage.kernel());
                layers.addAll(List.of(new Layer.Add(), new Layer.Activation(Activation.RELU)));
            }
        }
        return this;
    }

    private void separable(int in, int out, int kernel) {
        number++;
        layers.add(new Layer.Conv1d("d" + number, in, kernel, 1, 1, in, Padding.SAME));
        layers.add(Layer.Conv1d.of("p" + number, out, 1, Padding.SAME));
        layers.add(norm("b" + number));
    }

    private List<Layer> last(double dropout, int words) {
        layers.addAll(
                List.of(new Layer.GlobalAveragePool(), new Layer.Dropout(dropout), new Layer.Dense("out", words)));
        return layers;
    }

    private static Layer norm(String name) {
        return new Layer.BatchNorm(name, 1e-5, 0.9);
    }
}
