package dev.onda.cli;

import dev.onda.evaluate.Interval;
import dev.onda.model.Model;
import dev.onda.model.ModelFile;
import dev.onda.model.Provenance;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;
import dev.onda.report.Counted;
import dev.onda.report.TrainingPage;
import dev.onda.train.Judging;
import dev.onda.train.RunFiles;
import dev.onda.train.Trainer;
import dev.onda.train.TrainingStopped;
import dev.onda.train.TrainingTask;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/**
 * One training and its files.
 *
 * @param task what is trained
 * @param data where its clips are from
 * @param files where it goes
 */
record Training(TrainingTask task, Path data, RunFiles files) {

    /** How it is looked at while it goes on. */
    TrainingPage page() {
        return new TrainingPage(
                files.report(),
                task.architecture().name(),
                task.words().size(),
                data,
                task.recipe().epochs());
    }

    /** Whether a training into these files has come to its end. */
    static boolean isFinished(RunFiles files) {
        return Files.exists(files.model()) && !Files.exists(files.checkpoint());
    }

    /**
     * Whether just this training has come to its end.
     *
     * @throws UserError if another one has, into these files
     */
    boolean isDone() throws IOException {
        if (!isFinished(files)) {
            return false;
        }
        Model there = ModelFile.read(files.model());
        Provenance provenance = there.provenance();
        if (!there.architecture().equals(task.architecture().name())
                || !there.network()
                        .layers()
                        .equals(task.architecture().layers().apply(task.words().size()))
                || !provenance.recipe().equals(task.recipe().settings())
                || !provenance.dataSha256().equals(task.store().sha256())
                || !there.words().equals(task.words())) {
            throw new UserError(files.model()
                    + ": of a training with another network, other clips, words or settings; name another --out");
        }
        return true;
    }

    private static double figure(Model model, String name) {
        return Double.parseDouble(model.provenance().figures().getOrDefault(name, "0"));
    }

    /**
     * Trains, with progress shown, from the checkpoint if there is one; writes the model and lets go of the checkpoint.
     *
     * @param hint what to do about a training that was stopped
     */
    void run(Workers workers, ViewOptions looks, PrintWriter stdout, String hint) throws IOException, TrainingStopped {
        Trainer trainer =
                UserError.ifRefused(() -> new Trainer(task, files.checkpoint(), workers, InstantSource.system()));
        Judging.refuseWithoutClips(trainer.validationClips());
        Optional<String> caution = Judging.caution(trainer.validationClips());
        boolean resumed = trainer.resume();
        stdout.printf(
                "%s %s, %d words, %,d training and %,d validation clips; epochs: %d, threads: %d, kernels: %s%n",
                resumed ? "resuming" : "training",
                task.architecture().name(),
                task.words().size(),
                trainer.trainingClips(),
                trainer.validationClips(),
                task.recipe().epochs(),
                workers.threads(),
                Kernels.best().description());
        caution.ifPresent(text -> stdout.println("caution: " + text));
        Model trained = TrainingRun.run(trainer, this, looks, where -> stdout.println("onda: " + where + "; " + hint));
        ModelFile.write(files.model(), trained);
        Files.deleteIfExists(files.checkpoint());
        int clips = trainer.validationClips();
        Interval interval = Interval.wilson((int) Math.round(trainer.validationAccuracy() * clips), clips);
        stdout.printf(
                "%s: validation accuracy %s on %s (%s chosen); history in %s%n",
                files.model(),
                Figures.accuracy(trainer.validationAccuracy(), interval),
                Counted.of(clips, "clip"),
                trainer.choice(),
                files.history());
        caution.ifPresent(text -> stdout.println("caution: " + text));
        if (trained.words().stream().anyMatch(w -> !Model.isWord(w))) {
            stdout.printf(
                    Locale.ROOT,
                    "a word is believed from a score of %.3f on: on validation %.1f %% of what is no word is taken for one, "
                            + "%.1f %% of the words are missed%n",
                    trained.threshold(),
                    100 * figure(trained, "falseAccepts"),
                    100 * figure(trained, "misses"));
        }
    }
}
