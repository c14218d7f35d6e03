package dev.onda.cli;

import dev.onda.model.Architecture;
import dev.onda.model.ArchitectureFile;
import dev.onda.train.Recipe;
import dev.onda.train.RecipeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What {@code --model} of a command that trains means: a shipped architecture, or a user's own.
 *
 * @param recipe what it is trained with unless told otherwise
 */
record NamedModel(Architecture architecture, Recipe recipe) {

    static NamedModel of(String model) throws IOException {
        if (model.endsWith(".safetensors")) {
            throw new UserError(
                    "--model " + model + ": a trained model, where a network to train is needed, such as onda-m; to"
                            + " add words to a model: " + CalledAs.text() + " teach --model " + model + " --data DIR");
        }
        if (!model.endsWith(".toml")) {
            Architecture architecture = Architecture.named(model)
                    .orElseThrow(() -> new UserError("--model " + model + ": no such architecture; there are "
                            + Architecture.names() + ", or a file NAME.toml of your own"));
            return new NamedModel(architecture, RecipeFile.defaults(architecture));
        }
        Path file = Path.of(model);
        if (!Files.exists(file)) {
            throw new UserError("--model " + model + ": no such file");
        }
        ArchitectureFile own = ArchitectureFile.read(file);
        try {
            Recipe defaults = RecipeFile.defaults(own.architecture());
            return new NamedModel(own.architecture(), RecipeFile.overlay(defaults, own.recipe()));
        } catch (IllegalArgumentException e) {
            throw new UserError("--model " + model + ": recipe: " + e.getMessage(), e);
        }
    }
}
