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
    private final Pass pass;
    private final Workers workers;
    private final float[] batch;
    private final int batchSize;

    /**
     * @param batchSize clips computed at once; the answers do not depend on it
     */
    public Evaluator(Network network, Normalization normalization, int batchSize, Workers workers) {
        this.network = network;
        this.normalization = normalization;
        this.workers = workers;
        this.batchSize = batchSize;
        this.pass = new Pass(network, Pass.Mode.USE, batchSize, Kernels.best(), workers);
        this.batch = new float[batchSize * network.input().size()];
    }

    /**
     * Judges every clip.
     *
     * @param words the model's words, which the labels number
     * @param done is told after each batch how many clips are done
     */
    public Evaluation evaluate(LabelledClips clips, List<String> words, IntConsumer done) {
        int window = network.input().size();
        int[][] confusion = new int[words.size()][words.size()];
        double[] p = new double[words.size()];
        double loss = 0;
        pass.reload();
        for (int from = 0; from < clips.size(); from += batchSize) {
            int first = from;
            int some = Math.min(batchSize, clips.size() - from);
            workers.run(some, (i, worker) -> {
                clips.store().read(clips.clips()[first + i], batch, i * window);
                normalization.apply(batch, i * window, window);
            });
            float[] logits = pass.forward(batch, some, 0);
            for (int i = 0; i < some; i++) {
                int said = clips.labels()[from + i];
                double logSum = SoftmaxCrossEntropy.softmax(logits, i * words.size(), p);
                loss += logSum - logits[i * words.size() + said];
                confusion[said][largest(p)]++;
            }
            done.accept(from + some);
        }
        return new Evaluation(words, confusion, clips.size() == 0 ? 0 : loss / clips.size());
    }

    private static int largest(double[] p) {
        int best = 0;
        for (int i = 1; i < p.length; i++) {
            if (p[i] > p[best]) {
                best = i;
            }
        }
        return best;
    }
}
