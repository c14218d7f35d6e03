package dev.onda.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.onda.augment.Augmentation;
import dev.onda.model.Architecture;
import dev.onda.model.Normalization;
import dev.onda.nn.Adam;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {

    private static final Recipe RECIPE =
            Recipe.defaults(Architecture.named("m5").orElseThrow());

    @Test
    void everyArchitectureHasARecipe() {
        assertThat(Architecture.all())
                .allSatisfy(a -> assertThat(Recipe.defaults(a).epochs()).isPositive());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recipe.defaults(TinyTraining.ARCHITECTURE))
                .withMessage("no recipe for the architecture tiny");
    }

    @Test
    void theArticlesRecipeIsTheArticles() {
        Recipe article = Recipe.defaults(Architecture.named("article").orElseThrow());
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

    @Test
    void settingsTellTwoRecipesApart() {
        assertThat(RECIPE.settings().keySet())
                .containsExactly(
                        "epochs",
                        "batch",
                        "learningRate",
                        "schedule",
                        "optimizer",
                        "labelSmoothing",
                        "augmentations",
                        "normalization",
                        "seed");
        assertThat(RECIPE.settings().get("augmentations")).contains("TimeShift[", "Gain[", "NoiseInjection[");
    }

    @Test
    void keepsACopyOfItsAugmentations() {
        List<Augmentation> mine = new ArrayList<>(List.of(new Augmentation.Gain(1, -1, 1)));
        Recipe recipe = new Recipe(1, 1, 1, new Schedule.Constant(), Adam.withDecay(0), 0, mine, Normalization.NONE, 1);
        mine.clear();
        assertThat(recipe.augmentations()).hasSize(1);
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

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void refusesLabelSmoothingOutOfRange(double smoothing) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Recipe(
                        1,
                        1,
                        1,
                        new Schedule.Constant(),
                        Adam.withDecay(0),
                        smoothing,
                        List.of(),
                        Normalization.NONE,
                        1))
                .withMessage("label smoothing is in [0, 1), not " + smoothing);
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
