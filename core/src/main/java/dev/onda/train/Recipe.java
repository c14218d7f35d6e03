package dev.onda.train;

import dev.onda.augment.Augmentation;
import dev.onda.augment.Mixing;
import dev.onda.model.Normalization;
import dev.onda.nn.Adam;
import java.util.List;
import java.util.Map;

/**
 * How to train. {@link RecipeFile} reads and writes recipes; those of the shipped architectures are files, too.
 *
 * @param epochs times that every training clip is seen, at least 1
 * @param batch clips a step, at least 1
 * @param learningRate the largest one, positive
 * @param schedule how it changes
 * @param optimizer its other constants
 * @param gradientNorm longest gradient, over all parameters; a longer one is shortened to it (Pascanu 2013). 0 for any length
 * @param labelSmoothing in [0, 1)
 * @param weightAveraging decay of the exponential moving average of all parameters, which is what is judged and kept, in
 *     [0, 1); 0 for the parameters themselves
 * @param averagedEpochs how many of the best epochs are averaged at the end, if that is better than the best one; 1 for none
 * @param patience epochs without a better one after which training ends early; 0 for never
 * @param classWeights how much a clip of each word counts
 * @param falseAccepts share of validation clips without a word that may be taken for one: by it the threshold is chosen
 * @param unknownShare how many clips of other words are seen in an epoch, for each clip that an average word has; if there are
 *     fewer, they are seen again
 * @param inventedUnknowns how many of these are not clips of other words but made of those of the words, in [0, 1]: one
 *     backwards, halves of two, or short pieces of two in a random order. For data with few other words
 * @param augmentations applied to each clip in this order, each with its probability
 * @param mixings at most one is applied to a clip, after the augmentations, each with its probability
 * @param normalization what is done to each window last
 * @param seed of everything random
 */
public record Recipe(
        int epochs,
        int batch,
        double learningRate,
        Schedule schedule,
        Adam optimizer,
        double gradientNorm,
        double labelSmoothing,
        double weightAveraging,
        int averagedEpochs,
        int patience,
        ClassWeights classWeights,
        double falseAccepts,
        double unknownShare,
        double inventedUnknowns,
        List<Augmentation> augmentations,
        List<Mixing> mixings,
        Normalization normalization,
        long seed) {

    /** How much a clip counts. */
    public enum ClassWeights {
        /** All the same. */
        EVEN,
        /** The fewer clips a word has, the more each counts: all words weigh the same. */
        BALANCED
    }

    /**
     * @throws IllegalArgumentException if a number is out of range; the message names it
     */
    public Recipe {
        check(epochs >= 1, "at least 1 epoch is needed, not " + epochs);
        check(batch >= 1 && batch <= 4_096, "a batch holds 1 to 4,096 clips, not " + batch);
        check(learningRate > 0 && learningRate <= 1, "a learning rate is above 0 and at most 1, not " + learningRate);
        check(
                gradientNorm >= 0 && Double.isFinite(gradientNorm),
                "a largest gradient norm is at least 0, not " + gradientNorm);
        check(labelSmoothing >= 0 && labelSmoothing < 1, "label smoothing is in [0, 1), not " + labelSmoothing);
        check(weightAveraging >= 0 && weightAveraging < 1, "weight averaging is in [0, 1), not " + weightAveraging);
        check(averagedEpochs >= 1, "at least 1 epoch is averaged, not " + averagedEpochs);
        check(patience >= 0, "a patience is at least 0 epochs, not " + patience);
        check(falseAccepts >= 0 && falseAccepts <= 1, "a rate of false accepts is in [0, 1], not " + falseAccepts);
        check(
                unknownShare > 0 && unknownShare <= 100,
                "a share of unknown words is above 0 and at most 100, not " + unknownShare);
        check(
                inventedUnknowns >= 0 && inventedUnknowns <= 1,
                "a share of invented unknowns is in [0, 1], not " + inventedUnknowns);
        augmentations = List.copyOf(augmentations);
        mixings = List.copyOf(mixings);
        double mixed = mixings.stream().mapToDouble(Mixing::probability).sum();
        check(mixed <= 1, "the mixings' probabilities add up to at most 1, not " + mixed);
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** The same with another number of epochs. */
    public Recipe withEpochs(int value) {
        return with("epochs", value);
    }

    /** The same with another number of clips a step. */
    public Recipe withBatch(int value) {
        return with("batch", value);
    }

    /** The same with another learning rate. */
    public Recipe withLearningRate(double value) {
        return with("learning-rate", value);
    }

    /** The same with another seed. */
    public Recipe withSeed(long value) {
        return with("seed", value);
    }

    private Recipe with(String key, Number value) {
        return RecipeFile.with(this, key, value);
    }

    /** Setting by setting, as a model file and a checkpoint keep it: each as JSON. */
    public Map<String, String> settings() {
        return RecipeFile.settings(this);
    }
}
