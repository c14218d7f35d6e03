package dev.onda.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onda.corpus.ClipStore;
import dev.onda.model.Architecture;
import dev.onda.model.ModelException;
import dev.onda.model.ModelFile;
import dev.onda.nn.Layer;
import dev.onda.nn.kernel.Workers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A training that was stopped and resumed ends in the same bits as one left alone; other trainings are refused. */
class ResumeTest {

    /** 54 training clips by ten. */
    private static final int STEPS = 6;

    @TempDir
    private static Path shared;

    private static ClipStore store;
    private static TrainingTask task;

    @TempDir
    private Path folder;

    @BeforeAll
    static void makeClips() throws IOException {
        store = TinyTraining.store(
                TinyTraining.corpus(shared.resolve("corpus"), "a", "b", "c"), shared.resolve("store"));
        task = TinyTraining.task(store, TinyTraining.RECIPE);
    }

    @AfterAll
    static void closeTheStore() {
        store.close();
    }

    @Test
    void theSameSeedGivesTheSameBytesWithAnyNumberOfThreads() throws IOException {
        byte[] alone = TinyTraining.train(task, folder, 1);
        assertThat(TinyTraining.train(task, folder, 1)).as("again").isEqualTo(alone);
        assertThat(TinyTraining.train(task, folder, 2)).as("two threads").isEqualTo(alone);
        assertThat(TinyTraining.train(task, folder, 3)).as("three threads").isEqualTo(alone);
        TrainingTask other = TinyTraining.task(store, TinyTraining.RECIPE.withSeed(8));
        assertThat(TinyTraining.train(other, folder, 1)).as("another seed").isNotEqualTo(alone);
    }

    @Test
    void stoppedAfterOneOfItsStepsItEndsInTheSameBytes() throws IOException {
        byte[] alone = TinyTraining.train(task, folder, 1);
        for (int stop : new int[] {1, 2, 3, STEPS - 1, STEPS, STEPS + 1, 2 * STEPS, 3 * STEPS - 1, 3 * STEPS}) {
            assertThat(TinyTraining.train(task, folder, 1 + stop % 3, stop))
                    .as("stopped after step %d", stop)
                    .isEqualTo(alone);
        }
    }

    @Test
    void theMeanOfTheBestEpochsIsTheSameToo() throws IOException {
        Recipe averaging = RecipeFile.overlay(TinyTraining.RECIPE, "epochs = 6\naveraged-epochs = 3");
        TrainingTask longer = TinyTraining.task(store, averaging);
        byte[] alone = TinyTraining.train(longer, folder, 1);
        assertThat(TinyTraining.train(longer, folder, 2, 3 * STEPS + 1)).isEqualTo(alone);
        assertThat(TinyTraining.train(longer, folder, 1, STEPS, 3 * STEPS)).isEqualTo(alone);
    }

    @Test
    void stoppedManyTimesItEndsInTheSameBytes() throws IOException {
        byte[] alone = TinyTraining.train(task, folder, 1);
        assertThat(TinyTraining.train(task, folder, 2, 2, 3)).isEqualTo(alone);
        assertThat(TinyTraining.train(task, folder, 1, STEPS, STEPS)).isEqualTo(alone);
        assertThat(TinyTraining.train(task, folder, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1))
                .isEqualTo(alone);
    }

    @Test
    void stoppedInTheMidstOfValidationItEndsInTheSameBytes() throws Exception {
        byte[] alone = TinyTraining.train(task, folder, 1);
        Path checkpoint = folder.resolve("judging");
        List<Trainer> toStop = new ArrayList<>();
        InstantSource clock = () -> {
            toStop.forEach(Trainer::stop);
            return Instant.EPOCH;
        };
        try (Workers workers = new Workers(1)) {
            Trainer stopped = new Trainer(task, checkpoint, workers, clock);
            assertThatThrownBy(() -> stopped.train(new TrainingListener() {
                        @Override
                        public void stepped(int epoch, long clips, double loss, double accuracy) {
                            if (clips == 54) { // the last of the epoch: the clock is looked at once more before judging
                                toStop.add(stopped);
                            }
                        }

                        @Override
                        public void epochEnded(Epoch epoch) {}
                    }))
                    .isInstanceOf(TrainingStopped.class)
                    .hasMessage("stopped in epoch 1");
            assertThat(stopped.history()).as("not judged").isEmpty();
            Trainer next = new Trainer(task, checkpoint, workers, TinyTraining.CLOCK);
            assertThat(next.resume()).isTrue();
            assertThat(next.clipsSeen()).isEqualTo(54);
            Path file = folder.resolve("model");
            ModelFile.write(file, next.train(TinyTraining.stopper(next, Integer.MAX_VALUE)));
            assertThat(Files.readAllBytes(file)).isEqualTo(alone);
        }
    }

