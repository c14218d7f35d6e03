package dev.onda.train;

import dev.onda.augment.Augmentation;
import dev.onda.corpus.LabelledClips;
import dev.onda.corpus.Partition;
import dev.onda.evaluate.Evaluation;
import dev.onda.evaluate.Evaluator;
import dev.onda.model.InputFormat;
import dev.onda.model.Model;
import dev.onda.model.ModelException;
import dev.onda.model.Provenance;
import dev.onda.nn.AdamState;
import dev.onda.nn.Network;
import dev.onda.nn.Pass;
import dev.onda.nn.Shape;
import dev.onda.nn.SoftmaxCrossEntropy;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Trains a network: epochs of shuffled, augmented batches, validation after each, the best epoch kept. All randomness is
 * drawn from the seed and the place where it is needed (epoch, clip, step), so a training can go on from any step.
 */
public final class Trainer {

    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofSeconds(5);

    private final TrainingTask task;
    private final Recipe recipe;
    private final Chance chance;
    private final Path checkpoint;
    private final Workers workers;
    private final InstantSource clock;
    private final LabelledClips training;
    private final LabelledClips validation;
    private final InputFormat input;
    private final TrainingState state;
    private final Pass pass;
    private final Evaluator evaluator;
    private final float[] batch;
    private final int[] labels;
    private final float[] gradient;
    private volatile boolean stopping;

    /**
     * Takes all memory the training needs.
     *
     * @param checkpoint where to keep what a stopped training goes on from
     * @throws IllegalArgumentException if a word has no training clip, or the window is too short for the architecture
     */
    public Trainer(TrainingTask task, Path checkpoint, Workers workers, InstantSource clock) {
        this.task = task;
        this.recipe = task.recipe();
        this.chance = new Chance(recipe.seed());
        this.checkpoint = checkpoint;
        this.workers = workers;
        this.clock = clock;
        this.training = LabelledClips.of(task.store(), task.words(), Partition.TRAINING);
        this.validation = LabelledClips.of(task.store(), task.words(), Partition.VALIDATION);
        checkWords();
        int window = task.store().format().windowSamples();
        this.input = new InputFormat(task.store().format().sampleRateHz(), window, recipe.normalization());
        int words = task.words().size();
        Network network = new Network(task.architecture().layers().apply(words), new Shape(1, window))
                .initialize(task.architecture().initialization(), chance.initialization());
        this.state = new TrainingState(network, new AdamState(recipe.optimizer(), network));
        this.pass = new Pass(network, Pass.Mode.TRAINING, recipe.batch(), Kernels.best(), workers);
        this.evaluator = new Evaluator(network, recipe.normalization(), recipe.batch(), workers);
        this.batch = new float[recipe.batch() * window];
        this.labels = new int[recipe.batch()];
        this.gradient = new float[recipe.batch() * words];
    }

    private void checkWords() {
        int[] clips = new int[task.words().size()];
        for (int label : training.labels()) {
            clips[label]++;
        }
        for (int w = 0; w < clips.length; w++) {
            if (clips[w] == 0) {
                throw new IllegalArgumentException("the word " + task.words().get(w)
                        + " has no clip in the training partition; add clips of other speakers, or leave it out");
            }
        }
    }

    /** Clips seen in one epoch. */
    public int trainingClips() {
        return training.size();
    }

    /** Clips judged after each epoch. */
    public int validationClips() {
        return validation.size();
    }

    /** Epochs done so far. */
    public List<Epoch> history() {
        return List.copyOf(state.history);
    }

    /** The best epoch so far. */
    public Epoch bestEpoch() {
        return state.history.get(state.bestEpoch - 1);
    }

    /** What the settings are that must be the same for a training to go on. */
    private Map<String, String> run() {
        Map<String, String> run = new LinkedHashMap<>();
        run.put("architecture", task.architecture().name());
        run.put("words", String.join(",", task.words()));
        run.put("data", task.store().sha256());
        run.putAll(recipe.settings());
        return run;
    }

    /**
     * Goes on from the checkpoint.
     *
     * @return whether there was one
     * @throws IOException if it is damaged or belongs to another training
     */
    public boolean resume() throws IOException {
        if (!Files.exists(checkpoint)) {
            return false;
        }
        Checkpoint.read(checkpoint, state, run());
        boolean fits = state.epochs() <= recipe.epochs()
                && state.step >= 0
                && state.step <= steps()
                && state.adam.steps() == (long) state.epochs() * steps() + state.step
                && state.seen == Math.min((long) state.step * recipe.batch(), training.size())
                && state.bestEpoch <= state.epochs()
                && state.bestEpoch >= Math.min(1, state.epochs());
        if (!fits) {
            throw new ModelException(checkpoint, "damaged: its counts do not belong together; delete it to start anew");
        }
        return true;
    }

    /** Clips seen so far, stopped runs included. */
    public long clipsSeen() {
        return (long) state.epochs() * training.size() + state.seen;
    }

    /** Asks {@link #train} to write a checkpoint after the step under way and to end; any thread may. */
    public void stop() {
        stopping = true;
    }

