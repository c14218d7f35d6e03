package dev.onda.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onda.corpus.ClipFormat;
import dev.onda.corpus.ClipStore;
import dev.onda.corpus.Corpus;
import dev.onda.corpus.CorpusOptions;
import dev.onda.corpus.Preparation;
import dev.onda.corpus.PrepareOptions;
import dev.onda.nn.kernel.Workers;
import dev.onda.train.Epoch;
import dev.onda.train.Recipe;
import dev.onda.train.RecipeFile;
import dev.onda.train.Trainer;
import dev.onda.train.TrainingListener;
import dev.onda.train.TrainingStopped;
import dev.onda.train.TrainingTask;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {

    private static final int EPOCHS = 2;
    private static final int BATCH = 20;

    @TempDir
    private Path folder;

    /** Ends a training after three steps. */
    private static TrainingListener stopSoon(Trainer trainer) {
        return new TrainingListener() {
            @Override
            public void stepped(int epoch, long clips, double loss, double accuracy) {
                if (clips >= 3 * BATCH) {
                    trainer.stop();
                }
            }

            @Override
            public void epochEnded(Epoch epoch) {}
        };
    }

    @Test
    void clipsOfAnEarlierRunDoNotCountInTheRate() throws Exception {
        Corpus corpus = Corpus.scan(DemoCorpus.unpackTo(folder.resolve("corpus")), CorpusOptions.defaults());
        Preparation.prepare(
                corpus,
                new ClipFormat(8_000, 8_000),
                folder.resolve("store"),
                new PrepareOptions(2, false),
                (done, total) -> {});
        NamedModel m5 = NamedModel.of("m5");
        Recipe recipe =
                RecipeFile.defaults(m5.architecture()).withEpochs(EPOCHS).withBatch(BATCH);
        try (ClipStore store = ClipStore.open(folder.resolve("store"));
                Workers workers = new Workers(2)) {
            TrainingTask task = new TrainingTask(store, m5.architecture(), corpus.words(), recipe, "a test");
            Path checkpoint = folder.resolve("m.checkpoint.safetensors");
            Trainer first = new Trainer(task, checkpoint, workers, InstantSource.system());
            long all = (long) EPOCHS * first.trainingClips();
            assertThat(TrainingRun.toDo(first, EPOCHS)).isEqualTo(new Task("training", all, Task.Unit.CLIPS, 0));
            assertThatExceptionOfType(TrainingStopped.class).isThrownBy(() -> first.train(stopSoon(first)));

            Trainer second = new Trainer(task, checkpoint, workers, InstantSource.system());
            assertThat(second.resume()).isTrue();
            assertThat(TrainingRun.toDo(second, EPOCHS))
                    .isEqualTo(new Task("training", all, Task.Unit.CLIPS, 3 * BATCH));
        }
    }
}
