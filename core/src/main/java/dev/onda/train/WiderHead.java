package dev.onda.train;

import dev.onda.model.Memory;
import dev.onda.nn.Adam;
import dev.onda.nn.AdamState;
import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Pass;
import dev.onda.nn.Shape;
import dev.onda.nn.SoftmaxCrossEntropy;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A network whose last layer has rows for new words. Only these learn; the body and the other rows stay as they are.
 *
 * @param network the old one with the new rows, which are 0 until they have learned
 * @param words where they are
 * @param unknown class of other speech; -1 if there is none
 */
record WiderHead(Network network, NewWords words, int unknown) {

    private static final int STEPS = 300;
    private static final double LEARNING_RATE = 2e-2;
    private static final double WEIGHT_DECAY = 0.3;
    /** How much a new word weighs when an old one weighs 1. */
    private static final double NEW_WEIGHT = 3;
    /** How much other speech weighs then: it is more than one word, and a few clips of it stand for all. */
    private static final double UNKNOWN_WEIGHT = 6;

    /**
     * Copies a network and adds the rows.
     *
     * @param old ends with a dense layer
     * @param unknown class of other speech in the old one; -1 if there is none
     */
    static WiderHead of(Network old, NewWords words, int unknown) {
        Layer.Dense last = (Layer.Dense) old.layers().getLast();
        List<Layer> layers =
                new ArrayList<>(old.layers().subList(0, old.layers().size() - 1));
        layers.add(new Layer.Dense(last.name(), last.units() + words.count()));
        Network grown = new Network(layers, old.input());
        for (int i = 0; i < old.parameters().size(); i++) {
            float[] from = old.parameters().get(i).values();
            float[] to = grown.parameters().get(i).values();
            int row = from.length == to.length ? 0 : from.length / last.units();
            int head = row == 0 ? from.length : words.at() * row;
            System.arraycopy(from, 0, to, 0, head);
            System.arraycopy(from, head, to, head + to.length - from.length, from.length - head);
        }
        return new WiderHead(grown, words, unknown < 0 ? -1 : words.moved(unknown));
    }

    /**
     * Trains the new rows, on features of mean 0 and deviation 1.
     *
     * @param labelSmoothing that of the old words, or new ones get higher scores and take their clips
     */
    void learn(Memory lessons, double labelSmoothing, Workers workers, Teacher.Listener listener) {
        Layer.Dense last = (Layer.Dense) network.layers().getLast();
        int classes = last.units();
        int size = lessons.size();
        float[] weights = network.parameters(last).get(0).values();
        float[] biases = network.parameters(last).get(1).values();
        Scale scale = Scale.of(lessons);
        Network head = new Network(List.of(last), new Shape(size, 1));
        float[] ownWeights = head.parameters().get(0).values();
        float[] ownBiases = head.parameters().get(1).values();
        scale.fold(weights, biases, ownWeights, ownBiases);
        float[] oldWeights = ownWeights.clone();
        float[] oldBiases = ownBiases.clone();
        Pass pass = new Pass(head, Pass.Mode.TRAINING, lessons.clips(), Kernels.best(), workers);
        AdamState adam = new AdamState(Adam.withDecay(WEIGHT_DECAY), head);
        SoftmaxCrossEntropy.Targets targets = targets(lessons.labels(), classes);
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(labelSmoothing);
        float[] features = scale.apply(lessons.features());
        float[] gradient = new float[lessons.clips() * classes];
        int end = words.at() + words.count();
        for (int step = 0; step < STEPS; step++) {
            float[] logits = pass.forward(features, lessons.clips(), step);
            double mean = loss.loss(logits, targets, lessons.clips(), classes, gradient);
            pass.backward(gradient);
            double rate = LEARNING_RATE * (1 + StrictMath.cos(Math.PI * step / STEPS)) / 2;
            adam.step(pass, rate, Kernels.best(), workers);
            restore(oldWeights, ownWeights, words.at() * size, end * size);
            restore(oldBiases, ownBiases, words.at(), end);
            listener.learned(step + 1, STEPS, mean);
        }
        for (int word = words.at(); word < end; word++) {
            scale.unfold(word, ownWeights, ownBiases, weights, biases);
        }
    }

    /**
     * What the last layer makes of features.
     *
     * @return posterior probabilities {@code (clips, classes)}
     */
    double[][] posteriors(Memory memory) {
        Layer.Dense last = (Layer.Dense) network.layers().getLast();
        int size = memory.size();
        float[] weights = network.parameters(last).get(0).values();
        float[] biases = network.parameters(last).get(1).values();
        float[] logits = new float[last.units()];
        double[][] posteriors = new double[memory.clips()][last.units()];
        for (int clip = 0; clip < posteriors.length; clip++) {
            for (int row = 0; row < logits.length; row++) {
                double sum = biases[row];
                for (int i = 0; i < size; i++) {
                    sum += weights[row * size + i] * memory.features()[clip * size + i];
                }
                logits[row] = (float) sum;
            }
            SoftmaxCrossEntropy.softmax(logits, 0, posteriors[clip]);
        }
        return posteriors;
    }

    /** All but the part from {@code from} to {@code to} as it was. */
    private static void restore(float[] old, float[] values, int from, int to) {
        System.arraycopy(old, 0, values, 0, from);
        System.arraycopy(old, to, values, to, old.length - to);
    }

    /** Each clip's class, weighted so that a class weighs the same however many clips it has. */
    private SoftmaxCrossEntropy.Targets targets(int[] labels, int classes) {
        int[] counts = new int[classes];
        Arrays.stream(labels).forEach(label -> counts[label]++);
        double total = 0;
        for (int label = 0; label < classes; label++) {
            total += counts[label] == 0 ? 0 : weight(label);
        }
        double[] shares = new double[labels.length];
        double[] weights = new double[labels.length];
        Arrays.fill(shares, 1);
        for (int i = 0; i < labels.length; i++) {
            weights[i] = labels.length * weight(labels[i]) / (total * counts[labels[i]]);
        }
        return new SoftmaxCrossEntropy.Targets(labels, labels, shares, weights);
    }

    private double weight(int label) {
        if (label == unknown) {
            return UNKNOWN_WEIGHT;
        }
        return words.has(label) ? NEW_WEIGHT : 1;
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

        /** The other way, for one row. */
        void unfold(int row, float[] weights, float[] biases, float[] toWeights, float[] toBiases) {
            double bias = biases[row];
            for (int i = 0; i < mean.length; i++) {
                double weight = weights[row * mean.length + i] / deviation[i];
                toWeights[row * mean.length + i] = (float) weight;
                bias -= weight * mean[i];
            }
            toBiases[row] = (float) bias;
        }
    }
}
