package dev.onda.model;

import dev.onda.nn.Network;
import java.util.HashSet;
import java.util.List;

/**
 * A network and all that recognition needs beside it.
 *
 * @param architecture name of its architecture
 * @param network with trained parameters; its output has one channel a word
 * @param words what the outputs mean, in their order
 * @param input the sound it takes
 * @param provenance where it comes from
 */
public record Model(
        String architecture, Network network, List<String> words, InputFormat input, Provenance provenance) {

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
        if (network.input().channels() != 1 || network.input().time() != input.windowSamples()) {
            throw new IllegalArgumentException("a network for inputs of shape " + network.input()
                    + " does not fit a window of " + input.windowSamples() + " samples");
        }
    }
}
