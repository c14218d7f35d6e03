package dev.onda.train;

import dev.onda.augment.Augmentation;
import dev.onda.augment.Mixing;
import dev.onda.augment.Surroundings;
import dev.onda.corpus.LabelledClips;
import dev.onda.corpus.Partition;
import dev.onda.model.Memory;
import dev.onda.model.Model;
import dev.onda.nn.Network;
import dev.onda.nn.SoftmaxCrossEntropy;
import dev.onda.nn.kernel.Workers;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** What a training learns from: which clips an epoch has, and each of them augmented, mixed and with its target. */
final class TrainingClips {

    /** Clips that a model remembers, of all words together and of one at most. */
    private static final int REMEMBERED = 1_000;

    private static final int REMEMBERED_OF_ONE = 100;
    /** Clips of other speech that it remembers, where it knows that: words taught later must not be heard in it. */
    private static final int REMEMBERED_OTHERS = 400;
    /** Most numbers of a clip that are remembered: what flattens a clip instead of averaging it has far too many. */
    private static final int LARGEST_MEMORY = 1_024;

    private final TrainingTask task;
    private final Recipe recipe;
    private final Chance chance;
    private final LabelledClips training;
    private final int window;
    private final SoftmaxCrossEntropy.Targets targets;
    /** A thread's second clip, for mixing. */
    private final float[][] others;

    private final Optional<InventedSpeech> invented;

    private final Surroundings surroundings;
    private final int epochClips;
    /** How much a clip counts, by class. */
    private final double[] weights;

    /**
     * @param threads that load clips
     * @throws IllegalArgumentException if a word has no clip
     */
    TrainingClips(TrainingTask task, LabelledClips training, Chance chance, int threads) {
        this.task = task;
        this.recipe = task.recipe();
        this.chance = chance;
        this.training = training;
        task.checkClips(training);
        this.window = task.store().format().windowSamples();
        this.targets = new SoftmaxCrossEntropy.Targets(
                new int[recipe.batch()],
                new int[recipe.batch()],
                new double[recipe.batch()],
                new double[recipe.batch()]);
        this.others = new float[threads][recipe.mixings().isEmpty() ? 0 : window];
        this.invented = recipe.inventedUnknowns() == 0
                ? Optional.empty()
                : Optional.of(new InventedSpeech(
                        training, task.words(), window, task.store().format().sampleRateHz(), threads));
        this.surroundings = new Surroundings(
                task.store().format().sampleRateHz(), task.store().background().of(Partition.TRAINING));
        this.epochClips = epochClips();
        this.weights = classWeights();
    }

    /** Clips of an epoch. */
    int perEpoch() {
        return epochClips;
    }

    /** Those of the batch that was loaded last. */
    SoftmaxCrossEntropy.Targets targets() {
        return targets;
    }

    private int epochClips() {
        int words = (int) task.words().stream().filter(Model::isWord).count();
        int spoken = 0;
        int others = 0;
        for (int label : training.labels()) {
            String name = task.words().get(label);
            spoken += Model.isWord(name) ? 1 : 0;
            others += name.equals(Model.UNKNOWN) ? 1 : 0;
        }
        if (others == 0) {
            return training.size();
        }
        int wanted = Math.max(1, (int) Math.round(recipe.unknownShare() * spoken / words));
        return training.size() - others + wanted;
    }

    private double[] classWeights() {
        double[] byClass = new double[task.words().size()];
        Arrays.fill(byClass, 1);
        if (recipe.classWeights() == Recipe.ClassWeights.BALANCED) {
            int[] clips = new int[byClass.length];
            for (int turn : order(0)) {
                clips[training.labels()[turn % training.size()]]++;
            }
            for (int c = 0; c < byClass.length; c++) {
                byClass[c] = epochClips / ((double) byClass.length * clips[c]);
            }
        }
        return byClass;
    }

    /**
     * The clips of an epoch: each once, but of other words only so many as the recipe says, others in each epoch; where there
     * are too few, they come again. A clip that comes for the k-th time has k times the number of clips added.
     */
    int[] order(int epoch) {
        int[] all = chance.order(epoch, training.size());
        int unknown = task.words().indexOf(Model.UNKNOWN);
        int[] others =
                Arrays.stream(all).filter(i -> training.labels()[i] == unknown).toArray();
        if (others.length == 0) {
            return all;
        }
        int[] order = new int[epochClips];
        int n = 0;
        for (int clip : all) {
            if (training.labels()[clip] != unknown) {
                order[n++] = clip;
            }
        }
        for (int i = 0; n < order.length; i++) {
            order[n++] = others[i % others.length] + i / others.length * training.size();
        }
        int[] places = chance.order(-1 - epoch, order.length);
        return Arrays.stream(places).map(place -> order[place]).toArray();
    }

