package dev.onda.peers;

import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Padding;
import dev.onda.nn.Parameter;
import dev.onda.nn.Shape;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * A network as Deeplearning4j's layers, which are made for pictures: a clip is one of height 1. Its one-dimensional
 * convolution does the same inside, but batch norms and spatial dropout take pictures only.
 */
final class Dl4jNetwork {

    private final Network network;
    private final NeuralNetConfiguration.ListBuilder list;
    private final List<Dl4jParameter> parameters = new ArrayList<>();
    private int layers;
    /** The shape in front of the last flattening: the order of features differs. */
    private Shape flattened = new Shape(1, 1);

    private final MultiLayerConfiguration configuration;

    Dl4jNetwork(Network network, long seed) {
        this.network = network;
        list = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(Problem.LEARNING_RATE, 0.9, 0.999, Problem.ADAM_EPSILON))
                .list();
        for (int i = 0; i < network.layers().size(); i++) {
            add(i, network.layers().get(i));
        }
        put(new LossLayer.Builder(LossFunctions.LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .build());
        configuration = list.setInputType(InputType.convolutional(
                        1, network.input().time(), network.input().channels()))
                .build();
    }

    MultiLayerConfiguration configuration() {
        return configuration;
    }

    /** All of the network's, those not trained included. */
    List<Dl4jParameter> parameters() {
        return parameters;
    }

    private void put(org.deeplearning4j.nn.conf.layers.Layer layer) {
        list.layer(layer);
        layers++;
    }

    private void add(int index, Layer layer) {
        switch (layer) {
            case Layer.Conv1d c -> {
                if (c.groups() != 1) {
                    throw new IllegalArgumentException("groups of channels are not mapped to Deeplearning4j");
                }
                ConvolutionMode mode = c.padding() == Padding.SAME ? ConvolutionMode.Same : ConvolutionMode.Truncate;
                bind(c, "W", "b");
                put(new ConvolutionLayer.Builder(1, c.kernel())
                        .stride(1, c.stride())
                        .dilation(1, c.dilation())
                        .convolutionMode(mode)
                        .nOut(c.channels())
                        .activation(activation(index))
                        .build());
            }
            case Layer.Dense d
            when network.input(index).time() == 1 -> {
                bindFeatures(d);
                put(new DenseLayer.Builder()
                        .nOut(d.units())
                        .activation(activation(index))
                        .build());
            }
            case Layer.Dense d -> {
                bind(d, "W", "b");
                put(new ConvolutionLayer.Builder(1, 1)
                        .nOut(d.units())
                        .activation(activation(index))
                        .build());
            }
            case Layer.BatchNorm b -> {
                bind(b, "gamma", "beta", "mean", "var");
                put(new BatchNormalization.Builder()
                        .eps(b.epsilon())
                        .decay(b.momentum())
                        .useLogStd(false)
                        .build());
            }
            case Layer.Activation a -> {
                if (!follows(index)) {
                    put(new ActivationLayer(theirs(a)));
                }
            }
            case Layer.MaxPool p -> put(pool(PoolingType.MAX, p.size()));
            case Layer.AveragePool p -> put(pool(PoolingType.AVG, p.size()));
            case Layer.GlobalAveragePool _ -> {
                put(new GlobalPoolingLayer(PoolingType.AVG));
                flattened = network.output(index);
            }
            case Layer.Flatten _ -> flattened = network.input(index);
            // Deeplearning4j counts what is kept.
            case Layer.Fork _,
                    Layer.Add _,
                    Layer.SqueezeExcitation _,
                    Layer.SincConv1d _,
                    Layer.Gru _,
                    Layer.LookAhead _ ->
                throw new UnsupportedOperationException("none of the networks compared has such a layer");
            case Layer.Dropout d -> put(new DropoutLayer(1 - d.rate()));
            case Layer.SpatialDropout d -> put(new DropoutLayer(new SpatialDropout(1 - d.rate())));
        }
    }

    private static SubsamplingLayer pool(PoolingType type, int size) {
        return new SubsamplingLayer.Builder(type)
                .kernelSize(1, size)
                .stride(1, size)
                .convolutionMode(ConvolutionMode.Truncate)
                .build();
    }

    /** Whether an activation stands right behind a layer with weights, which does it along there. */
    private boolean follows(int index) {
        return index > 0
                && (network.layers().get(index - 1) instanceof Layer.Conv1d
                        || network.layers().get(index - 1) instanceof Layer.Dense);
    }

    private Activation activation(int index) {
        return index + 1 < network.layers().size() && network.layers().get(index + 1) instanceof Layer.Activation a
                ? theirs(a)
                : Activation.IDENTITY;
    }

    private static Activation theirs(Layer.Activation a) {
        return switch (a.function()) {
            case RELU -> Activation.RELU;
            case TANH -> Activation.TANH;
        };
    }

    private void bind(Layer layer, String... keys) {
        List<Parameter> own = network.parameters(layer);
        for (int i = 0; i < keys.length; i++) {
            parameters.add(new Dl4jParameter(
                    own.get(i), layers, keys[i], inOrder(own.get(i).values().length)));
        }
    }

    private static int[] inOrder(int count) {
        int[] places = new int[count];
        for (int i = 0; i < count; i++) {
            places[i] = i;
        }
        return places;
    }

    /** Weights (units, features) here are (features, units) there; features go by channel there, by time step here. */
    private void bindFeatures(Layer.Dense d) {
        List<Parameter> own = network.parameters(d);
        int features = own.getFirst().shape()[1];
        int channels = flattened.channels();
        int[] places = new int[own.getFirst().values().length];
        for (int unit = 0; unit < d.units(); unit++) {
            for (int f = 0; f < features; f++) {
                int theirs = f % channels * flattened.time() + f / channels;
                places[unit * features + f] = theirs * d.units() + unit;
            }
        }
        parameters.add(new Dl4jParameter(own.getFirst(), layers, "W", places));
        parameters.add(new Dl4jParameter(own.get(1), layers, "b", inOrder(d.units())));
    }
}
