package dev.onda.model;

import dev.onda.nn.Initialization;
import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Padding;
import dev.onda.nn.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * A network by name, for any number of words.
 *
 * @param name what users call it
 * @param source where it was published
 * @param recipe name of the recipe that it is trained with unless told otherwise: {@code default} for the bare one
 * @param sampleRateHz the rate it was made for; a window is one second
 * @param initialization how its parameters are first drawn
 * @param layers its layers, given the number of words
 */
public record Architecture(
        String name,
        String source,
        String recipe,
        int sampleRateHz,
        Initialization initialization,
        IntFunction<List<Layer>> layers) {

    private static final List<Architecture> ALL = List.of(
            article(
                    "article-single",
                    "Herrera 2020, Single Conv1D: one convolution, one dense layer",
                    ArticleNetworks::single),
            article("article-multi", "Herrera 2020, Multi Conv1D: three convolutions", ArticleNetworks::multi),
            article(
                    "article-extra",
                    "Herrera 2020, Extra Conv1D and Augmented V1, V2: two dense layers more",
                    ArticleNetworks::extra),
            article(
                    "article",
                    "Herrera 2020, Extra Conv1D Augmented V3: four convolutions, two dense layers a time step",
                    ArticleNetworks::full),
            article(
                    "article-residual",
                    "Herrera 2020's future work: ways around convolutions (He 2016)",
                    ArticleNetworks::residual),
            article(
                    "article-recurrent",
                    "Herrera 2020's future work: a gated recurrent unit (Cho 2014) over the convolutions' output",
                    ArticleNetworks::recurrent),
            article(
                    "article-lookahead",
                    "Herrera 2020's future work: causal convolutions that look a few steps ahead",
                    ArticleNetworks::lookAhead),
            dai("m3", "Dai 2016 (arXiv 1610.00087): three layers, fully convolutional", DaiNetworks::m3),
            dai(
                    "m5",
                    "Dai 2016 (arXiv 1610.00087), with 32 channels, first stride 4: five layers, fully convolutional",
                    DaiNetworks::m5),
            dai("m11", "Dai 2016 (arXiv 1610.00087): eleven layers, fully convolutional", DaiNetworks::m11),
            dai("m18", "Dai 2016 (arXiv 1610.00087): eighteen layers, fully convolutional", DaiNetworks::m18),
            onda(
                    "sinc",
                    "learned band-pass filters (Ravanelli and Bengio 2018) in front of onda-m",
                    OndaNetworks::sinc),
            onda("onda-s", "separable residual blocks on the waveform, for small devices", OndaNetworks::small),
            onda("onda-m", "separable residual blocks on the waveform, the one to start with", OndaNetworks::medium),
            onda("onda-l", "separable residual blocks on the waveform, for the highest accuracy", OndaNetworks::large));

    /** Glorot's draws, as Keras has it. */
    private static Architecture article(String name, String source, IntFunction<List<Layer>> layers) {
        return new Architecture(name, source, "article", 8_000, Initialization.GLOROT_UNIFORM, layers);
    }

    private static Architecture dai(String name, String source, IntFunction<List<Layer>> layers) {
        return new Architecture(name, source, "m5", 8_000, Initialization.FAN_IN_UNIFORM, layers);
    }

    private static Architecture onda(String name, String source, IntFunction<List<Layer>> layers) {
        String recipe = name.equals("onda-s") ? name : "onda-m";
        return new Architecture(name, source, recipe, 16_000, Initialization.FAN_IN_UNIFORM, layers);
    }

    /** All of them. */
    public static List<Architecture> all() {
        return ALL;
    }

    /**
     * The network for so many words, its parameters still 0.
     *
     * @throws IllegalArgumentException if its layers do not fit each other, or it does not end with one number a word
     */
    public Network network(int words, int windowSamples) {
        Network network = new Network(layers.apply(words), new Shape(1, windowSamples));
        if (!network.output().equals(new Shape(words, 1))) {
            throw new IllegalArgumentException(
                    name + " ends with " + network.output().channels() + " channels of "
                            + network.output().time() + " samples, not with one number for each of " + words
                            + " words: put a flatten or global-average-pool layer in front of a last dense layer with"
                            + " units = \"words\"");
        }
        return network;
    }

    /** The one of this name. */
    public static Optional<Architecture> named(String name) {
        return ALL.stream().filter(a -> a.name.equals(name)).findFirst();
    }

    /** Their names, for messages: {@code "article, m5"}. */
    public static String names() {
        return ALL.stream().map(Architecture::name).collect(Collectors.joining(", "));
    }

    /** Whether its answer on a stream can be found without computing everything anew for each window. */
    public boolean isStreaming() {
        return layers.apply(2).stream().noneMatch(layer -> switch (layer) {
            case Layer.Conv1d c -> c.padding() == Padding.SAME && c.kernel() > 1;
            case Layer.SincConv1d _, Layer.Flatten _, Layer.SqueezeExcitation _, Layer.Gru _ -> true;
            case Layer.Dense _,
                    Layer.BatchNorm _,
                    Layer.Activation _,
                    Layer.MaxPool _,
                    Layer.AveragePool _,
                    Layer.GlobalAveragePool _,
                    Layer.Dropout _,
                    Layer.SpatialDropout _,
                    Layer.Fork _,
                    Layer.Add _,
                    Layer.LookAhead _ -> false;
        });
    }
}
