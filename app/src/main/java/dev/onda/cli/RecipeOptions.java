package dev.onda.cli;

import dev.onda.model.Toml;
import dev.onda.train.Recipe;
import dev.onda.train.RecipeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of a training that change its model's own recipe: a file, and over it single settings. */
final class RecipeOptions {

    @Option(
            names = "--recipe",
            paramLabel = "FILE",
            description = "TOML file with settings of training that differ from the model's own.")
    private Optional<Path> recipeFile = Optional.empty();

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Times that every clip is seen. Default: what the architecture does best with.")
    private Optional<Integer> epochs = Optional.empty();

    @Option(names = "--batch", paramLabel = "N", description = "Clips a step. Default: likewise.")
    private Optional<Integer> batch = Optional.empty();

    @Option(names = "--learning-rate", paramLabel = "X", description = "Largest learning rate. Default: likewise.")
    private Optional<Double> learningRate = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same model. Default: 1.")
    private Optional<Long> seed = Optional.empty();

    private static Recipe read(Recipe recipe, Path file) throws IOException {
        String settings = Toml.text(file);
        try {
            return RecipeFile.overlay(recipe, settings);
        } catch (IllegalArgumentException e) {
            throw new UserError("--recipe " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * A model's own recipe with what the user wants otherwise.
     *
     * @throws UserError if that is no recipe
     */
    Recipe over(Recipe defaults) throws IOException {
        Recipe recipe = defaults;
        if (recipeFile.isPresent()) {
            recipe = read(recipe, recipeFile.get());
        }
        Recipe asked = recipe;
        return UserError.ifRefused(() -> flags(asked));
    }

    private Recipe flags(Recipe defaults) {
        Recipe recipe = defaults;
        recipe = epochs.isPresent() ? recipe.withEpochs(epochs.get()) : recipe;
        recipe = batch.isPresent() ? recipe.withBatch(batch.get()) : recipe;
        recipe = learningRate.isPresent() ? recipe.withLearningRate(learningRate.get()) : recipe;
        return seed.isPresent() ? recipe.withSeed(seed.get()) : recipe;
    }
}
