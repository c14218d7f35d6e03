package dev.onda.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.onda.corpus.ClipStore;
import dev.onda.corpus.LabelledClips;
import dev.onda.corpus.Partition;
import dev.onda.evaluate.Evaluation;
import dev.onda.evaluate.Evaluator;
import dev.onda.model.Architecture;
import dev.onda.model.Model;
import dev.onda.nn.kernel.Workers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {

    @TempDir
    private Path folder;

    @Test
    void learnsToTellTwoTonesApart() throws Exception {
        Path corpus = TinyTraining.corpus(folder.resolve("corpus"), "a", "d");
        try (ClipStore store = TinyTraining.store(corpus, folder.resolve("store"));
                Workers workers = new Workers(1)) {
            TrainingTask task = TinyTraining.task(store, TinyTraining.RECIPE.withEpochs(10));
            Trainer trainer = new Trainer(task, folder.resolve("checkpoint"), workers, TinyTraining.CLOCK);
            Model model = trainer.train(TinyTraining.SILENT);
            assertThat(trainer.bestEpoch().validationAccuracy()).isGreaterThanOrEqualTo(0.9);
            assertThat(trainer.history().getLast().trainingLoss())
                    .isLessThan(trainer.history().getFirst().trainingLoss());
            assertThat(judge(model, store, Partition.TESTING, workers).accuracy())
                    .isGreaterThanOrEqualTo(0.9);
        }
    }

    @Test
    void returnsTheModelOfTheBestEpoch() throws Exception {
        Path corpus = TinyTraining.corpus(folder.resolve("corpus"), "a", "b", "c");
        try (ClipStore store = TinyTraining.store(corpus, folder.resolve("store"));
                Workers workers = new Workers(1)) {
            TrainingTask task = TinyTraining.task(store, TinyTraining.RECIPE.withEpochs(5));
            Trainer trainer = new Trainer(task, folder.resolve("checkpoint"), workers, TinyTraining.CLOCK);
            Model model = trainer.train(TinyTraining.SILENT);
            List<Epoch> history = trainer.history();
            Epoch best = trainer.bestEpoch();
            assertThat(history).extracting(Epoch::number).containsExactly(1, 2, 3, 4, 5);
            assertThat(history)
                    .allSatisfy(e -> assertThat(e.validationAccuracy()).isLessThanOrEqualTo(best.validationAccuracy()));
            Evaluation judged = judge(model, store, Partition.VALIDATION, workers);
            assertThat(judged.accuracy()).isEqualTo(best.validationAccuracy());
            assertThat(judged.loss()).isEqualTo(best.validationLoss());
            assertThat(model.provenance().figures())
                    .containsEntry("bestEpoch", Integer.toString(best.number()))
                    .containsEntry("trainingClips", "54")
                    .containsEntry("validationClips", "24");
            assertThat(model.provenance().dataSha256()).isEqualTo(store.sha256());
            assertThat(model.provenance().recipe()).isEqualTo(task.recipe().settings());
        }
    }

    /** Noisy steps without a moving average: their mean is better than any of them. */
    @Test
    void returnsTheMeanOfTheBestEpochsWhereThatIsBetter() throws Exception {
        Path corpus = TinyTraining.corpus(folder.resolve("corpus"), "a", "b", "c");
        int averaged = 0;
        try (ClipStore store = TinyTraining.store(corpus, folder.resolve("store"));
                Workers workers = new Workers(1)) {
            for (int seed = 1; seed <= 6; seed++) {
                Recipe recipe = RecipeFile.overlay(TinyTraining.RECIPE, """
                        epochs = 12
                        learning-rate = 3e-2
                        averaged-epochs = 3
                        weight-averaging = 0
                        schedule = { type = "constant" }
                        seed =""" + " " + seed);
                Path checkpoint = folder.resolve("checkpoint" + seed);
                Trainer trainer =
                        new Trainer(TinyTraining.task(store, recipe), checkpoint, workers, TinyTraining.CLOCK);
                Model model = trainer.train(TinyTraining.SILENT);
                Evaluation judged = judge(model, store, Partition.VALIDATION, workers);
                assertThat(judged.accuracy()).isEqualTo(trainer.validationAccuracy());
                Epoch best = trainer.bestEpoch();
                if (trainer.choice().startsWith("mean of epochs ")) {
                    averaged++;
                    assertThat(model.provenance().figures()).containsEntry("averagedEpochs", "3");
                    assertThat(judged.accuracy()).isGreaterThanOrEqualTo(best.validationAccuracy());
                } else {
                    assertThat(trainer.choice()).isEqualTo("epoch " + best.number());
                    assertThat(judged.loss()).isEqualTo(best.validationLoss());
                }
            }
        }
        assertThat(averaged).isBetween(1, 5);
    }

    /** With a learning rate of next to nothing no epoch is better than the first. */
    @Test
    void endsEarlyWhereNothingGetsBetter() throws Exception {
        Path corpus = TinyTraining.corpus(folder.resolve("corpus"), "a", "b");
        try (ClipStore store = TinyTraining.store(corpus, folder.resolve("store"));
                Workers workers = new Workers(1)) {
            Recipe recipe = RecipeFile.overlay(
                    TinyTraining.RECIPE, "epochs = 20\npatience = 3\nlearning-rate = 1e-9\nweight-averaging = 0");
            Trainer trainer = new Trainer(
                    TinyTraining.task(store, recipe), folder.resolve("checkpoint"), workers, TinyTraining.CLOCK);
            trainer.train(TinyTraining.SILENT);
            assertThat(trainer.history()).hasSizeLessThan(20);
            assertThat(trainer.history().size() - trainer.bestEpoch().number()).isEqualTo(3);
        }
    }

    @Test
    void anEpochHasAsManyUnknownWordsAsItsShareSays() throws Exception {
        Path corpus = TinyTraining.corpus(folder.resolve("corpus"), "a", "b", "c", "d", "e");
        try (ClipStore store = TinyTraining.store(corpus, folder.resolve("store"));
                Workers workers = new Workers(1)) {
            for (double share : new double[] {0.5, 1, 5}) {
                TrainingTask task = new TrainingTask(
                        store,
                        TinyTraining.ARCHITECTURE,
                        List.of("a", "b", "_unknown_"),
                        RecipeFile.overlay(TinyTraining.RECIPE, "unknown-share = " + share),
                        "onda test");
                Trainer trainer = new Trainer(task, folder.resolve("checkpoint"), workers, TinyTraining.CLOCK);
                assertThat(trainer.trainingClips()).isEqualTo(36 + (int) (18 * share));
            }
        }
    }

    @Test
    void stopsWhenTheLossIsNoNumber() throws Exception {
        Path corpus = TinyTraining.corpus(folder.resolve("corpus"), "a", "b");
        try (ClipStore store = TinyTraining.store(corpus, folder.resolve("store"));
                Workers workers = new Workers(1)) {
            Recipe recipe = RecipeFile.overlay(TinyTraining.RECIPE, """
                    augmentations = [{ type = "noise-injection", probability = 1, amplitude = 3e38 }]
                    normalization = "none"
                    """);
            Trainer trainer = new Trainer(
                    TinyTraining.task(store, recipe), folder.resolve("checkpoint"), workers, TinyTraining.CLOCK);
            assertThatThrownBy(() -> trainer.train(TinyTraining.SILENT))
                    .isInstanceOf(TrainingDiverged.class)
                    .hasMessageStartingWith("training diverged in epoch 1: the loss is not a number");
        }
    }

    @Test
    void goesOnFromAModel() throws Exception {
        Path corpus = TinyTraining.corpus(folder.resolve("corpus"), "a", "d");
        try (ClipStore store = TinyTraining.store(corpus, folder.resolve("store"))) {
            Model first = TinyTraining.train(
                    TinyTraining.task(store, TinyTraining.RECIPE.withEpochs(8)), folder.resolve("1"));
            Recipe gentle = TinyTraining.RECIPE.withEpochs(1).withLearningRate(1e-9);
            TrainingTask task = new TrainingTask(
                    store, TinyTraining.ARCHITECTURE, store.words(), gentle, Optional.of(first), "onda test");
            Model second = TinyTraining.train(task, folder.resolve("2"));
            float[] before = first.network().parameters().getFirst().values();
            assertThat(second.network().parameters().getFirst().values())
                    .usingComparatorWithPrecision(1e-6f)
                    .containsExactly(before);
        }
    }

    @Test
    void refusesToGoOnFromAModelOfOtherWordsOrLayers() throws Exception {
        Path corpus = TinyTraining.corpus(folder.resolve("corpus"), "a", "d");
        try (ClipStore store = TinyTraining.store(corpus, folder.resolve("store"))) {
            Model model = TinyTraining.train(
                    TinyTraining.task(store, TinyTraining.RECIPE.withEpochs(1)), folder.resolve("1"));
            Recipe recipe = TinyTraining.RECIPE;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new TrainingTask(
                            store,
                            TinyTraining.ARCHITECTURE,
                            List.of("a", "_unknown_"),
                            recipe,
                            Optional.of(model),
                            "x"))
                    .withMessage(
                            "the model to start from knows [a, d], the clips are of [a, _unknown_]; onda teach adds words "
                                    + "to a model");
            Architecture other = Architecture.named("m5").orElseThrow();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new TrainingTask(store, other, store.words(), recipe, Optional.of(model), "x"))
                    .withMessage("the model to start from is of the network tiny, not m5");
        }
    }

    private static Evaluation judge(Model model, ClipStore store, Partition partition, Workers workers) {
        LabelledClips clips = LabelledClips.of(store, model.words(), partition);
        return new Evaluator(model.network(), model.input().normalization(), 7, workers)
                .evaluate(clips, model.words(), done -> {});
    }

    @Test
    void tellsTheLearningRateOfAnEpochsLastStep() throws Exception {
        Path corpus = TinyTraining.corpus(folder.resolve("corpus"), "a", "b");
        try (ClipStore store = TinyTraining.store(corpus, folder.resolve("store"));
                Workers workers = new Workers(1)) {
            TrainingTask task = TinyTraining.task(store, TinyTraining.RECIPE.withEpochs(2));
            Trainer trainer = new Trainer(task, folder.resolve("checkpoint"), workers, TinyTraining.CLOCK);
            trainer.train(TinyTraining.SILENT);
            Schedule schedule = task.recipe().schedule();
            assertThat(trainer.history().get(0).learningRate())
                    .isCloseTo(1e-2 * schedule.factor(3 / 8.0), within(1e-12));
            assertThat(trainer.history().get(1).learningRate())
                    .isCloseTo(1e-2 * schedule.factor(7 / 8.0), within(1e-12));
        }
    }

    @Test
    void withoutValidationClipsTheLastEpochIsTaken() throws Exception {
        Path corpus = folder.resolve("corpus");
        TinyTraining.addClips(corpus, "a", Partition.TRAINING, 4);
        TinyTraining.addClips(corpus, "b", Partition.TRAINING, 4);
        try (ClipStore store = TinyTraining.store(corpus, folder.resolve("store"));
                Workers workers = new Workers(1)) {
            TrainingTask task = TinyTraining.task(store, TinyTraining.RECIPE);
            Trainer trainer = new Trainer(task, folder.resolve("checkpoint"), workers, TinyTraining.CLOCK);
            assertThat(trainer.validationClips()).isZero();
            Model model = trainer.train(TinyTraining.SILENT);
            assertThat(trainer.bestEpoch().number()).isEqualTo(3);
            Map<String, String> figures = model.provenance().figures();
            assertThat(figures).containsEntry("bestEpoch", "3").doesNotContainKey("validationAccuracy");
        }
    }

    @Test
    void refusesAWordWithoutTrainingClips() throws Exception {
        Path corpus = folder.resolve("corpus");
        TinyTraining.addClips(corpus, "a", Partition.TRAINING, 2);
        TinyTraining.addClips(corpus, "b", Partition.VALIDATION, 2);
        try (ClipStore store = TinyTraining.store(corpus, folder.resolve("store"));
                Workers workers = new Workers(1)) {
            TrainingTask task = TinyTraining.task(store, TinyTraining.RECIPE);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Trainer(task, folder.resolve("checkpoint"), workers, TinyTraining.CLOCK))
                    .withMessage("the word b has no clip in the training partition; add clips of other speakers, or "
                            + "leave it out");
        }
    }

    @Test
    void refusesAWindowTooShortForTheArchitecture() throws Exception {
        Path corpus = TinyTraining.corpus(folder.resolve("corpus"), "a", "b");
        try (ClipStore store = TinyTraining.store(corpus, folder.resolve("store"));
                Workers workers = new Workers(1)) {
            Architecture m5 = Architecture.named("m5").orElseThrow();
            TrainingTask task = new TrainingTask(store, m5, store.words(), TinyTraining.RECIPE, "onda test");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Trainer(task, folder.resolve("checkpoint"), workers, TinyTraining.CLOCK))
                    .withMessageContaining("does not fit into");
        }
    }

    @Test
    void refusesFewerThanTwoWords() throws Exception {
        Path corpus = TinyTraining.corpus(folder.resolve("corpus"), "a", "b");
        try (ClipStore store = TinyTraining.store(corpus, folder.resolve("store"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new TrainingTask(
                            store, TinyTraining.ARCHITECTURE, List.of("a"), TinyTraining.RECIPE, "onda test"))
                    .withMessage("a recogniser tells at least 2 words apart, found [a]");
        }
        assertThat(Files.exists(folder.resolve("checkpoint"))).isFalse();
    }
}
