package dev.onda.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchSpaceTest {

    private static final Recipe RECIPE = TinyTraining.RECIPE;

    @Test
    void drawsFromListsAndRangesAndLeavesTheRest() {
        SearchSpace space = SearchSpace.parse("""
                learning-rate = { from = 1e-4, to = 1e-2, scale = "log" }
                batch = [16, 32]
                label-smoothing = { from = 0.0, to = 0.2 }
                augmentations = [[], [{ type = "polarity-flip", probability = 0.5 }]]
                [optimizer]
                weight-decay = { from = 0.01, to = 0.03 }
                """);
        SplittableRandom random = new SplittableRandom(1);
        Set<Integer> batches = new HashSet<>();
        Set<Integer> augmentations = new HashSet<>();
        int small = 0;
        for (int i = 0; i < 200; i++) {
            Recipe drawn = space.draw(RECIPE, random);
            assertThat(drawn.learningRate()).isBetween(1e-4, 1e-2);
            assertThat(drawn.labelSmoothing()).isBetween(0.0, 0.2);
            assertThat(drawn.optimizer().weightDecay()).isBetween(0.01, 0.03);
            assertThat(drawn.optimizer().beta2()).isEqualTo(RECIPE.optimizer().beta2());
            assertThat(drawn.mixings()).isEqualTo(RECIPE.mixings());
            batches.add(drawn.batch());
            augmentations.add(drawn.augmentations().size());
            small += drawn.learningRate() < 1e-3 ? 1 : 0;
        }
        assertThat(batches).containsExactlyInAnyOrder(16, 32);
        assertThat(augmentations).containsExactlyInAnyOrder(0, 1);
        assertThat(small)
                .as("half of a log range of two decades is below its middle")
                .isBetween(70, 130);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "batch = 32|batch: a list of values, or a range",
                "batch = { from = 1 }|batch: a range has a number from and a number to",
                "batch = { from = 1, to = inf }|batch: a range has a number from and a number to",
                "batch = { from = 1, to = 2, Scale = 'log' }|batch: a range has from, to and scale, not Scale",
                "batch = []|batch: a list of values, or a range",
                "optimizer.weight-decay = 1|optimizer.weight-decay: a list of values",
                "batch = { from = 3, to = 2 }|batch: a range goes up",
                "batch = { from = 0, to = 2, scale = 'log' }|batch: a range goes up, on a log scale from above 0",
                "batch = { from = 1, to = 2, scale = 'round' }|batch: a scale is linear or log, not round",
                "batch|not TOML",
                "''|nothing to choose from"
            })
    void refusesWhatNothingCanBeDrawnFrom(String toml, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SearchSpace.parse(toml))
                .withMessageContaining(reason);
    }

    @Test
    void whatIsCountedIsDrawnWhole() {
        SearchSpace space = SearchSpace.parse("batch = { from = 10, to = 20 }\naveraged-epochs = { from = 1, to = 3 }");
        SplittableRandom random = new SplittableRandom(2);
        Set<Integer> batches = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Recipe drawn = space.draw(RECIPE, random);
            batches.add(drawn.batch());
            assertThat(drawn.averagedEpochs()).isBetween(1, 3);
        }
        assertThat(batches).hasSizeGreaterThan(5).allSatisfy(b -> assertThat(b).isBetween(10, 20));
    }

    @Test
    void halvingTriplesTheEpochsOfAThird() {
        assertThat(new SuccessiveHalving(9, 36).rounds())
                .isEqualTo(List.of(
                        new SuccessiveHalving.Round(9, 4),
                        new SuccessiveHalving.Round(3, 12),
                        new SuccessiveHalving.Round(1, 36)));
        assertThat(new SuccessiveHalving(2, 2).rounds())
                .isEqualTo(List.of(new SuccessiveHalving.Round(2, 1), new SuccessiveHalving.Round(1, 2)));
        assertThatIllegalArgumentException().isThrownBy(() -> new SuccessiveHalving(1, 9));
    }

    @Test
    void aRecipeWrittenAsTomlIsTheSameWhenRead() {
        assertThat(RecipeFile.overlay(RecipeFile.defaults(TinyTraining.ARCHITECTURE), RecipeFile.toml(RECIPE)))
                .isEqualTo(RECIPE);
    }
}
