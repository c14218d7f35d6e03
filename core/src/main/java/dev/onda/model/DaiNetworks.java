package dev.onda.model;

import dev.onda.nn.Layer;
import dev.onda.nn.Padding;
import dev.onda.nn.kernel.Activation;
import java.util.ArrayList;
import java.util.List;

/**
 * Very deep convolutional networks for raw waveforms (Dai 2016, arXiv 1610.00087, table 1): a first convolution of 80 taps,
 * then ones of 3, the time cut to a quarter where channels double, and no dense layer but the last.
 */
final class DaiNetworks {

    private DaiNetworks() {}

    static List<Layer> m3(int words) {
        List<Layer> layers = new ArrayList<>(first(256, Padding.VALID));
        layers.addAll(convolution("c2", 256, Padding.VALID));
        layers.add(new Layer.MaxPool(4));
        layers.addAll(last(words));
        return layers;
    }

    /** With 32 instead of 128 channels, as in the tutorial of torchaudio. */
    static List<Layer> m5(int words) {
        List<Layer> layers = new ArrayList<>(first(32, Padding.VALID));
        int[] channels = {32, 64, 64};
        for (int i = 0; i < channels.length; i++) {
            layers.addAll(convolution("c" + (i + 2), channels[i], Padding.VALID));
            layers.add(new Layer.MaxPool(4));
        }
        layers.addAll(last(words));
        return layers;
    }

    static List<Layer> m11(int words) {
        return deep(words, 2, 2, 3, 2);
    }

    static List<Layer> m18(int words) {
        return deep(words, 4, 4, 4, 4);
    }

    /** Groups of convolutions of 64, 128, 256 and 512 channels; padded, for a second at 8 kHz would not last. */
    private static List<Layer> deep(int words, int... groups) {
        List<Layer> layers = new ArrayList<>(first(64, Padding.SAME));
        int number = 2;
        for (int group = 0; group < groups.length; group++) {
            for (int i = 0; i < groups[group]; i++) {
                layers.addAll(convolution("c" + number++, 64 << group, Padding.SAME));
            }
            if (group + 1 < groups.length) {
                layers.add(new Layer.MaxPool(4));
            }
        }
        layers.addAll(last(words));
        return layers;
    }

    private static List<Layer> first(int channels, Padding padding) {
        return List.of(
                new Layer.Conv1d("c1", channels, 80, 4, 1, 1, padding),
                norm("b1"),
                new Layer.Activation(Activation.RELU),
                new Layer.MaxPool(4));
    }

    private static List<Layer> convolution(String name, int channels, Padding padding) {
        return List.of(
                Layer.Conv1d.of(name, channels, 3, padding),
                norm(name.replace('c', 'b')),
                new Layer.Activation(Activation.RELU));
    }

    private static List<Layer> last(int words) {
        return List.of(new Layer.GlobalAveragePool(), new Layer.Dense("out", words));
    }

    /** With PyTorch's defaults, momentum counted as Keras counts it. */
    private static Layer norm(String name) {
        return new Layer.BatchNorm(name, 1e-5, 0.9);
    }
}
