package dev.onda.train;

import dev.onda.corpus.LabelledClips;
import dev.onda.corpus.Partition;
import dev.onda.evaluate.Calibration;
import dev.onda.evaluate.Evaluation;
import dev.onda.evaluate.Evaluator;
import dev.onda.model.InputFormat;
import dev.onda.model.Model;
import dev.onda.model.ModelException;
import dev.onda.model.Provenance;
import dev.onda.nn.AdamState;
import dev.onda.nn.Network;
import dev.onda.nn.Pass;
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
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/**
 * Trains a network: epochs of shuffled, augmented batches, validation after each, the best epoch kept. All randomness is
 * drawn from the seed and the place where it is needed (epoch, clip, step), so a training can go on from any step.
 *
 * <p>Long, since steps, checkpoints, and the choice of the best epochs are one loop over one state; what it learns from is made
 * by {@link TrainingClips}.
 */
public final class Trainer {

    /** Name of the figure that says what made the model that a training went on from. */
    public static final String STARTED_FROM = "startedFrom";

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
    private final TrainingClips clips;
    private final WeightAverage averages;
    private final float[] gradient;
    /** How many epochs the model is the mean of. */
    private int averaged = 1;

    private double validationAccuracy;
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
        int window = task.store().format().windowSamples();
        this.input = new InputFormat(task.store().format().sampleRateHz(), window, recipe.normalization());
        int words = task.words().size();
        Network network = task.architecture()
                .network(words, window)
                .initialize(task.architecture().initialization(), chance.initialization());
        task.start().ifPresent(model -> network.copy(model.network()));
        this.state = new TrainingState(network, judged(network), new AdamState(recipe.optimizer(), network));
        this.pass = new Pass(network, Pass.Mode.TRAINING, recipe.batch(), Kernels.best(), workers);
        this.evaluator = new Evaluator(state.judged, recipe.normalization(), recipe.batch(), workers);
        this.batch = new float[recipe.batch() * window];
        this.clips = new TrainingClips(task, training, chance, workers.threads());
        this.averages = new WeightAverage(recipe.weightAveraging(), network, state.judged);
        this.gradient = new float[recipe.batch() * words];
    }

    /** A second network with the same parameters where these are averaged; else the network itself. */
    private Network judged(Network network) {
        if (recipe.weightAveraging() == 0) {
            return network;
        }
        return new Network(network.layers(), network.input()).copy(network);
    }

    /** Clips seen in one epoch. */
    public int trainingClips() {
        return clips.perEpoch();
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
        return state.history.get(state.bestEpoch() - 1);
    }

    /** What {@link #train} returned: {@code "epoch 18"}, or the mean of some. */
    public String choice() {
        List<Integer> epochs = state.kept.stream()
                .limit(averaged)
                .map(TrainingState.Kept::epoch)
                .sorted()
                .toList();
        return averaged == 1
                ? "epoch " + bestEpoch().number()
                : "mean of epochs " + epochs.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** Share of the validation clips that what {@link #train} returned recognises, in [0, 1]; 0 where there are none. */
    public double validationAccuracy() {
        return validationAccuracy;
    }

    /** What the settings are that must be the same for a training to go on. */
    private Map<String, String> run() {
        Map<String, String> run = new LinkedHashMap<>();
        run.put("architecture", task.architecture().name());
        run.put(
                "layers",
                Integer.toHexString(
                        task.architecture().layers().apply(2).toString().hashCode()));
        run.put("words", String.join(",", task.words()));
        run.put("data", task.store().sha256());
        task.start()
                .ifPresent(model ->
                        run.put("from", Long.toHexString(model.network().fingerprint())));
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
                && state.seen == Math.min((long) state.step * recipe.batch(), clips.perEpoch())
                && state.kept.size() == Math.min(state.epochs(), recipe.averagedEpochs())
                && state.kept.stream().allMatch(kept -> kept.epoch() >= 1 && kept.epoch() <= state.epochs());
        if (!fits) {
            throw new ModelException(checkpoint, "damaged: its counts do not belong together; delete it to start anew");
        }
        return true;
    }

    /** Clips seen so far, stopped runs included. */
    public long clipsSeen() {
        return (long) state.epochs() * clips.perEpoch() + state.seen;
    }

    /** Asks {@link #train} to write a checkpoint after the step under way, or in the midst of validation, and to end; any thread may. */
    public void stop() {
        stopping = true;
    }

    /**
     * Trains to the end and returns the model of the best epoch, or the mean of the best ones. The checkpoint stays, for the caller to delete when the
     * model is safe.
     *
     * @throws TrainingStopped if {@link #stop} was called; the checkpoint holds all that was done
     * @throws TrainingDiverged if the loss is no longer a number; the last checkpoint is from before
     * @throws IOException if the checkpoint cannot be written
     */
    public Model train(TrainingListener listener) throws IOException, TrainingStopped {
        Map<String, String> run = run();
        Instant saved = clock.instant();
        while (!isDone()) {
            int epoch = state.epochs();
            endIfStopping(epoch, run);
            int[] order = clips.order(epoch);
            Instant started = clock.instant();
            double before = state.seconds;
            while (state.step < steps()) {
                step(epoch, order);
                state.seconds = before + seconds(started);
                double seen = state.seen;
                listener.stepped(epoch + 1, clipsSeen(), state.lossSum / seen, state.correct / seen);
                endIfStopping(epoch, run);
                if (Duration.between(saved, clock.instant()).compareTo(BETWEEN_CHECKPOINTS) >= 0) {
                    Checkpoint.write(checkpoint, state, run);
                    saved = clock.instant();
                }
            }
            Optional<Evaluation> judged = judge();
            if (judged.isEmpty()) {
                endIfStopping(epoch, run);
            }
            endEpoch(epoch, before + seconds(started), judged.orElseThrow(), listener);
            Checkpoint.write(checkpoint, state, run);
            saved = clock.instant();
            listener.epochEnded(state.history.getLast());
        }
        choose();
        return model();
    }

    /** The best epoch, or the mean of the best ones where that is better. */
    private void choose() {
        averaged = state.kept.size();
        if (averaged > 1) {
            state.restoreMean(averaged);
            Evaluation judged = evaluator.evaluate(validation, task.words(), done -> {});
            validationAccuracy = judged.accuracy();
            if (isBetter(judged)) {
                return;
            }
        }
        averaged = 1;
        state.restoreBest();
        validationAccuracy = bestEpoch().validationAccuracy();
    }

    /** Whether all epochs are done, or so many in a row were no better that it is given up. */
    private boolean isDone() {
        boolean inVain = recipe.patience() > 0 && state.epochs() - state.bestEpoch() >= recipe.patience();
        return state.epochs() >= recipe.epochs() || (state.epochs() > 0 && inVain);
    }

    private double seconds(Instant started) {
        return Duration.between(started, clock.instant()).toNanos() / 1e9;
    }

    private int steps() {
        return (clips.perEpoch() + recipe.batch() - 1) / recipe.batch();
    }

    private void step(int epoch, int[] order) {
        int first = state.step * recipe.batch();
        int some = Math.min(recipe.batch(), order.length - first);
        workers.run(some, (i, worker) -> clips.load(batch, i, order, first + i, epoch, worker));
        float[] logits = pass.forward(batch, some, chance.dropout(state.adam.steps()));
        int words = task.words().size();
        double loss =
                new SoftmaxCrossEntropy(recipe.labelSmoothing()).loss(logits, clips.targets(), some, words, gradient);
        if (!Double.isFinite(loss)) {
            throw new TrainingDiverged(epoch + 1, recipe.learningRate());
        }
        int[] labels = clips.targets().labels();
        for (int i = 0; i < some; i++) {
            state.correct += isRight(logits, i * words, words, labels[i]) ? 1 : 0;
        }
        pass.backward(gradient);
        shorten();
        state.adam.step(pass, learningRate(state.adam.steps()), Kernels.best(), workers);
        averages.update(state.adam.steps());
        state.lossSum += loss * some;
        state.seen += some;
        state.step++;
    }

    /** Makes the gradient no longer than the recipe allows. */
    private void shorten() {
        if (recipe.gradientNorm() == 0) {
            return;
        }
        int parameters = state.network.parameters().size();
        double squares = 0;
        for (int i = 0; i < parameters; i++) {
            float[] own = pass.gradient(i);
            squares += Kernels.best().sumOfSquares(own, 0, own.length, 0);
        }
        double norm = Math.sqrt(squares);
        if (norm > recipe.gradientNorm()) {
            float factor = (float) (recipe.gradientNorm() / norm);
            for (int i = 0; i < parameters; i++) {
                float[] own = pass.gradient(i);
                Kernels.best().scaleShift(own, 0, own, 0, own.length, factor, 0);
            }
        }
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

    private void endIfStopping(int epoch, Map<String, String> run) throws IOException, TrainingStopped {
        if (stopping) {
            Checkpoint.write(checkpoint, state, run);
            throw new TrainingStopped("stopped in epoch " + (epoch + 1));
        }
    }

    /** What the network answers on the validation clips, nothing if it is asked to stop meanwhile. */
    private Optional<Evaluation> judge() {
        try {
            return Optional.of(evaluator.evaluate(validation, task.words(), done -> {
                if (stopping) {
                    throw new CancellationException();
                }
            }));
        } catch (CancellationException e) {
            return Optional.empty();
        }
    }

    private void endEpoch(int epoch, double seconds, Evaluation judged, TrainingListener listener) {
        double rate = learningRate(state.adam.steps() - 1);
        listener.judged(judged);
        state.endEpoch(new Epoch(
                epoch + 1,
                rate,
                state.lossSum / state.seen,
                state.correct / (double) state.seen,
                judged.loss(),
                judged.accuracy(),
                seconds));
        state.keep(epoch + 1, recipe.averagedEpochs(), this::better);
    }

    /** Orders epochs: the better one first; of equals, and where nothing judges them, the earlier and the later one. */
    private int better(int one, int other) {
        if (validation.size() == 0) {
            return other - one;
        }
        Epoch a = state.history.get(one - 1);
        Epoch b = state.history.get(other - 1);
        int order = Double.compare(b.validationAccuracy(), a.validationAccuracy());
        order = order != 0 ? order : Double.compare(a.validationLoss(), b.validationLoss());
        return order != 0 ? order : one - other;
    }

    /** More clips recognised, or as many at a lower loss. */
    private boolean isBetter(Evaluation judged) {
        Epoch best = bestEpoch();
        int order = Double.compare(judged.accuracy(), best.validationAccuracy());
        return order > 0 || (order == 0 && judged.loss() < best.validationLoss());
    }

    private String attribution() {
        String before =
                task.start().map(start -> start.provenance().attribution()).orElse("");
        return Provenance.both(before, task.store().attribution());
    }

    private Model model() {
        Epoch best = bestEpoch();
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("bestEpoch", Integer.toString(best.number()));
        if (averaged > 1) {
            figures.put("averagedEpochs", Integer.toString(averaged));
        }
        figures.put("trainingClips", Integer.toString(clips.perEpoch()));
        figures.put("validationClips", Integer.toString(validation.size()));
        task.store().leftOut().ifPresent(leftOut -> {
            figures.put(Provenance.EXCLUDED_CLIPS, Integer.toString(leftOut.all()));
            figures.put(Provenance.EXCLUDED_BY, leftOut.list());
        });
        task.start()
                .ifPresent(start -> figures.put(STARTED_FROM, start.provenance().software()));
        if (validation.size() > 0) {
            figures.put("validationAccuracy", String.format(Locale.ROOT, "%.4f", validationAccuracy));
        }
        Calibration calibration = Calibration.choose(evaluator, validation, task.words(), recipe.falseAccepts());
        if (task.words().stream().anyMatch(word -> !Model.isWord(word))) {
            figures.put("threshold", String.format(Locale.ROOT, "%.4f", calibration.threshold()));
            figures.put("falseAccepts", String.format(Locale.ROOT, "%.4f", calibration.falseAccepts()));
            figures.put("misses", String.format(Locale.ROOT, "%.4f", calibration.misses()));
        }
        Provenance provenance =
                new Provenance(task.store().sha256(), task.software(), recipe.settings(), figures, attribution());
        return new Model(
                task.architecture().name(),
                state.judged,
                task.words(),
                input,
                calibration.threshold(),
                clips.remember(state.judged, workers),
                provenance);
    }
}
