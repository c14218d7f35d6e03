package dev.onda.bench;

import dev.onda.model.Architecture;
import dev.onda.nn.Adam;
import dev.onda.nn.AdamState;
import dev.onda.nn.Network;
import dev.onda.nn.Pass;
import dev.onda.nn.Shape;
import dev.onda.nn.SoftmaxCrossEntropy;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;
import java.util.SplittableRandom;

/** A fresh network that computes one batch of random clips again and again. All memory is taken when it is made. */
final class Workload implements Runnable {

    static final int WORDS = 30;
    private static final long SEED = 1;
    /** Small, so that the network stays one that could be trained, however often it sees these clips. */
    private static final double LEARNING_RATE = 1e-4;

    /** Smoothed, so that the gradient does not fade to subnormal numbers, which are slow, as the clips are learned by heart. */
    private static final SoftmaxCrossEntropy LOSS = new SoftmaxCrossEntropy(0.1);

    private final Work work;
    private final int batch;
    private final Workers workers;
    private final Network network;
    private final Pass pass;
    private final AdamState adam;
    private final float[] clips;
    private final SoftmaxCrossEntropy.Targets targets;
    private final float[] gradient;

    Workload(Architecture architecture, Work work, int batch, Workers workers) {
        this.work = work;
        this.batch = batch;
        this.workers = workers;
        SplittableRandom random = new SplittableRandom(SEED);
        network = new Network(architecture.layers().apply(WORDS), new Shape(1, architecture.sampleRateHz()))
                .initialize(architecture.initialization(), random);
        Pass.Mode mode = work == Work.TRAIN ? Pass.Mode.TRAINING : Pass.Mode.USE;
        pass = new Pass(network, mode, batch, Kernels.best(), workers);
        adam = new AdamState(Adam.withDecay(0), network);
        clips = new float[batch * network.input().size()];
        for (int i = 0; i < clips.length; i++) {
            clips[i] = 2 * random.nextFloat() - 1;
        }
        targets = SoftmaxCrossEntropy.Targets.of(random.ints(batch, 0, WORDS).toArray());
        gradient = new float[batch * WORDS];
    }

    /** Computes the batch once. */
    @Override
    public void run() {
        switch (work) {
            case TRAIN -> train();
            case RECOGNIZE -> pass.forward(clips, batch, 0);
        }
    }

    private void train() {
        float[] logits = pass.forward(clips, batch, adam.steps());
        LOSS.loss(logits, targets, batch, WORDS, gradient);
        pass.backward(gradient);
        adam.step(pass, LEARNING_RATE, Kernels.best(), workers);
    }

    /**
     * Floating-point operations for one clip in the direct form: two for each multiply-accumulate of a convolution or dense
     * layer; in training the gradients towards weights and input take as many each, except that nobody needs the one
     * towards the clip itself.
     */
    double operationsPerClip() {
        double operations = 0;
        boolean isFirst = true;
        for (int i = 0; i < network.layers().size(); i++) {
            double own = 2.0 * network.multiplyAccumulates(i);
            if (own > 0) {
                double products = work == Work.RECOGNIZE ? 1 : isFirst ? 2 : 3;
                operations += products * own;
                isFirst = false;
            }
        }
        return operations;
    }
}
