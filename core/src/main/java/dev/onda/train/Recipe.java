package dev.onda.train;

import dev.onda.augment.Augmentation;
import dev.onda.model.Architecture;
import dev.onda.model.Normalization;
import dev.onda.nn.Adam;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How to train.
 *
 * @param epochs times that every training clip is seen, at least 1
 * @param batch clips a step, at least 1
 * @param learningRate the largest one, positive
 * @param schedule how it changes
 * @param optimizer its other constants
 * @param labelSmoothing in [0, 1)
 * @param augmentations applied to each clip in this order, each with its probability
 * @param normalization what is done to each window first
 * @param seed of everything random
 */
public record Recipe(
        int epochs,
        int batch,
        double learningRate,
        Schedule schedule,
        Adam optimizer,
        double labelSmoothing,
        List<Augmentation> augmentations,
        Normalization normalization,
        long seed) {

    private static final long SEED = 1;

    /**
     * @throws IllegalArgumentException if a number is out of range; the message names it
     */
    public Recipe {
        if (epochs < 1) {
            throw new IllegalArgumentException("at least 1 epoch is needed, not " + epochs);
        }
        if (batch < 1 || batch > 4_096) {
            throw new IllegalArgumentException("a batch holds 1 to 4,096 clips, not " + batch);
        }
        if (!(learningRate > 0) || !(learningRate <= 1)) {
            throw new IllegalArgumentException("a learning rate is above 0 and at most 1, not " + learningRate);
        }
        if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
            throw new IllegalArgumentException("label smoothing is in [0, 1), not " + labelSmoothing);
        }
        augmentations = List.copyOf(augmentations);
    }

    /** What an architecture is trained with unless told otherwise: the article's own recipe, or what won on validation. */
    public static Recipe defaults(Architecture architecture) {
        return switch (architecture.name()) {
            case "article" ->
                new Recipe(
                        100,
                        32,
                        1e-4,
                        new Schedule.Constant(),
                        Adam.withDecay(0),
                        0,
                        List.of(new Augmentation.NoiseInjection(0.3 / 1.3, 0.03)),
                        Normalization.NONE,
                        SEED);
            case "m5" ->
                new Recipe(
                        20,
                        64,
                        6e-3,
                        new Schedule.OneCycle(0.3),
                        Adam.withDecay(1e-2),
                        0.1,
                        List.of(
                                new Augmentation.TimeShift(1, 80),
                                new Augmentation.Gain(1, -6, 6),
                                new Augmentation.NoiseInjection(0.3, 0.005)),
                        Normalization.LEVEL,
                        SEED);
            default -> throw new IllegalArgumentException("no recipe for the architecture " + architecture.name());
        };
    }

    /** The same with other numbers of epochs and clips a step. */
    public Recipe withEpochs(int value) {
        return new Recipe(
                value, batch, learningRate, schedule, optimizer, labelSmoothing, augmentations, normalization, seed);
    }

    /** The same with another number of clips a step. */
    public Recipe withBatch(int value) {
        return new Recipe(
                epochs, value, learningRate, schedule, optimizer, labelSmoothing, augmentations, normalization, seed);
    }

    /** The same with another learning rate. */
    public Recipe withLearningRate(double value) {
        return new Recipe(
                epochs, batch, value, schedule, optimizer, labelSmoothing, augmentations, normalization, seed);
    }

    /** The same with another seed. */
    public Recipe withSeed(long value) {
        return new Recipe(
                epochs, batch, learningRate, schedule, optimizer, labelSmoothing, augmentations, normalization, value);
    }

    /** Setting by setting, as a model file and a checkpoint keep it. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("epochs", Integer.toString(epochs));
        settings.put("batch", Integer.toString(batch));
        settings.put("learningRate", Double.toString(learningRate));
        settings.put("schedule", schedule.toString());
        settings.put("optimizer", optimizer.toString());
        settings.put("labelSmoothing", Double.toString(labelSmoothing));
        settings.put("augmentations", augmentations.toString());
        settings.put("normalization", normalization.label());
        settings.put("seed", Long.toString(seed));
        return settings;
    }
}
