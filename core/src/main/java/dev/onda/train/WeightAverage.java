package dev.onda.train;

import dev.onda.nn.Network;
import dev.onda.nn.kernel.Kernels;

/**
 * The exponential moving average of a network's parameters, statistics of norms included (Polyak and Juditsky 1992). Its
 * decay starts low, {@code step / (step + 10)}, for the first steps are to be forgotten soon.
 */
final class WeightAverage {

    private final double decay;
    private final Network network;
    private final Network average;

    /**
     * @param decay share of the old average that is kept a step; 0 if nothing is averaged
     * @param average takes the average
     */
    WeightAverage(double decay, Network network, Network average) {
        this.decay = decay;
        this.network = network;
        this.average = average;
    }

    /** Takes in the parameters after a step, the first being 1. */
    void update(long step) {
        if (network == average) {
            return;
        }
        float keep = (float) Math.min(decay, step / (step + 10.0));
        for (int i = 0; i < network.parameters().size(); i++) {
            float[] to = average.parameters().get(i).values();
            Kernels.best().combine(to, 0, network.parameters().get(i).values(), 0, to.length, keep, 1 - keep, 0);
        }
    }
}
