package dev.onda.evaluate;

import dev.onda.corpus.LabelledClips;
import dev.onda.model.Normalization;
import dev.onda.nn.Network;
import dev.onda.nn.Pass;
import dev.onda.nn.SoftmaxCrossEntropy;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;
import java.util.List;
import java.util.function.IntConsumer;

/** Runs a network over clips and counts. Keeps its memory, so it may be asked again as the network learns. */
public final class Evaluator {

    private final Network network;
    private final Normalization normalization;
    private final Forward forward;
    private final Runnable reload;
    private final Workers workers;
    private final float[] batch;
    private final int batchSize;
    /** Which silence it is that is judged. */
    private static final long SILENCE_SEED = 1;

    /** What is done to a clip before it is judged. */
    @FunctionalInterface
    public interface Disturbance {
        /** Leaves every clip as it is. */
        Disturbance NONE = (x, at, n, clip) -> {};

        /** Changes {@code x[at, at + n)}, which is clip number {@code clip}; any thread may call. */
        void disturb(float[] x, int at, int n, int clip);
    }

    /** Computes what a network does, in a way of its own. */
    @FunctionalInterface
    public interface Forward {
        /**
         * @param x normalised clips, {@code (clips, window)}; not to be changed
         * @return logits, {@code (clips, words)}; valid until the next call
         */
        float[] logits(float[] x, int clips);
    }

    /**
     * @param batchSize clips computed at once; the answers do not depend on it
     */
    public Evaluator(Network network, Normalization normalization, int batchSize, Workers workers) {
        Pass pass = new Pass(network, Pass.Mode.USE, batchSize, Kernels.best(), workers);
        this(network, normalization, batchSize, workers, (x, clips) -> pass.forward(x, clips, 0), pass::reload);
    }

    /**
     * Judges what is computed elsewhere.
     *
     * @param network which it stands for
     * @param forward takes so many clips at once
     */
    public Evaluator(Network network, Normalization normalization, int batchSize, Workers workers, Forward forward) {
        this(network, normalization, batchSize, workers, forward, () -> {});
    }

    private Evaluator(
            Network network,
            Normalization normalization,
            int batchSize,
            Workers workers,
            Forward forward,
            Runnable reload) {
        this.network = network;
        this.normalization = normalization;
        this.workers = workers;
        this.batchSize = batchSize;
        this.forward = forward;
        this.reload = reload;
        this.batch = new float[batchSize * network.input().size()];
    }

    /**
     * Judges every clip.
     *
     * @param words the model's words, which the labels number
     * @param done is told after each batch how many clips are done
     */
    public Evaluation evaluate(LabelledClips clips, List<String> words, IntConsumer done) {
        return evaluate(clips, words, 0, Disturbance.NONE, done);
    }

    /**
     * Judges every clip, disturbed, as a recogniser decides.
     *
     * @param threshold least posterior at which a word is believed; what stays below counts for {@code _unknown_}, or, if
     *     there is no such class, for {@code _silence_}
     */
    public Evaluation evaluate(
            LabelledClips clips, List<String> words, double threshold, Disturbance disturbance, IntConsumer done) {
        Decision decision = new Decision(words, threshold);
        int[][] confusion = new int[words.size()][words.size()];
        double[] loss = new double[1];
        forEach(clips, disturbance, (clip, p, logSum) -> {
            loss[0] += logSum;
            confusion[clips.labels()[clip]][decision.heard(p)]++;
            done.accept(clip + 1);
        });
        return new Evaluation(words, confusion, clips.size() == 0 ? 0 : loss[0] / clips.size());
    }

    /** Hears what the network makes of each clip. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Called in the order of the clips, by the thread that asked.
         *
         * @param clip its place
         * @param p posterior probability of each class; valid until the next call
         * @param loss cross-entropy of its label, in nats
         */
        void judged(int clip, double[] p, double loss);
    }

    /** Runs every clip, disturbed, through the network. */
    public void forEach(LabelledClips clips, Disturbance disturbance, Listener listener) {
        int window = network.input().size();
        double[] p = new double[network.output().size()];
        reload.run();
        for (int from = 0; from < clips.size(); from += batchSize) {
            int first = from;
            int some = Math.min(batchSize, clips.size() - from);
            workers.run(some, (i, worker) -> {
                clips.read(first + i, SILENCE_SEED, batch, i * window);
                disturbance.disturb(batch, i * window, window, first + i);
                normalization.apply(batch, i * window, window);
            });
            float[] logits = forward.logits(batch, some);
            for (int i = 0; i < some; i++) {
                double logSum = SoftmaxCrossEntropy.softmax(logits, i * p.length, p);
                int label = clips.labels()[from + i];
                listener.judged(from + i, p, logSum - logits[i * p.length + label]);
            }
        }
    }

    /** The place of the largest, the first of them. */
    public static int largest(double[] p) {
        int best = 0;
        for (int i = 1; i < p.length; i++) {
            if (p[i] > p[best]) {
                best = i;
            }
        }
        return best;
    }
}