    @Test
    void killedItGoesOnFromItsLastCheckpoint() throws Exception {
        byte[] alone = TinyTraining.train(task, folder, 1);
        Path checkpoint = folder.resolve("killed");
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        InstantSource clock = now::get;
        try (Workers workers = new Workers(1)) {
            Trainer killed = new Trainer(task, checkpoint, workers, clock);
            assertThatThrownBy(() -> killed.train(new TrainingListener() {
                        @Override
                        public void stepped(int epoch, long clips, double loss, double accuracy) {
                            now.updateAndGet(t -> t.plus(Duration.ofSeconds(25)));
                            if (clips == 54 + 40) {
                                throw new IllegalStateException("killed");
                            }
                        }

                        @Override
                        public void epochEnded(Epoch epoch) {}
                    }))
                    .hasMessage("killed");
            Trainer resumed = new Trainer(task, checkpoint, workers, clock);
            assertThat(resumed.resume()).isTrue();
            assertThat(resumed.clipsSeen())
                    .as("after the third step of the second epoch")
                    .isEqualTo(54 + 30);
            Path file = folder.resolve("model");
            ModelFile.write(file, resumed.train(TinyTraining.SILENT));
            assertThat(Files.readAllBytes(file)).isEqualTo(alone);
        }
    }

    @Test
    void aFinishedTrainingGivesItsModelAgain() throws Exception {
        byte[] alone = TinyTraining.train(task, folder, 1);
        try (Workers workers = new Workers(1)) {
            Trainer trainer = new Trainer(task, folder.resolve("checkpoint"), workers, TinyTraining.CLOCK);
            assertThat(trainer.resume()).isTrue();
            assertThat(trainer.history()).hasSize(3);
            ModelFile.write(folder.resolve("again"), trainer.train(TinyTraining.SILENT));
        }
        assertThat(Files.readAllBytes(folder.resolve("again"))).isEqualTo(alone);
    }

    @Test
    void withoutACheckpointThereIsNothingToResume() throws IOException {
        try (Workers workers = new Workers(1)) {
            assertThat(new Trainer(task, folder.resolve("none"), workers, TinyTraining.CLOCK).resume())
                    .isFalse();
        }
    }

    @Test
    void refusesTheCheckpointOfAnotherRecipe() throws IOException {
        stopAfter(8);
        Recipe r = TinyTraining.RECIPE;
        assertRefused(r.withEpochs(4), "the stopped training had epochs 3, this one has 4; give the same");
        assertRefused(r.withBatch(9), "had batch 10, this one has 9");
        assertRefused(r.withLearningRate(0.5), "had learning-rate 0.01, this one has 0.5");
        assertRefused(r.withSeed(8), "had seed 7, this one has 8");
        assertRefused(
                RecipeFile.overlay(r, "schedule = { type = \"constant\" }"),
                "had schedule {\"type\":\"one-cycle\",\"rise\":0.3}, this one");
        assertRefused(RecipeFile.overlay(r, "optimizer = { weight-decay = 0 }"), "had optimizer {\"beta1\"");
        assertRefused(RecipeFile.overlay(r, "normalization = \"none\""), "had normalization level, this one has none");
    }

    private void assertRefused(Recipe recipe, String reason) {
        assertRefused(TinyTraining.task(store, recipe), reason);
    }

    private void assertRefused(TrainingTask other, String reason) {
        Path checkpoint = folder.resolve("checkpoint");
        try (Workers workers = new Workers(1)) {
            Trainer trainer = new Trainer(other, checkpoint, workers, TinyTraining.CLOCK);
            assertThatThrownBy(trainer::resume)
                    .isInstanceOf(ModelException.class)
                    .hasMessageStartingWith(checkpoint + ": ")
                    .hasMessageContaining(reason);
        }
    }

    /** Classes that are no words, made of others' clips and of nothing; an early end. */
    @Test
    void unknownWordsSilenceAndAnEarlyEndAreTheSameBytesToo() throws IOException {
        Recipe recipe = RecipeFile.overlay(TinyTraining.RECIPE, """
                epochs = 8
                patience = 2
                unknown-share = 1.5
                invented-unknowns = 0.5
                """);
        for (List<String> classes : List.of(
                List.of("a", "b", "_unknown_", "_silence_"), List.of("a", "_unknown_"), List.of("b", "_silence_"))) {
            TrainingTask told = new TrainingTask(store, TinyTraining.ARCHITECTURE, classes, recipe, "onda test");
            byte[] alone = TinyTraining.train(told, folder, 1);
            assertThat(TinyTraining.train(told, folder, 2, 3, 4))
                    .as("%s", classes)
                    .isEqualTo(alone);
        }
    }

