package dev.onda.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.onda.augment.Mixing;
import dev.onda.augment.Speed;
import dev.onda.model.Architecture;
import dev.onda.model.Normalization;
import dev.onda.nn.Adam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {

    private static final Recipe RECIPE =
            RecipeFile.defaults(Architecture.named("m5").orElseThrow());

    @Test
    void everyArchitectureHasARecipe() {
        assertThat(Architecture.all())
                .allSatisfy(a -> assertThat(RecipeFile.defaults(a).epochs()).isPositive());
        assertThat(RecipeFile.defaults(TinyTraining.ARCHITECTURE).epochs()).isEqualTo(30);
    }

    @Test
    void theArticlesRecipeIsTheArticles() {
        Recipe article = RecipeFile.defaults(Architecture.named("article").orElseThrow());
        assertThat(article.epochs()).isEqualTo(100);
        assertThat(article.batch()).isEqualTo(32);
        assertThat(article.learningRate()).isEqualTo(1e-4);
        assertThat(article.optimizer()).isEqualTo(new Adam(0.9, 0.999, 1e-7, 0));
        assertThat(article.normalization()).isEqualTo(Normalization.NONE);
    }

    @Test
    void oneSettingChangesAlone() {
        assertThat(RECIPE.withEpochs(3).settings()).containsEntry("epochs", "3").containsEntry("batch", "64");
        assertThat(RECIPE.withBatch(3).withBatch(64)).isEqualTo(RECIPE);
        assertThat(RECIPE.withLearningRate(0.5).learningRate()).isEqualTo(0.5);
        assertThat(RECIPE.withSeed(-3).settings()).containsEntry("seed", "-3");
    }

    /** The page for users is beside the modules; a jar of sources has none. */
    @Test
    void thePageForUsersNamesEverySetting() throws IOException {
        Path page = Path.of("..", "docs", "networks-and-recipes.md");
        assumeThat(page).as("only in the project's folder").exists();
        String text = Files.readString(page);
        assertThat(RECIPE.settings().keySet())
                .allSatisfy(key -> assertThat(text).contains("`" + key + "`"));
    }

    @Test
    void settingsTellTwoRecipesApart() {
        assertThat(RECIPE.settings().keySet())
                .containsExactly(
                        "epochs",
                        "batch",
                        "learning-rate",
                        "schedule",
                        "optimizer",
                        "gradient-norm",
                        "label-smoothing",
                        "weight-averaging",
                        "averaged-epochs",
                        "patience",
                        "class-weights",
                        "false-accepts",
                        "unknown-share",
                        "invented-unknowns",
                        "augmentations",
                        "mixings",
                        "normalization",
                        "seed");
        assertThat(RECIPE.settings().get("augmentations")).contains("time-shift", "gain", "speed");
    }

    @Test
    void aTableIsChangedKeyByKeyAndAListWhole() {
        Recipe recipe = RecipeFile.overlay(RECIPE, """
                optimizer = { weight-decay = 0.05 }
                schedule = { type = "cosine", warm-up = 0.1 }
                augmentations = [{ type = "speed", probability = 0.5, range = 0.1 }]
                mixings = [{ type = "mixup", probability = 0.5, alpha = 0.2 }]
                normalization = "peak"
                """);
        assertThat(recipe.optimizer()).isEqualTo(new Adam(0.9, 0.999, 1e-7, 0.05));
        assertThat(recipe.schedule()).isEqualTo(new Schedule.Cosine(0.1));
        assertThat(recipe.augmentations()).containsExactly(new Speed(0.5, 0.1));
        assertThat(recipe.mixings()).containsExactly(new Mixing.Mixup(0.5, 0.2));
        assertThat(recipe.normalization()).isEqualTo(Normalization.PEAK);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "epoch = 3 | unknown key epoch; there are augmentations, averaged-epochs, batch, class-weights, epochs",
                "schedule = { type = \"constant\", rise = 1 } | unknown key schedule.rise",
                "schedule = { type = \"square\" } | schedule: there is no type square; there are ",
                "epochs = \"many\" | epochs: a whole number is expected, not \"many\"",
                "label-smoothing = 1 | label smoothing is in [0, 1), not 1.0",
                "gradient-norm = -1 | a largest gradient norm is at least 0, not -1.0",
                "weight-averaging = 1 | weight averaging is in [0, 1), not 1.0",
                "averaged-epochs = 0 | at least 1 epoch is averaged, not 0",
                "patience = -1 | a patience is at least 0 epochs, not -1",
                "mixings = [{ type = \"mixup\", probability = 0.5, alpha = 2 }] | mixings[0]: mixup's alpha is in (0, 1], not 2.0",
                "augmentations = [{ type = \"speed\", probability = 0.5 }] | augmentations[0].range: missing",
                "epochs = 2.5 | epochs: a whole number is expected, not 2.5",
                "epochs = 99999999999 | epochs: too large a number: 99999999999",
                "learning-rate = true | learning-rate: a number is expected, not true",
                "class-weights = \"odd\" | class-weights: \"even\" or \"balanced\" is expected, not \"odd\"",
                "schedule = 3 | schedule: a table with a type is expected, not 3; there are constant, cosine, one-cycle",
                "schedule = { warmup = 1 } | unknown key schedule.warmup",
                "mixings = [{ alpha = 1 }] | mixings[0]: its type is missing; there are mixup, time-cut",
                "augmentations = 3 | augmentations: a list is expected, not 3",
                "epochs = | not TOML, line 1, column 9: it ends too early; close what is open",
                "words = yes | not TOML, line 1, column 9: ",
                "epochs = \"3 | not TOML, line 1, column ",
            })
    void refusesWhatMakesNoRecipe(String settings, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecipeFile.overlay(RECIPE, settings))
                .withMessageStartingWith(reason);
    }

    @Test
    void saysWhatIsNoToml() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecipeFile.overlay(RECIPE, "epochs = 1\nepochs = 2\n"))
                .withMessage("not TOML, line 2: this key stands twice; leave one out");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecipeFile.overlay(RECIPE, "mixings = [1, 2\nepochs = 2\n"))
                .withMessage("not TOML, line 1: a comma or a closing bracket is missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecipeFile.overlay(RECIPE, "batch = 3\nepochs = \"2\n"))
                .withMessage("not TOML, line 2, column 12: a closing quote is missing");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void refusesNoEpoch(int epochs) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RECIPE.withEpochs(epochs))
                .withMessage("at least 1 epoch is needed, not " + epochs);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 4_097})
    void refusesABatchOutOfRange(int batch) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RECIPE.withBatch(batch))
                .withMessage("a batch holds 1 to 4,096 clips, not " + batch);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesALearningRateOutOfRange(double rate) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RECIPE.withLearningRate(rate))
                .withMessage("a learning rate is above 0 and at most 1, not " + rate);
    }

    @Test
    void theFilesOfARunLieSideBySide() {
        RunFiles files = new RunFiles(Path.of("runs", "m5.safetensors"));
        assertThat(files.history()).isEqualTo(Path.of("runs", "m5.history.csv"));
        assertThat(files.checkpoint()).isEqualTo(Path.of("runs", "m5.checkpoint.safetensors"));
        assertThat(files.clips()).isEqualTo(Path.of("runs", "m5.clips"));
        assertThat(new RunFiles(Path.of("m5")).checkpoint()).isEqualTo(Path.of("m5.checkpoint.safetensors"));
    }
}