    /** Loads one clip and its target to a place of a batch; any thread may. */
    void load(float[] batch, int place, int[] order, int turnAt, int epoch, int worker) {
        int turn = order[turnAt];
        int clip = turn % training.size();
        int at = place * window;
        SplittableRandom random = chance.augmentation(epoch, turn);
        read(clip, batch, at, random, worker);
        int label = training.labels()[clip];
        int other = label;
        double share = 1;
        double lot = recipe.mixings().isEmpty() ? 1 : random.nextDouble();
        for (Mixing mixing : recipe.mixings()) {
            if (lot >= 0 && lot < mixing.probability() && isUsed(mixing)) {
                int partner = partner(order, random);
                read(partner, others[worker], 0, random, worker);
                share = mixing.apply(batch, at, others[worker], window, random);
                other = training.labels()[partner];
            }
            lot -= mixing.probability();
        }
        recipe.normalization().apply(batch, at, window);
        targets.labels()[place] = label;
        targets.others()[place] = other;
        targets.shares()[place] = share;
        targets.weights()[place] = share * weights[label] + (1 - share) * weights[other];
    }

    /** Any clip of an epoch; where an epoch has all of them, whichever. */
    private int partner(int[] order, SplittableRandom random) {
        int any = random.nextInt(order.length);
        return order.length == training.size() ? any : order[any] % training.size();
    }

    /** Half a word and half another are either both of these or neither: not cut together where that is taken for no word. */
    private boolean isUsed(Mixing mixing) {
        return !(mixing instanceof Mixing.TimeCut) || recipe.inventedUnknowns() == 0;
    }

    /** One clip, augmented. */
    void read(int clip, float[] into, int at, SplittableRandom random, int worker) {
        boolean isUnknown = task.words().get(training.labels()[clip]).equals(Model.UNKNOWN);
        if (isUnknown && random.nextDouble() < recipe.inventedUnknowns()) {
            invented.orElseThrow().invent(into, at, random, worker);
        } else {
            long silence = training.clips()[clip] < 0 ? random.nextLong() : 0;
            training.read(clip, silence, into, at);
        }
        for (Augmentation augmentation : recipe.augmentations()) {
            augmentation.maybeApply(into, at, window, surroundings, random);
        }
    }

    /**
     * What a network makes of a few clips of each class, augmented; nothing if it does not end with a dense layer over few
     * features.
     */
    Memory remember(Network network, Workers workers) {
        Body body = Body.of(network, recipe.batch(), workers).orElse(null);
        if (body == null || body.size() > LARGEST_MEMORY) {
            return Memory.NONE;
        }
        int[] turns = remembered();
        int size = body.size();
        float[] features = new float[turns.length * size];
        float[] batch = new float[recipe.batch() * window];
        for (int from = 0; from < turns.length; from += recipe.batch()) {
            int first = from;
            int some = Math.min(recipe.batch(), turns.length - from);
            workers.run(some, (i, worker) -> {
                int turn = turns[first + i];
                read(turn % training.size(), batch, i * window, chance.augmentation(-1, turn), worker);
                recipe.normalization().apply(batch, i * window, window);
            });
            System.arraycopy(body.features(batch, some), 0, features, from * size, some * size);
        }
        int[] labels = Arrays.stream(turns)
                .map(turn -> training.labels()[turn % training.size()])
                .toArray();
        return new Memory(size, features, labels);
    }

    /** Of each word as many, of other speech more; where that has few clips, they come again, augmented anew. */
    private int[] remembered() {
        int unknown = task.words().indexOf(Model.UNKNOWN);
        int[] seen = new int[task.words().size()];
        int most = Math.clamp(REMEMBERED / seen.length, 1, REMEMBERED_OF_ONE);
        int[] order = chance.order(-1, training.size());
        int[] others = Arrays.stream(order)
                .filter(clip -> training.labels()[clip] == unknown)
                .toArray();
        IntStream words = Arrays.stream(order)
                .filter(clip -> training.labels()[clip] != unknown && seen[training.labels()[clip]]++ < most);
        IntStream speech = IntStream.range(0, others.length == 0 ? 0 : REMEMBERED_OTHERS)
                .map(i -> others[i % others.length] + i / others.length * training.size());
        return IntStream.concat(words, speech).toArray();
    }
}
