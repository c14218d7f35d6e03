package dev.onda.cli;

import dev.onda.model.Toml;
import dev.onda.train.Recipe;
import dev.onda.train.RecipeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Options of a training that change its model's own recipe: a file, and over it single settings. */
final class RecipeOptions {

    private final Supplier<Optional<Path>> recipeFile;

    private final Supplier<Optional<Integer>> epochs;

    private final Supplier<Optional<Integer>> batch;

    private final Supplier<Optional<Double>> learningRate;

    private final Supplier<Optional<Long>> seed;

    RecipeOptions(Command command) {
        recipeFile = command.optional(
                Path.class,
                "--recipe",
                "FILE",
                "TOML file with settings of training that differ from the model's own.");
        epochs = command.optional(
                Integer.class,
                "--epochs",
                "N",
                "Times that every clip is seen. Default: what the architecture does best with.");
        batch = command.optional(Integer.class, "--batch", "N", "Clips a step. Default: likewise.");
        learningRate =
                command.optional(Double.class, "--learning-rate", "X", "Largest learning rate. Default: likewise.");
        seed = command.optional(Long.class, "--seed", "N", "The same seed gives the same model. Default: 1.");
    }

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
        if (recipeFile.get().isPresent()) {
            recipe = read(recipe, recipeFile.get().orElseThrow());
        }
        Recipe asked = recipe;
        return UserError.ifRefused(() -> flags(asked));
    }

    private Recipe flags(Recipe defaults) {
        Recipe recipe = defaults;
        recipe = epochs.get().isPresent() ? recipe.withEpochs(epochs.get().orElseThrow()) : recipe;
        recipe = batch.get().isPresent() ? recipe.withBatch(batch.get().orElseThrow()) : recipe;
        recipe = learningRate.get().isPresent()
                ? recipe.withLearningRate(learningRate.get().orElseThrow())
                : recipe;
        return seed.get().isPresent() ? recipe.withSeed(seed.get().orElseThrow()) : recipe;
    }
}
