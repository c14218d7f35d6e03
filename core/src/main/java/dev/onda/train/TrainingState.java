package dev.onda.train;

import dev.onda.nn.AdamState;
import dev.onda.nn.Network;
import dev.onda.nn.Parameter;
import java.util.ArrayList;
import java.util.List;

/** All that changes while a network learns: what a checkpoint keeps. */
final class TrainingState {

    final Network network;
    final AdamState adam;
    final List<Epoch> history = new ArrayList<>();
    /** Parameters after the best epoch so far, in the network's order. */
    final List<float[]> best;
    /** Number of the best epoch, 0 before the first. */
    int bestEpoch;
    /** Steps done in the epoch under way. */
    int step;
    /** Of the epoch under way: sum of losses times clips, clips seen, clips recognised, seconds before the last stop. */
    double lossSum;

    int seen;
    int correct;
    double seconds;

    TrainingState(Network network, AdamState adam) {
        this.network = network;
        this.adam = adam;
        this.best = network.parameters().stream().map(p -> p.values().clone()).toList();
    }

    /** Whole epochs done. */
    int epochs() {
        return history.size();
    }

    /** Keeps the parameters as the best. */
    void keepBest(int epoch) {
        bestEpoch = epoch;
        for (int i = 0; i < best.size(); i++) {
            float[] values = network.parameters().get(i).values();
            System.arraycopy(values, 0, best.get(i), 0, values.length);
        }
    }

    /** Puts the best parameters back into the network. */
    void restoreBest() {
        for (int i = 0; i < best.size(); i++) {
            Parameter p = network.parameters().get(i);
            System.arraycopy(best.get(i), 0, p.values(), 0, p.values().length);
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
