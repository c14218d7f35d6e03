package dev.onda.evaluate;

import dev.onda.audio.WavWriter;
import dev.onda.audio.Wave;
import dev.onda.corpus.ClipFormat;
import dev.onda.corpus.ClipStore;
import dev.onda.corpus.Corpus;
import dev.onda.corpus.CorpusOptions;
import dev.onda.corpus.Partition;
import dev.onda.corpus.Preparation;
import dev.onda.corpus.PrepareOptions;
import dev.onda.model.InputFormat;
import dev.onda.model.Memory;
import dev.onda.model.Model;
import dev.onda.model.Normalization;
import dev.onda.model.Provenance;
import dev.onda.model.StreamSettings;
import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Padding;
import dev.onda.nn.Shape;
import dev.onda.nn.kernel.Activation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Words for streams, half a second at 8 kHz: "low" (300 Hz) and "high" (3 kHz) from 0.1 to 0.4 s, and "hiss" (noise), which the
 * model does not know; and a model of which one can say by hand what it hears.
 */
final class Beeps {

    static final int RATE_HZ = 8_000;
    static final int WINDOW = 4_000;
    static final double FROM = 0.1;
    static final double TO = 0.4;
    static final StreamSettings SETTINGS = new StreamSettings(64, 128, 1, 0.7, 0.35, 256, 0);

    private Beeps() {}

    /** Sums of neighbours are large for slow waves, differences for fast ones; where neither is, there is silence. */
    static Model model() {
        Network network = new Network(
                List.of(
                        Layer.Conv1d.of("c", 2, 2, Padding.VALID),
                        new Layer.Activation(Activation.RELU),
                        new Layer.GlobalAveragePool(),
                        new Layer.Dense("out", 3)),
                new Shape(1, WINDOW));
        fill(network, 0, 1, 1, -1, 1);
        fill(network, 2, 300, 0, 0, 300, 0, 0);
        fill(network, 3, 0, 0, 6);
        InputFormat input = new InputFormat(RATE_HZ, WINDOW, Normalization.NONE);
        List<String> words = List.of("low", "high", Model.SILENCE);
        return new Model("by hand", network, words, input, 0, SETTINGS, Memory.NONE, Provenance.NONE);
    }

    private static void fill(Network network, int parameter, float... values) {
        System.arraycopy(values, 0, network.parameters().get(parameter).values(), 0, values.length);
    }

    /** So many clips of each word in each partition, and of hiss; a background of a tone, noise and a tone: a partition each. */
    static ClipStore store(Path folder, int clips, int hisses, boolean hasBackground) throws IOException {
        Path corpus = folder.resolve("corpus");
        for (Partition partition : Partition.values()) {
            addClips(corpus, "low", partition, clips);
            addClips(corpus, "high", partition, clips);
            addClips(corpus, "hiss", partition, hisses);
        }
        if (hasBackground) {
            for (int i = 0; i < 2; i++) {
                write(corpus.resolve("_background_noise_/n" + i + ".wav"), background(i, 0.02 + 0.2 * i));
            }
        }
        Preparation.prepare(
                Corpus.scan(corpus, CorpusOptions.defaults()),
                new ClipFormat(RATE_HZ, WINDOW),
                folder.resolve("store"),
                new PrepareOptions(1, false),
                (done, total) -> {});
        return ClipStore.open(folder.resolve("store"));
    }

    static StreamMaterial material(ClipStore store, Partition partition) {
        return StreamMaterial.of(store, model().words(), partition, clip -> clip.partition() == partition);
    }

    private static void addClips(Path corpus, String word, Partition partition, int clips) throws IOException {
        int found = 0;
        for (int candidate = 1; found < clips; candidate++) {
            String name = String.format("%08x_nohash_0.wav", candidate * 0x9e3779b9);
            if (Partition.ofFileName(name) == partition) {
                found++;
                write(corpus.resolve(word).resolve(name), clip(word, candidate));
            }
        }
    }

    private static float[] clip(String word, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double hertz = word.equals("low") ? 300 : 3_000;
        double amplitude = random.nextDouble(0.05, 0.5);
        float[] x = new float[WINDOW];
        for (int t = 0; t < WINDOW; t++) {
            double wave = word.equals("hiss")
                    ? random.nextGaussian() / 3
                    : Math.sin(seed + 2 * Math.PI * hertz * t / RATE_HZ);
            boolean isIn = t >= FROM * RATE_HZ && t < TO * RATE_HZ;
            x[t] = (float) (isIn ? amplitude * wave : 1e-4 * amplitude * random.nextGaussian());
        }
        return x;
    }

    /** 20 s: a tone of 500 Hz, noise, a tone of 1.5 kHz, as partitions are cut. */
    private static float[] background(long seed, double amplitude) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] x = new float[20 * RATE_HZ];
        for (int t = 0; t < x.length; t++) {
            double part = t / (double) x.length;
            double sample = part < 0.8
                    ? Math.sin(2 * Math.PI * 500 * t / RATE_HZ)
                    : part < 0.9 ? random.nextGaussian() : Math.sin(2 * Math.PI * 1_500 * t / RATE_HZ);
            x[t] = (float) (amplitude * sample);
        }
        return x;
    }

    private static void write(Path file, float[] samples) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        WavWriter.write(file, new Wave(samples, RATE_HZ));
    }
}
