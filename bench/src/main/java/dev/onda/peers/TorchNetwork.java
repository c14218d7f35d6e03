package dev.onda.peers;

import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Padding;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** The layers of a network as calls of libtorch. */
final class TorchNetwork {

    private final Network network;
    private final Map<String, Tensor> parameters;

    /**
     * @param parameters by the names of the network's; not copied
     */
    TorchNetwork(Network network, Map<String, Tensor> parameters) {
        this.network = network;
        this.parameters = parameters;
    }

    /**
     * Logits {@code (batch, words)} of clips {@code (batch, 1, time)}. What lies between two layers is let go at once, as
     * {@code x = layer(x)} would; what the gradient needs is held by its graph.
     */
    Tensor forward(Tensor clips, boolean training) {
        Tensor at = clips;
        for (Layer layer : network.layers()) {
            Tensor to = forward(layer, at, training);
            if (at != clips) {
                at.close();
            }
            at = to;
        }
        return at;
    }

    private Tensor forward(Layer layer, Tensor x, boolean training) {
        return switch (layer) {
            case Layer.Conv1d c -> convolution(c, x);
            case Layer.Dense d -> dense(d, x);
            case Layer.BatchNorm b ->
                torch.batch_norm(
                        x,
                        given(b.name() + ".weight"),
                        given(b.name() + ".bias"),
                        given(b.name() + ".running_mean"),
                        given(b.name() + ".running_var"),
                        training,
                        1 - b.momentum(),
                        b.epsilon(),
                        false);
            case Layer.Activation a ->
                switch (a.function()) {
                    case RELU -> torch.relu(x);
                    case TANH -> torch.tanh(x);
                };
            case Layer.MaxPool p -> torch.max_pool1d(x, p.size());
            case Layer.AveragePool p -> torch.avg_pool1d(x, p.size());
            case Layer.GlobalAveragePool _ -> flat(torch.adaptive_avg_pool1d(x, 1));
            case Layer.Flatten _ -> flat(x);
            case Layer.Fork _,
                    Layer.Add _,
                    Layer.SqueezeExcitation _,
                    Layer.SincConv1d _,
                    Layer.Gru _,
                    Layer.LookAhead _ ->
                throw new UnsupportedOperationException("none of the networks compared has such a layer");
            case Layer.Dropout d -> torch.dropout(x, d.rate(), training);
            case Layer.SpatialDropout d -> torch.feature_dropout(x, d.rate(), training);
        };
    }

    private Tensor convolution(Layer.Conv1d c, Tensor x) {
        Tensor weight = parameter(c.name() + ".weight");
        TensorOptional bias = given(c.name() + ".bias");
        long[] stride = {c.stride()};
        long[] dilation = {c.dilation()};
        return c.padding() == Padding.SAME
                ? torch.conv1d(x, weight, bias, stride, "same", dilation, c.groups())
                : torch.conv1d(x, weight, bias, stride, new long[] {0}, dilation, c.groups());
    }

    /** Per time step as a convolution of one tap: faster in libtorch than a linear layer between two transpositions. */
    private Tensor dense(Layer.Dense d, Tensor x) {
        Tensor weight = parameter(d.name() + ".weight");
        TensorOptional bias = given(d.name() + ".bias");
        if (x.dim() == 2) {
            return torch.linear(x, weight, bias);
        }
        long[] one = {1};
        return torch.conv1d(x, weight.unsqueeze(2), bias, one, new long[] {0}, one, 1);
    }

    /** Keras' order: time step by time step. */
    private static Tensor flat(Tensor x) {
        return x.transpose(1, 2).flatten(1, 2);
    }

    private TensorOptional given(String name) {
        return new TensorOptional(parameter(name));
    }

    /** By name. */
    Tensor parameter(String name) {
        @Nullable Tensor found = parameters.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no parameter is named " + name);
        }
        return found;
    }
}
