package dev.onda.train;

import dev.onda.corpus.ClipStore;
import dev.onda.corpus.LabelledClips;
import dev.onda.corpus.Partition;
import dev.onda.model.Architecture;
import dev.onda.model.Model;
import java.util.HashSet;
import java.util.List;

/**
 * What is to be trained.
 *
 * @param store the clips, at the rate and window of the model
 * @param words what the model tells apart, at least two, all of them in the store
 * @param software what to name as the trainer in the model file
 */
public record TrainingTask(
        ClipStore store, Architecture architecture, List<String> words, Recipe recipe, String software) {

    /**
     * @throws IllegalArgumentException if there are fewer than two words, or only classes that are none
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