    @Test
    void refusesTheCheckpointOfAnotherNetworkOfTheSameName() throws IOException {
        stopAfter(8);
        Architecture old = TinyTraining.ARCHITECTURE;
        Architecture edited = new Architecture(
                old.name(),
                old.source(),
                old.recipe(),
                old.sampleRateHz(),
                old.initialization(),
                words -> old.layers().apply(words).stream()
                        .map(layer -> layer instanceof Layer.Dropout ? new Layer.Dropout(0.2) : layer)
                        .toList());
        TrainingTask other = new TrainingTask(store, edited, store.words(), TinyTraining.RECIPE, "onda test");
        assertRefused(other, "the stopped training had layers ");
    }

    @Test
    void refusesTheCheckpointOfOtherWords() throws IOException {
        stopAfter(8);
        TrainingTask other =
                new TrainingTask(store, TinyTraining.ARCHITECTURE, List.of("a", "b"), TinyTraining.RECIPE, "onda test");
        assertRefused(other, "the stopped training had words a,b,c, this one has a,b; give the same");
    }

    @Test
    void refusesTheCheckpointOfOtherData() throws IOException {
        stopAfter(8);
        Path corpus = TinyTraining.corpus(folder.resolve("other"), "a", "b", "c");
        Files.copy(corpus.resolve("a").resolve(anyClip(corpus)), corpus.resolve("a/ffffffff_nohash_0.wav"));
        try (ClipStore other = TinyTraining.store(corpus, folder.resolve("otherStore"))) {
            assertRefused(TinyTraining.task(other, TinyTraining.RECIPE), "the stopped training had data ");
        }
    }

    private static Path anyClip(Path corpus) throws IOException {
        try (var files = Files.list(corpus.resolve("a"))) {
            return files.findFirst().orElseThrow();
        }
    }

    @Test
    void refusesACheckpointCutOffAnywhere() throws IOException {
        stopAfter(8);
        Path checkpoint = folder.resolve("checkpoint");
        byte[] whole = Files.readAllBytes(checkpoint);
        try (Workers workers = new Workers(1)) {
            Trainer trainer = new Trainer(task, checkpoint, workers, TinyTraining.CLOCK);
            for (int length = 0; length < whole.length; length += 97) {
                Files.write(checkpoint, Arrays.copyOf(whole, length));
                assertThatThrownBy(trainer::resume).as("cut after %d", length).isInstanceOf(ModelException.class);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "step|3|damaged: its counts do not belong together",
                "step|9|damaged: its counts do not belong together",
                "bestEpochs|[0|damaged: its counts do not belong together",
                "bestEpochs|[2|damaged: its counts do not belong together",
                "bestEpochs|[1,1|damaged",
                "adamSteps|7|damaged: its counts do not belong together",
                "step|x|damaged: its state cannot be read",
                "step|]|damaged: its state cannot be read"
            })
    void refusesACheckpointWhoseCountsLie(String key, String value, String reason) throws IOException {
        stopAfter(8);
        Path checkpoint = folder.resolve("checkpoint");
        String text = Files.readString(checkpoint, StandardCharsets.ISO_8859_1);
        String lie = text.replaceFirst(key + "\\\\\":\\[?\\d", key + "\\\\\":" + value);
        assertThat(lie.equals(text)).as("nothing was changed").isFalse();
        Files.writeString(checkpoint, lie, StandardCharsets.ISO_8859_1);
        assertRefused(task, reason);
    }

    @Test
    void refusesAModelInThePlaceOfACheckpoint() throws IOException {
        byte[] model = TinyTraining.train(task, folder, 1);
        Files.write(folder.resolve("checkpoint"), model);
        assertRefused(task, "not a checkpoint of this version of Onda; delete it to start anew");
    }

    /** Leaves a checkpoint after so many steps. */
    private void stopAfter(int steps) {
        Path checkpoint = folder.resolve("checkpoint");
        try (Workers workers = new Workers(1)) {
            Trainer trainer = new Trainer(task, checkpoint, workers, TinyTraining.CLOCK);
            assertThatThrownBy(() -> trainer.train(TinyTraining.stopper(trainer, steps)))
                    .isInstanceOf(TrainingStopped.class)
                    .hasMessage("stopped in epoch 2");
        }
    }
}
