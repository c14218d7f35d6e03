package dev.onda.train;

import dev.onda.nn.AdamState;
import dev.onda.nn.Network;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All that changes while a network learns: what a checkpoint keeps. */
final class TrainingState {

    final Network network;
    final AdamState adam;
    final List<Epoch> history = new ArrayList<>();
    /** The network that is judged and kept: the averaged one, or the one that learns itself. */
    final Network judged;
    /** The best epochs so far, best first. */
    final List<Kept> kept = new ArrayList<>();
    /** Steps done in the epoch under way. */
    int step;
    /** Of the epoch under way: sum of losses times clips, clips seen, clips recognised, seconds before the last stop. */
    double lossSum;

    int seen;
    int correct;
    double seconds;

    /**
     * An epoch's parameters.
     *
     * @param epoch its number
     * @param values in the network's order
     */
    record Kept(int epoch, List<float[]> values) {}

    TrainingState(Network network, Network judged, AdamState adam) {
        this.network = network;
        this.judged = judged;
        this.adam = adam;
    }

    /** Whole epochs done. */
    int epochs() {
        return history.size();
    }

    /** Number of the best epoch, 0 before the first. */
    int bestEpoch() {
        return kept.isEmpty() ? 0 : kept.getFirst().epoch();
    }

    /**
     * Keeps the judged parameters if their epoch is one of the best.
     *
     * @param limit how many epochs are kept
     * @param order of epoch numbers, best first
     */
    void keep(int epoch, int limit, Comparator<Integer> order) {
        boolean isFull = kept.size() == limit;
        if (isFull && order.compare(kept.getLast().epoch(), epoch) <= 0) {
            return;
        }
        List<float[]> values = isFull ? kept.removeLast().values() : room();
        for (int i = 0; i < values.size(); i++) {
            float[] judgedValues = judged.parameters().get(i).values();
            System.arraycopy(judgedValues, 0, values.get(i), 0, judgedValues.length);
        }
        kept.add(new Kept(epoch, values));
        kept.sort((a, b) -> order.compare(a.epoch(), b.epoch()));
    }

    /** Arrays as long as the parameters. */
    List<float[]> room() {
        return network.parameters().stream()
                .map(p -> new float[p.values().length])
                .toList();
    }

    /** Whether a moving average of the parameters is kept. */
    boolean averages() {
        return judged != network;
    }

    /** Puts the best parameters back into the network that is judged. */
    void restoreBest() {
        restoreMean(1);
    }

    /** Puts the mean of the parameters of the best epochs into the network that is judged. */
    void restoreMean(int count) {
        for (int i = 0; i < judged.parameters().size(); i++) {
            float[] to = judged.parameters().get(i).values();
            for (int j = 0; j < to.length; j++) {
                double sum = 0;
                for (int k = 0; k < count; k++) {
                    sum += kept.get(k).values().get(i)[j];
                }
                to[j] = (float) (sum / count);
            }
        }
    }

    /** Ends the epoch under way. */
    void endEpoch(Epoch epoch) {
        history.add(epoch);
        step = 0;
        lossSum = 0;
        seen = 0;
        correct = 0;
        seconds = 0;
    }
}
