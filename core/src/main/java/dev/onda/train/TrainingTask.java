package dev.onda.train;

import dev.onda.corpus.ClipFormat;
import dev.onda.corpus.ClipStore;
import dev.onda.corpus.LabelledClips;
import dev.onda.corpus.Partition;
import dev.onda.model.Architecture;
import dev.onda.model.Model;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * What is to be trained.
 *
 * @param store the clips, at the rate and window of the model
 * @param words what the model tells apart, at least two, all of them in the store
 * @param start the model to start from, of the same layers and words; empty to start anew
 * @param software what to name as the trainer in the model file
 */
public record TrainingTask(
        ClipStore store,
        Architecture architecture,
        List<String> words,
        Recipe recipe,
        Optional<Model> start,
        String software) {

    /**
     * @throws IllegalArgumentException if there are fewer than two words, or only classes that are none, or if the model to
     *     start from does not fit
     */
    public TrainingTask {
        words = List.copyOf(words);
        if (new HashSet<>(words).size() != words.size()) {
            throw new IllegalArgumentException("a word stands twice in " + words);
        }
        if (words.stream().noneMatch(Model::isWord)) {
            throw new IllegalArgumentException("a recogniser knows at least 1 word, found " + words);
        }
        if (words.size() < 2) {
            throw new IllegalArgumentException("a recogniser tells at least 2 words apart, found " + words);
        }
        if (start.isPresent()) {
            checkStart(start.get(), store.format(), architecture, words);
        }
    }

    /** A training that starts anew. */
    public TrainingTask(
            ClipStore store, Architecture architecture, List<String> words, Recipe recipe, String software) {
        this(store, architecture, words, recipe, Optional.empty(), software);
    }

    private static void checkStart(Model model, ClipFormat clips, Architecture architecture, List<String> words) {
        if (!model.words().equals(words)) {
            throw new IllegalArgumentException("the model to start from knows " + model.words() + ", the clips are of "
                    + words + "; onda teach adds words to a model");
        }
        if (!model.network().layers().equals(architecture.layers().apply(words.size()))) {
            throw new IllegalArgumentException("the model to start from is of the network " + model.architecture()
                    + ", not " + architecture.name());
        }
        if (model.input().sampleRateHz() != clips.sampleRateHz()
                || model.input().windowSamples() != clips.windowSamples()) {
            throw new IllegalArgumentException("the model to start from takes windows of "
                    + model.input().windowSamples() + " samples at "
                    + model.input().sampleRateHz()
                    + " Hz, the clips are prepared as " + clips.windowSamples() + " at " + clips.sampleRateHz());
        }
    }

    /**
     * Fails before the long work.
     *
     * @throws IllegalArgumentException if a word has no clip to learn from
     */
    public void checkClips() {
        checkClips(LabelledClips.of(store, words, Partition.TRAINING));
    }

    void checkClips(LabelledClips training) {
        int[] clips = new int[words.size()];
        for (int label : training.labels()) {
            clips[label]++;
        }
        for (int w = 0; w < clips.length; w++) {
            if (clips[w] == 0) {
                throw new IllegalArgumentException("the word " + words.get(w)
                        + " has no clip in the training partition; add clips of other speakers, or leave it out");
            }
        }
    }
}
