package dev.onda.train;

import dev.onda.augment.Augmentation;
import dev.onda.augment.Surroundings;
import dev.onda.corpus.LabelledClips;
import dev.onda.model.InputFormat;
import dev.onda.model.Memory;
import dev.onda.model.Model;
import dev.onda.model.Provenance;
import dev.onda.nn.Adam;
import dev.onda.nn.AdamState;
import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Pass;
import dev.onda.nn.Shape;
import dev.onda.nn.SoftmaxCrossEntropy;
import dev.onda.nn.kernel.Hash;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Teaches a model new words from a few clips each. Its body stays as it is, and so does what its last layer says of the old
 * words; new rows of that layer learn to tell the new words from these, which the model remembers ("rehearsal", Robins 1995).
 * Ten clips of a word tell little of how voices differ in it, so to the features of their augmented copies differences are
 * added that clips of the old words have to their word's mean (an idea of Hariharan and Girshick 2017).
 */
public final class Teacher {

    private static final int BATCH = 64;

    private static final String TAUGHT = "taught";
    private static final String BASE = "base.";
    /** Augmented copies of all clips of a new word. */
    private static final int COPIES = 600;

    private static final int STEPS = 300;
    private static final double LEARNING_RATE = 2e-2;
    private static final double WEIGHT_DECAY = 1e-2;
    /** Differences added to one copy. */
    private static final int BORROWED = 4;
    /** How much a new word weighs when an old one weighs 1. */
    private static final double NEW_WEIGHT = 2;

    private final Model model;
    private final Recipe recipe;
    private final Workers workers;

    /**
     * @param recipe whose augmentations are used
     * @throws IllegalArgumentException if the model remembers nothing
     */
    public Teacher(Model model, Recipe recipe, Workers workers) {
        if (model.memory().clips() == 0) {
            throw new IllegalArgumentException(
                    "this model remembers nothing of its old words, so it cannot be taught: it "
                            + "was trained by an older Onda, or its architecture does not end with an average over time");
        }
        this.model = model;
        this.recipe = recipe;
        this.workers = workers;
    }

    /**
     * A model that knows the new words, too; special classes stay last.
     *
     * @param clips of the new words, all of them to learn from; labels count in {@code words}
     * @param words the new words, none of which the model knows
     */
    public Model teach(LabelledClips clips, List<String> words) {
        Memory fresh = features(clips, words.size());
        List<String> classes = new ArrayList<>(model.words());
        int at = (int) classes.stream().filter(Model::isWord).count();
        classes.addAll(at, words);
        Network network = grow(at, words.size());
        learn(network, join(model.memory(), varied(fresh), at, words.size()), at, words.size());
        Memory all = shortened(join(model.memory(), fresh, at, words.size()));
        Provenance old = model.provenance();
        Map<String, String> figures = figures(old.figures(), words);
        Provenance provenance = new Provenance(old.dataSha256(), old.software(), old.recipe(), figures);
        return new Model(model.architecture(), network, classes, model.input(), model.threshold(), all, provenance);
    }

    /** What was measured before is no longer so: it stays, as that of the base. */
    private static Map<String, String> figures(Map<String, String> old, List<String> words) {
        Map<String, String> figures = new LinkedHashMap<>();
        old.forEach((key, value) -> {
            if (!key.equals(TAUGHT)) {
                figures.put(key.startsWith(BASE) ? key : BASE + key, value);
            }
        });
        String fresh = String.join(",", words);
        figures.put(TAUGHT, old.containsKey(TAUGHT) ? old.get(TAUGHT) + "," + fresh : fresh);
        return figures;
    }

    private Memory features(LabelledClips clips, int words) {
        Body body = Body.of(model.network(), BATCH, workers).orElseThrow();
        InputFormat input = model.input();
        Surroundings surroundings = new Surroundings(
                input.sampleRateHz(), clips.store().background().of(clips.partition()));
        int window = input.windowSamples();
        int[] perWord = new int[words];
        Arrays.stream(clips.labels()).forEach(label -> perWord[label]++);
        List<Integer> turns = new ArrayList<>();
        for (int clip = 0; clip < clips.size(); clip++) {
            int copies = Math.max(1, COPIES / perWord[clips.labels()[clip]]);
            for (int copy = 0; copy < copies; copy++) {
                turns.add(clip);
            }
        }
        float[] batch = new float[BATCH * window];
        float[] features = new float[turns.size() * body.size()];
        for (int from = 0; from < turns.size(); from += BATCH) {
            int first = from;
            int some = Math.min(BATCH, turns.size() - from);
            workers.run(some, (i, worker) -> {
                SplittableRandom random = new SplittableRandom(Hash.child(recipe.seed(), first + i));
                clips.read(turns.get(first + i), 0, batch, i * window);
                for (Augmentation augmentation : recipe.augmentations()) {
                    augmentation.maybeApply(batch, i * window, window, surroundings, random);
                }
                input.normalization().apply(batch, i * window, window);
            });
            System.arraycopy(body.features(batch, some), 0, features, from * body.size(), some * body.size());
        }
        int[] labels = turns.stream().mapToInt(clip -> clips.labels()[clip]).toArray();
        return new Memory(body.size(), features, labels);
    }

