package dev.onda.evaluate;

import dev.onda.audio.WavWriter;
import dev.onda.audio.Wave;
import dev.onda.corpus.ClipFormat;
import dev.onda.corpus.ClipStore;
import dev.onda.corpus.Corpus;
import dev.onda.corpus.CorpusOptions;
import dev.onda.corpus.LabelledClips;
import dev.onda.corpus.Partition;
import dev.onda.corpus.Preparation;
import dev.onda.corpus.PrepareOptions;
import dev.onda.model.InputFormat;
import dev.onda.model.Memory;
import dev.onda.model.Model;
import dev.onda.model.Normalization;
import dev.onda.model.Provenance;
import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Padding;
import dev.onda.nn.Shape;
import dev.onda.nn.kernel.Activation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tones of 300 Hz ("low") and 3 kHz ("high") at 8 kHz, and a model of which one can say by hand what it hears. */
final class Tones {

    static final int RATE_HZ = 8_000;
    static final int WINDOW = 1_000;

    private Tones() {}

    /**
     * Sums of neighbours are large for slow waves, differences for fast ones; where neither is, there is silence.
     *
     * @param threshold of the model
     */
    static Model model(double threshold) {
        Network network = new Network(
                List.of(
                        Layer.Conv1d.of("c", 2, 2, Padding.VALID),
                        new Layer.Activation(Activation.RELU),
                        new Layer.GlobalAveragePool(),
                        new Layer.Dense("out", 3)),
                new Shape(1, WINDOW));
        fill(network, 0, 1, 1, -1, 1);
        fill(network, 2, 20, 0, 0, 20, 0, 0);
        fill(network, 3, 0, 0, 0.5f);
        InputFormat input = new InputFormat(RATE_HZ, WINDOW, Normalization.NONE);
        List<String> words = List.of("low", "high", Model.SILENCE);
        return new Model("by hand", network, words, input, threshold, Memory.NONE, Provenance.NONE);
    }

    private static void fill(Network network, int parameter, float... values) {
        System.arraycopy(values, 0, network.parameters().get(parameter).values(), 0, values.length);
    }

    /** So many clips of each word, three a speaker; with a hum as background, or without any. */
    static ClipStore store(Path folder, int clipsAWord, boolean hasBackground) throws IOException {
        Path corpus = folder.resolve("corpus");
        for (int i = 0; i < clipsAWord; i++) {
            String name = String.format("%08x_nohash_%d.wav", i / 3, i % 3);
            write(corpus.resolve("low").resolve(name), tone(300, i));
            write(corpus.resolve("high").resolve(name), tone(3_000, i));
        }
        if (hasBackground) {
            float[] hum = new float[20 * WINDOW];
            for (int t = 0; t < hum.length; t++) {
                hum[t] = (float) (0.1 * Math.sin(2 * Math.PI * 200 * t / RATE_HZ));
            }
            write(corpus.resolve("_background_noise_").resolve("hum.wav"), hum);
        }
        Preparation.prepare(
                Corpus.scan(corpus, CorpusOptions.defaults()),
                new ClipFormat(RATE_HZ, WINDOW),
                folder.resolve("store"),
                new PrepareOptions(1, false),
                (done, total) -> {});
        return ClipStore.open(folder.resolve("store"));
    }

    /** All clips, judged with the background of testing. */
    static LabelledClips clips(ClipStore store, List<String> words) {
        return LabelledClips.of(store, words, Partition.TESTING, clip -> true);
    }

    private static float[] tone(double hertz, int number) {
        float[] x = new float[WINDOW];
        double amplitude = 0.2 + 0.01 * (number % 10);
        for (int t = 0; t < WINDOW; t++) {
            x[t] = (float) (amplitude * Math.sin(number + 2 * Math.PI * hertz * t / RATE_HZ));
        }
        return x;
    }

    private static void write(Path file, float[] samples) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        WavWriter.write(file, new Wave(samples, RATE_HZ));
    }
}
