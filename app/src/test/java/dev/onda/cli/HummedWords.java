package dev.onda.cli;

import dev.onda.audio.Wave;
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
import java.util.List;

/** A model made by hand that hears "low" in slow waves and "high" in fast ones, and sound for it. */
final class HummedWords {

    static final int RATE_HZ = 8_000;
    /** The quiet before the first word; a word with the quiet behind it. */
    static final double LEAD_SECONDS = 1;

    static final double WORD_SECONDS = 1.5;

    private static final int WINDOW = RATE_HZ / 2;

    private HummedWords() {}

    /** Knows two words of these names. */
    static Model model(String low, String high) {
        Network network = new Network(
                List.of(
                        Layer.Conv1d.of("c", 2, 2, Padding.VALID),
                        new Layer.Activation(Activation.RELU),
                        new Layer.GlobalAveragePool(),
                        new Layer.Dense("out", 3)),
                new Shape(1, WINDOW));
        // Sums of neighbours are large in slow waves, their differences in fast ones.
        fill(network, 0, 1, 1, -1, 1);
        fill(network, 2, 9, 0, 0, 9, 0, 0);
        fill(network, 3, 0, 0, -3);
        InputFormat input = new InputFormat(RATE_HZ, WINDOW, Normalization.PEAK);
        return new Model("by hand", network, List.of(low, high, Model.UNKNOWN), input, 0, Memory.NONE, Provenance.NONE);
    }

    private static void fill(Network network, int parameter, float... values) {
        System.arraycopy(values, 0, network.parameters().get(parameter).values(), 0, values.length);
    }

    /** Quiet, and the words with quiet behind each. */
    static Wave say(String... words) {
        float[] x = new float[(int) (RATE_HZ * (LEAD_SECONDS + words.length * WORD_SECONDS))];
        for (int w = 0; w < words.length; w++) {
            double hertz = words[w].equals("low") ? 300 : 3_000;
            int start = (int) (RATE_HZ * (LEAD_SECONDS + w * WORD_SECONDS));
            for (int i = 0; i < WINDOW; i++) {
                x[start + i] = (float) (0.5 * Math.sin(2 * Math.PI * hertz * i / RATE_HZ));
            }
        }
        return new Wave(x, RATE_HZ);
    }

    /** The same as bytes: 16 bits, the lower byte first, each sample once for each channel. */
    static byte[] pcm(Wave wave, int channels) {
        byte[] bytes = new byte[2 * channels * wave.samples().length];
        for (int i = 0; i < wave.samples().length * channels; i++) {
            int sample = Math.round(wave.samples()[i / channels] * 32_767);
            bytes[2 * i] = (byte) sample;
            bytes[2 * i + 1] = (byte) (sample >> 8);
        }
        return bytes;
    }
}
