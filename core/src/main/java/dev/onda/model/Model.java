package dev.onda.model;

import dev.onda.nn.Network;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * A network and all that recognition needs beside it.
 *
 * @param architecture name of its architecture
 * @param network with trained parameters; its output has one channel a word
 * @param words what the outputs mean, in their order
 * @param input the sound it takes
 * @param threshold least posterior probability at which a word is believed, in [0, 1]; what stays below is {@link #UNKNOWN}
 * @param stream how it listens to streams
 * @param memory of the clips it learned from; {@link Memory#NONE} if it cannot be taught
 * @param provenance where it comes from
 */
public record Model(
        String architecture,
        Network network,
        List<String> words,
        InputFormat input,
        double threshold,
        StreamSettings stream,
        Memory memory,
        Provenance provenance) {

    /** The class of all speech that is none of the words. */
    public static final String UNKNOWN = "_unknown_";
    /** The class of what is no speech. */
    public static final String SILENCE = "_silence_";

    /**
     * @throws IllegalArgumentException if words, network and input do not fit each other
     */
    public Model {
        words = List.copyOf(words);
        if (words.size() != network.output().size()) {
            throw new IllegalArgumentException(words.size() + " words do not fit a network with "
                    + network.output().size() + " outputs");
        }
        if (new HashSet<>(words).size() != words.size()) {
            throw new IllegalArgumentException("a word stands twice in " + words);
        }
        int classes = words.size();
        if (Arrays.stream(memory.labels()).anyMatch(label -> label >= classes)) {
            throw new IllegalArgumentException("a memory of more classes than the " + classes + " words");
        }
        int last = network.layers().size() - 1;
        if (memory.clips() > 0 && memory.size() != network.input(last).size()) {
            throw new IllegalArgumentException(
                    "a memory of " + memory.size() + " numbers a clip does not fit a last layer" + " that takes "
                            + network.input(last).size());
        }
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("a threshold is in [0, 1], not " + threshold);
        }
        if (network.input().channels() != 1 || network.input().time() != input.windowSamples()) {
            throw new IllegalArgumentException("a network for inputs of shape " + network.input()
                    + " does not fit a window of " + input.windowSamples() + " samples");
        }
    }

    /** A model that listens to streams as one does that was never calibrated. */
    public Model(
            String architecture,
            Network network,
            List<String> words,
            InputFormat input,
            double threshold,
            Memory memory,
            Provenance provenance) {
        this(architecture, network, words, input, threshold, StreamSettings.DEFAULTS, memory, provenance);
    }

    /** The same model, listening otherwise. */
    public Model withStream(StreamSettings other) {
        return new Model(architecture, network, words, input, threshold, other, memory, provenance);
    }

    /** The same model, said to come from elsewhere. */
    public Model with(Provenance other) {
        return new Model(architecture, network, words, input, threshold, stream, memory, other);
    }

    /** Whether a class is a word, not one of those for everything else. */
    public static boolean isWord(String name) {
        return !name.equals(UNKNOWN) && !name.equals(SILENCE);
    }
}
