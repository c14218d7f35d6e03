package dev.onda.onnx;

import dev.onda.file.AtomicFile;
import dev.onda.model.Model;
import dev.onda.nn.Network;
import dev.onda.nn.kernel.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * A model whose weights and signals have eight bits instead of 32, for ONNX files of a third to a quarter of the size: the weights of
 * convolutions and dense layers, and all that goes from layer to layer. Recurrent and squeeze-and-excitation layers keep theirs, and so
 * does the last layer's output. It also answers as such a file does, within the last bit of a signal here and there.
 */
public final class Int8Model {

    /** Most clips that {@link #forward} takes at once. */
    public static final int BATCH = 16;

    private final Model model;
    private final Network network;
    private final EightBits bits;
    private final LayerByLayer layers;

    /** Gives the sound of a clip. */
    @FunctionalInterface
    public interface Clips {
        /** Puts a window of clip {@code i}, as it was recorded, to {@code into[at ...]}. */
        void read(int i, float[] into, int at);
    }

    private Int8Model(Model model, Network network, List<Tally> tallies, Workers workers) {
        this.model = model;
        this.network = network;
        this.bits = new EightBits(network, tallies);
        this.layers = new LayerByLayer(bits.restored(), BATCH, workers);
    }

    /**
     * Finds out how large a model's signals are, and rounds it.
     *
     * @param clips of those that it learned from
     * @param count how many there are, at least 1
     * @param done is told how many have been heard
     */
    public static Int8Model of(Model model, Clips clips, int count, Workers workers, IntConsumer done) {
        Network network = Folding.of(model.network());
        List<Tally> tallies = IntStream.rangeClosed(0, network.layers().size())
                .mapToObj(i -> new Tally())
                .toList();
        LayerByLayer layers = new LayerByLayer(network, BATCH, workers);
        int window = model.input().windowSamples();
        float[] batch = new float[BATCH * window];
        for (int from = 0; from < count; from += BATCH) {
            int some = Math.min(BATCH, count - from);
            for (int i = 0; i < some; i++) {
                clips.read(from + i, batch, i * window);
                model.input().normalization().apply(batch, i * window, window);
            }
            layers.forward(
                    batch,
                    some,
                    (layer, signal, numbers) -> tallies.get(layer + 1).add(signal, numbers));
            done.accept(from + some);
        }
        return new Int8Model(model, network, tallies, workers);
    }

    /**
     * What the file answers.
     *
     * @param x normalised clips, {@code (clips, window)}, not changed
     * @param clips at most {@link #BATCH}
     * @return logits, {@code (clips, words)}; valid until the next call
     */
    public float[] forward(float[] x, int clips) {
        return layers.forward(
                x, clips, (layer, signal, count) -> bits.behind(layer).ifPresent(grid -> grid.round(signal, count)));
    }

    /**
     * Writes the file.
     *
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        AtomicFile.write(file, file());
    }

    /** The file's bytes. */
    byte[] file() {
        return OnnxModel.of(model, network, graph -> new Bytes(bits, network, graph));
    }
}
