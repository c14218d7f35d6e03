package dev.onda.cli;

import dev.onda.model.Model;
import dev.onda.train.Epoch;
import dev.onda.train.History;
import dev.onda.train.Trainer;
import dev.onda.train.TrainingDiverged;
import dev.onda.train.TrainingListener;
import dev.onda.train.TrainingStopped;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A training with its progress shown, its history written, and Ctrl-C turned into a checkpoint. */
final class TrainingRun {

    /** How long an interrupted process waits for the checkpoint. */
    private static final long PATIENCE_MS = 30_000;

    private TrainingRun() {}

    /**
     * @param whenStopped is told where a training was stopped, while the process that ends still waits
     */
    static Model run(Trainer trainer, Training training, ViewOptions looks, Consumer<String> whenStopped)
            throws IOException, TrainingStopped {
        int epochs = training.task().recipe().epochs();
        CountDownLatch ended = new CountDownLatch(1);
        Thread interrupted = new Thread(() -> stopAndWait(trainer, ended), "onda-stop");
        Runtime.getRuntime().addShutdownHook(interrupted);
        try (Progress progress = Progress.of(toDo(trainer, epochs));
                TrainingViews views = TrainingViews.open(looks, training.page(), trainer.history(), progress::say)) {
            Model trained = trainer.train(new TrainingListener() {
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
                    History.write(training.files().history(), trainer.history());
                    views.epochEnded(trainer.history());
                    progress.say(line(epoch, epochs));
                }
            });
            views.finished();
            return trained;
        } catch (TrainingDiverged e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        } catch (TrainingStopped e) {
            whenStopped.accept(String.valueOf(e.getMessage()));
            throw e;
        } finally {
            ended.countDown();
            forget(interrupted);
        }
    }

    /** All epochs' clips; those that an earlier run has learned from do not count in the rate. */
    static Task toDo(Trainer trainer, int epochs) {
        long all = (long) epochs * trainer.trainingClips();
        return new Task("training", all, Task.Unit.CLIPS, trainer.clipsSeen());
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

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook with it.
        }
    }

    /** Waits for the training, not for its thread: that one goes on to end the process, which waits for this hook. */
    static void stopAndWait(Trainer trainer, CountDownLatch ended) {
        trainer.stop();
        try {
            if (!ended.await(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                System.err.println("onda: the step under way takes too long; the last checkpoint counts");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