    /** Old classes from {@code at} on move behind the new ones. */
    private static Memory join(Memory old, Memory fresh, int at, int words) {
        float[] features = Arrays.copyOf(old.features(), old.features().length + fresh.features().length);
        System.arraycopy(fresh.features(), 0, features, old.features().length, fresh.features().length);
        int[] labels = Arrays.copyOf(old.labels(), old.clips() + fresh.clips());
        for (int i = 0; i < old.clips(); i++) {
            labels[i] += labels[i] >= at ? words : 0;
        }
        for (int i = 0; i < fresh.clips(); i++) {
            labels[old.clips() + i] = at + fresh.labels()[i];
        }
        return new Memory(old.size(), features, labels);
    }

    /** No more of each class than of the old ones: the new words can be rehearsed, too, when more are taught. */
    private Memory shortened(Memory all) {
        int most = model.memory().clips() / model.words().size();
        int[] seen = new int[all.clips()];
        int[] chosen = Arrays.stream(new Chance(recipe.seed()).order(0, all.clips()))
                .filter(i -> seen[all.labels()[i]]++ < most)
                .toArray();
        float[] features = new float[chosen.length * all.size()];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(all.features(), chosen[i] * all.size(), features, i * all.size(), all.size());
        }
        return new Memory(
                all.size(),
                features,
                Arrays.stream(chosen).map(i -> all.labels()[i]).toArray());
    }

    /** The same network with rows for new words in its last layer; they are still 0. */
    private Network grow(int at, int words) {
        Network old = model.network();
        Layer.Dense last = (Layer.Dense) old.layers().getLast();
        List<Layer> layers =
                new ArrayList<>(old.layers().subList(0, old.layers().size() - 1));
        layers.add(new Layer.Dense(last.name(), last.units() + words));
        Network grown = new Network(layers, old.input());
        for (int i = 0; i < old.parameters().size(); i++) {
            float[] from = old.parameters().get(i).values();
            float[] to = grown.parameters().get(i).values();
            int row = from.length == to.length ? 0 : from.length / last.units();
            int head = row == 0 ? from.length : at * row;
            System.arraycopy(from, 0, to, 0, head);
            System.arraycopy(from, head, to, head + to.length - from.length, from.length - head);
        }
        return grown;
    }

    /** Features with differences of remembered clips to their class's mean added. */
    private Memory varied(Memory fresh) {
        Memory old = model.memory();
        int size = old.size();
        int classes = model.words().size();
        double[] means = new double[classes * size];
        int[] counts = new int[classes];
        for (int clip = 0; clip < old.clips(); clip++) {
            counts[old.labels()[clip]]++;
        }
        for (int clip = 0; clip < old.clips(); clip++) {
            int label = old.labels()[clip];
            for (int i = 0; i < size; i++) {
                means[label * size + i] += old.features()[clip * size + i] / counts[label];
            }
        }
        SplittableRandom random = new SplittableRandom(recipe.seed());
        float[] features = fresh.features().clone();
        for (int clip = 0; clip < fresh.clips(); clip++) {
            for (int k = 0; k < BORROWED; k++) {
                int from = random.nextInt(old.clips());
                int mean = old.labels()[from] * size;
                for (int i = 0; i < size; i++) {
                    features[clip * size + i] += (float) (old.features()[from * size + i] - means[mean + i]);
                }
            }
        }
        return new Memory(size, features, fresh.labels());
    }

    /** Trains the new rows of the last layer, on features of mean 0 and deviation 1. */
    private void learn(Network network, Memory memory, int at, int words) {
        Layer.Dense last = (Layer.Dense) network.layers().getLast();
        int classes = last.units();
        int size = memory.size();
        float[] weights = network.parameters(last).get(0).values();
        float[] biases = network.parameters(last).get(1).values();
        Scale scale = Scale.of(memory);
        Network head = new Network(List.of(last), new Shape(size, 1));
        float[] ownWeights = head.parameters().get(0).values();
        float[] ownBiases = head.parameters().get(1).values();
        scale.fold(weights, biases, ownWeights, ownBiases);
        float[] oldWeights = ownWeights.clone();
        float[] oldBiases = ownBiases.clone();
        Pass pass = new Pass(head, Pass.Mode.TRAINING, memory.clips(), Kernels.best(), workers);
        AdamState adam = new AdamState(Adam.withDecay(WEIGHT_DECAY), head);
        SoftmaxCrossEntropy.Targets targets = targets(memory.labels(), classes, at, words);
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(0);
        float[] features = scale.apply(memory.features());
        float[] gradient = new float[memory.clips() * classes];
        int end = at + words;
        for (int step = 0; step < STEPS; step++) {
            float[] logits = pass.forward(features, memory.clips(), step);
            loss.loss(logits, targets, memory.clips(), classes, gradient);
            pass.backward(gradient);
            double rate = LEARNING_RATE * (1 + StrictMath.cos(Math.PI * step / STEPS)) / 2;
            adam.step(pass, rate, Kernels.best(), workers);
            restore(oldWeights, ownWeights, at * size, end * size);
            restore(oldBiases, ownBiases, at, end);
        }
        for (int word = at; word < end; word++) {
            double bias = ownBiases[word];
            for (int i = 0; i < size; i++) {
                double weight = ownWeights[word * size + i] / scale.deviation()[i];
                weights[word * size + i] = (float) weight;
                bias -= weight * scale.mean()[i];
            }
            biases[word] = (float) bias;
        }
    }

    /** All but the part from {@code from} to {@code to} as it was. */
    private static void restore(float[] old, float[] values, int from, int to) {
        System.arraycopy(old, 0, values, 0, from);
        System.arraycopy(old, to, values, to, old.length - to);
    }

    private static SoftmaxCrossEntropy.Targets targets(int[] labels, int classes, int at, int words) {
        int[] counts = new int[classes];
        Arrays.stream(labels).forEach(label -> counts[label]++);
        double total = classes + (NEW_WEIGHT - 1) * words;
        double[] shares = new double[labels.length];
        Arrays.fill(shares, 1);
        double[] weights = Arrays.stream(labels)
                .mapToDouble(label -> {
                    boolean isNew = label >= at && label < at + words;
                    return labels.length * (isNew ? NEW_WEIGHT : 1) / (total * counts[label]);
                })
                .toArray();
        return new SoftmaxCrossEntropy.Targets(labels, labels, shares, weights);
    }

    /**
     * Mean and deviation of each feature.
     *
     * @param deviation above 0
     */
    private record Scale(double[] mean, double[] deviation) {

        private static final double LEAST = 1e-6;

        static Scale of(Memory memory) {
            int size = memory.size();
            int clips = memory.clips();
            double[] mean = new double[size];
            double[] deviation = new double[size];
            for (int i = 0; i < size; i++) {
                double sum = 0;
                double squares = 0;
                for (int clip = 0; clip < clips; clip++) {
                    sum += memory.features()[clip * size + i];
                }
                mean[i] = sum / clips;
                for (int clip = 0; clip < clips; clip++) {
                    double d = memory.features()[clip * size + i] - mean[i];
                    squares += d * d;
                }
                deviation[i] = Math.sqrt(squares / clips) + LEAST;
            }
            return new Scale(mean, deviation);
        }

        float[] apply(float[] features) {
            float[] scaled = new float[features.length];
            for (int i = 0; i < features.length; i++) {
                int feature = i % mean.length;
                scaled[i] = (float) ((features[i] - mean[feature]) / deviation[feature]);
            }
            return scaled;
        }

        /** The layer that does on scaled features what the given one does on features as they are. */
        void fold(float[] weights, float[] biases, float[] toWeights, float[] toBiases) {
            for (int row = 0; row < biases.length; row++) {
                double bias = biases[row];
                for (int i = 0; i < mean.length; i++) {
                    double weight = weights[row * mean.length + i];
                    toWeights[row * mean.length + i] = (float) (weight * deviation[i]);
                    bias += weight * mean[i];
                }
                toBiases[row] = (float) bias;
            }
        }
    }
}