    /**
     * Trains to the end and returns the model of the best epoch. The checkpoint stays, for the caller to delete when the
     * model is safe.
     *
     * @throws TrainingStopped if {@link #stop} was called; the checkpoint holds all that was done
     * @throws TrainingDiverged if the loss is no longer a number; the last checkpoint is from before
     * @throws IOException if the checkpoint cannot be written
     */
    public Model train(TrainingListener listener) throws IOException, TrainingStopped {
        Map<String, String> run = run();
        Instant saved = clock.instant();
        while (state.epochs() < recipe.epochs()) {
            int epoch = state.epochs();
            int[] order = chance.order(epoch, training.size());
            Instant started = clock.instant();
            double before = state.seconds;
            while (state.step < steps()) {
                step(epoch, order);
                state.seconds = before + seconds(started);
                double seen = state.seen;
                listener.stepped(epoch + 1, clipsSeen(), state.lossSum / seen, state.correct / seen);
                if (stopping) {
                    Checkpoint.write(checkpoint, state, run);
                    throw new TrainingStopped("stopped in epoch " + (epoch + 1));
                }
                if (Duration.between(saved, clock.instant()).compareTo(BETWEEN_CHECKPOINTS) >= 0) {
                    Checkpoint.write(checkpoint, state, run);
                    saved = clock.instant();
                }
            }
            endEpoch(epoch, before, started);
            Checkpoint.write(checkpoint, state, run);
            saved = clock.instant();
            listener.epochEnded(state.history.getLast());
        }
        state.restoreBest();
        return model();
    }

    private double seconds(Instant started) {
        return Duration.between(started, clock.instant()).toNanos() / 1e9;
    }

    private int steps() {
        return (training.size() + recipe.batch() - 1) / recipe.batch();
    }

    private void step(int epoch, int[] order) {
        int first = state.step * recipe.batch();
        int clips = Math.min(recipe.batch(), order.length - first);
        workers.run(clips, (i, worker) -> load(i, order[first + i], epoch));
        float[] logits = pass.forward(batch, clips, chance.dropout(state.adam.steps()));
        int words = task.words().size();
        double loss = new SoftmaxCrossEntropy(recipe.labelSmoothing()).loss(logits, labels, clips, words, gradient);
        if (!Double.isFinite(loss)) {
            throw new TrainingDiverged(epoch + 1, recipe.learningRate());
        }
        for (int i = 0; i < clips; i++) {
            state.correct += isRight(logits, i * words, words, labels[i]) ? 1 : 0;
        }
        pass.backward(gradient);
        state.adam.step(pass, learningRate(state.adam.steps()), Kernels.best(), workers);
        state.lossSum += loss * clips;
        state.seen += clips;
        state.step++;
    }

    private void load(int place, int clip, int epoch) {
        int window = input.windowSamples();
        int at = place * window;
        task.store().read(training.clips()[clip], batch, at);
        SplittableRandom random = chance.augmentation(epoch, clip);
        for (Augmentation augmentation : recipe.augmentations()) {
            augmentation.maybeApply(batch, at, window, input.sampleRateHz(), random);
        }
        input.normalization().apply(batch, at, window);
        labels[place] = training.labels()[clip];
    }

    /** The learning rate of a step, numbered from 0 over all epochs. */
    private double learningRate(long step) {
        double all = (double) steps() * recipe.epochs();
        return recipe.learningRate() * recipe.schedule().factor(step / all);
    }

    private static boolean isRight(float[] logits, int at, int words, int label) {
        for (int w = 0; w < words; w++) {
            if (logits[at + w] > logits[at + label]) {
                return false;
            }
        }
        return true;
    }

    private void endEpoch(int epoch, double before, Instant started) {
        double rate = learningRate(state.adam.steps() - 1);
        Evaluation judged = evaluator.evaluate(validation, task.words(), done -> {});
        boolean best = state.bestEpoch == 0 || validation.size() == 0 || isBetter(judged);
        state.endEpoch(new Epoch(
                epoch + 1,
                rate,
                state.lossSum / state.seen,
                state.correct / (double) state.seen,
                judged.loss(),
                judged.accuracy(),
                before + seconds(started)));
        if (best) {
            state.keepBest(epoch + 1);
        }
    }

    /** More clips recognised, or as many at a lower loss. */
    private boolean isBetter(Evaluation judged) {
        Epoch best = bestEpoch();
        int order = Double.compare(judged.accuracy(), best.validationAccuracy());
        return order > 0 || (order == 0 && judged.loss() < best.validationLoss());
    }

    private Model model() {
        Epoch best = bestEpoch();
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("bestEpoch", Integer.toString(best.number()));
        figures.put("trainingClips", Integer.toString(training.size()));
        figures.put("validationClips", Integer.toString(validation.size()));
        if (validation.size() > 0) {
            figures.put("validationAccuracy", String.format(Locale.ROOT, "%.4f", best.validationAccuracy()));
        }
        Provenance provenance = new Provenance(task.store().sha256(), task.software(), recipe.settings(), figures);
        return new Model(task.architecture().name(), state.network, task.words(), input, provenance);
    }
}
