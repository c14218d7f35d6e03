package dev.onda.cli;

import dev.onda.audio.WavWriter;
import dev.onda.audio.Wave;
import dev.onda.corpus.Partition;
import dev.onda.model.InputFormat;
import dev.onda.model.Memory;
import dev.onda.model.Model;
import dev.onda.model.ModelFile;
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
 * A model that hears "low" in slow waves, "high" in fast ones and else silence, by numbers that were chosen by hand; and clips
 * of a second at 8 kHz for it, with a beep from 0.2 to 0.8 s.
 */
final class BeepModel {

    static final int RATE_HZ = 8_000;
    static final int WINDOW = 8_000;
    static final StreamSettings SETTINGS = new StreamSettings(64, 128, 1, 0.7, 0.35, 256, 0);

    private BeepModel() {}

    static Path write(Path file) throws IOException {
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
        ModelFile.write(
                file,
                new Model(
                        "by hand",
                        network,
                        List.of("low", "high", Model.SILENCE),
                        new InputFormat(RATE_HZ, WINDOW, Normalization.NONE),
                        0,
                        SETTINGS,
                        Memory.NONE,
                        Provenance.NONE));
        return file;
    }

    private static void fill(Network network, int parameter, float... values) {
        System.arraycopy(values, 0, network.parameters().get(parameter).values(), 0, values.length);
    }

    /** Clips of a word, which are beeps of so many hertz with noise beneath, in the validation partition. */
    static void addClips(Path corpus, String word, int clips, double hertz, double noise) throws IOException {
        addClips(corpus, word, Partition.VALIDATION, clips, hertz, noise);
    }

    static void addClips(Path corpus, String word, Partition partition, int clips, double hertz, double noise)
            throws IOException {
        Files.createDirectories(corpus.resolve(word));
        int found = 0;
        for (int candidate = 1; found < clips; candidate++) {
            String name = String.format("%08x_nohash_0.wav", candidate * 0x9e3779b9);
            if (Partition.ofFileName(name) == partition) {
                found++;
                WavWriter.write(corpus.resolve(word).resolve(name), new Wave(clip(candidate, hertz, noise), RATE_HZ));
            }
        }
    }

    private static float[] clip(int seed, double hertz, double noise) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] x = new float[WINDOW];
        for (int t = 0; t < WINDOW; t++) {
            double beep = t >= 0.2 * RATE_HZ && t < 0.8 * RATE_HZ ? 0.2 : 2e-5;
            x[t] = (float)
                    (beep * (Math.sin(seed + 2 * Math.PI * hertz * t / RATE_HZ) + noise * random.nextGaussian()));
        }
        return x;
    }
}
