package dev.onda.onnx;

import dev.onda.nn.Affine;
import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Padding;
import dev.onda.nn.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A network in use, folded ({@link Network#folded}) and said in fewer kinds of layers: dense layers and what is left of batch norms are
 * convolutions of one tap. Of two convolutions behind each
 * other, such as the halves of a separable one, the first leaves its biases to a second of one tap.
 */
final class Folding {

    private final List<Layer> layers = new ArrayList<>();
    /** Their parameters, in order. */
    private final List<float[]> values = new ArrayList<>();

    private Folding() {}

    /** A network that computes the same, with parameters of its own. */
    static Network of(Network network) {
        Network known = network.folded();
        Folding folding = new Folding();
        known.layers().forEach(layer -> folding.add(layer, known));
        Network folded = new Network(folding.layers, known.input());
        for (int i = 0; i < folding.values.size(); i++) {
            float[] own = folding.values.get(i);
            System.arraycopy(own, 0, folded.parameters().get(i).values(), 0, own.length);
        }
        for (int i = 0; i + 1 < folded.layers().size(); i++) {
            if (folded.layers().get(i) instanceof Layer.Conv1d first
                    && folded.layers().get(i + 1) instanceof Layer.Conv1d second
                    && second.kernel() == 1
                    && second.groups() == 1) {
                passOn(folded.parameters(first).get(1).values(), folded.parameters(second));
            }
        }
        return folded;
    }

    /** Adds to a convolution's biases what comes of those in front of it, which become 0. */
    private static void passOn(float[] biases, List<Parameter> second) {
        float[] weights = second.get(0).values();
        float[] sums = second.get(1).values();
        for (int c = 0; c < sums.length; c++) {
            double sum = sums[c];
            for (int in = 0; in < biases.length; in++) {
                sum += (double) weights[c * biases.length + in] * biases[in];
            }
            sums[c] = (float) sum;
        }
        Arrays.fill(biases, 0);
    }

    /** Whether a convolution adds nothing. */
    static boolean isUnbiased(Parameter biases) {
        for (float bias : biases.values()) {
            if (bias != 0) {
                return false;
            }
        }
        return true;
    }

    private void add(Layer layer, Network known) {
        if (layer instanceof Layer.BatchNorm b) {
            Affine norm = Affine.of(b, known);
            layers.add(new Layer.Conv1d(b.name(), norm.factor().length, 1, 1, 1, norm.factor().length, Padding.VALID));
            values.addAll(List.of(norm.factor(), norm.summand()));
            return;
        }
        layers.add(layer instanceof Layer.Dense d ? Layer.Conv1d.of(d.name(), d.units(), 1, Padding.VALID) : layer);
        known.parameters(layer).forEach(p -> values.add(p.values()));
    }
}
