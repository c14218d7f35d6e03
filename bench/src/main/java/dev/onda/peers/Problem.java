package dev.onda.peers;

import dev.onda.model.Architecture;
import dev.onda.model.InputFormat;
import dev.onda.model.Memory;
import dev.onda.model.Model;
import dev.onda.model.Normalization;
import dev.onda.model.Provenance;
import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Parameter;
import dev.onda.nn.Shape;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A case with its numbers: whoever works on it draws the same weights, clips and targets from the seed.
 *
 * @param architecture the network, by name
 * @param batch clips at once
 * @param dropsOut whether the layers of dropout are there: off to compare outputs, on to measure
 */
record Problem(String architecture, Work work, int batch, int threads, boolean dropsOut, long seed) {

    /** Words to tell apart, as many as in the article. */
    static final int WORDS = 30;
    /** The step of Adam; nothing hangs on it but that both sides make the same. */
    static final double LEARNING_RATE = 1e-4;

    static final double ADAM_EPSILON = 1e-7;

    static Problem of(Case c, int threads) {
        return new Problem(c.architecture(), c.work(), c.batch(), c.threads(threads), true, 1);
    }

    /** The same without dropout, which no two libraries draw alike. */
    Problem withoutDropout() {
        return new Problem(architecture, work, batch, threads, false, seed);
    }

    /** A network of its own for each caller, with weights as drawn for training and batch norms as if trained. */
    Network network() {
        Architecture found = Architecture.named(architecture).orElseThrow();
        List<Layer> layers = found.layers().apply(WORDS).stream()
                .filter(l -> dropsOut || !(l instanceof Layer.Dropout || l instanceof Layer.SpatialDropout))
                .toList();
        SplittableRandom random = new SplittableRandom(seed);
        Network network = new Network(layers, new Shape(1, found.sampleRateHz()));
        network.initialize(found.initialization(), random);
        for (Parameter p : network.parameters()) {
            switch (p.role()) {
                case SCALE, RUNNING_VARIANCE -> uniform(p.values(), 0.5, 1.5, random);
                case SHIFT, RUNNING_MEAN -> uniform(p.values(), -0.1, 0.1, random);
                case WEIGHT, BIAS -> {}
            }
        }
        return network;
    }

    /** The network, its numbers called words, taking clips as they are. */
    Model model() {
        Network network = network();
        List<String> words =
                IntStream.range(0, WORDS).mapToObj(Integer::toString).toList();
        int samples = network.input().time();
        InputFormat input = new InputFormat(samples, samples, Normalization.NONE);
        return new Model(architecture, network, words, input, 0, Memory.NONE, Provenance.NONE);
    }

    private static void uniform(float[] values, double from, double to, SplittableRandom random) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(from, to);
        }
    }

    /** Noise of a tenth of full scale, {@code (batch, 1, samples)}. */
    float[] clips() {
        SplittableRandom random = new SplittableRandom(seed + 1);
        float[] x = new float[batch * network().input().size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (0.1 * random.nextGaussian());
        }
        return x;
    }

    /** A word for each clip. */
    int[] targets() {
        SplittableRandom random = new SplittableRandom(seed + 2);
        return random.ints(batch, 0, WORDS).toArray();
    }
}
