package dev.onda.cli;

import dev.onda.model.Model;
import dev.onda.train.Epoch;
import dev.onda.train.History;
import dev.onda.train.Trainer;
import dev.onda.train.TrainingListener;
import dev.onda.train.TrainingStopped;
import dev.onda.train.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** A training with its progress shown, its history written, and Ctrl-C turned into a checkpoint. */
final class TrainingRun {

    /** How long an interrupted process waits for the checkpoint. */
    private static final long PATIENCE_MS = 30_000;

    private TrainingRun() {}

    static Model run(Trainer trainer, TrainingTask task, Path history) throws IOException, TrainingStopped {
        int epochs = task.recipe().epochs();
        long clips = (long) epochs * trainer.trainingClips();
        Thread self = Thread.currentThread();
        Thread interrupted = new Thread(() -> stopAndWait(trainer, self), "onda-stop");
        Runtime.getRuntime().addShutdownHook(interrupted);
        try (Progress progress = Progress.of(new Task("training", clips, Task.Unit.CLIPS))) {
            Model model = trainer.train(new TrainingListener() {
                @Override
                public void stepped(int epoch, long seen, double loss, double accuracy) {
                    progress.message(String.format(
                            Locale.ROOT,
                            "epoch %d/%d, loss %.3f, accuracy %.1f %%",
                            epoch,
                            epochs,
                            loss,
                            100 * accuracy));
                    progress.reach(seen);
                }

                @Override
                public void epochEnded(Epoch epoch) throws IOException {
                    History.write(history, trainer.history());
                    progress.say(line(epoch, epochs));
                }
            });
            Runtime.getRuntime().removeShutdownHook(interrupted);
            return model;
        }
    }

    private static String line(Epoch e, int epochs) {
        return String.format(
                Locale.ROOT,
                "epoch %d/%d: training loss %.3f, accuracy %.1f %%; validation loss %.3f, accuracy %.1f %%; %.1f s",
                e.number(),
                epochs,
                e.trainingLoss(),
                100 * e.trainingAccuracy(),
                e.validationLoss(),
                100 * e.validationAccuracy(),
                e.seconds());
    }

    private static void stopAndWait(Trainer trainer, Thread training) {
        trainer.stop();
        try {
            training.join(PATIENCE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
