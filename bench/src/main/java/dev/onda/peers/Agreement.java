package dev.onda.peers;

import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Parameter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How far a peer's numbers are from Onda's on the same problem without dropout.
 *
 * @param logits as in use
 * @param step of one training step; empty where the case is no training
 */
record Agreement(Difference logits, Optional<OfStep> step) {

    /**
     * The differences of one training step.
     *
     * @param gradients the worst of all weights. Those of biases and batch norms are sums of much that cancels, in front of
     *     a batch norm to 0 but for rounding: they are judged by the updates
     * @param updates of what the step added to all parameters, the biases in front of a batch norm left out. Adam's first step moves every number by the
     *     sign of its gradient, so a few gradients close to 0 make this the coarsest figure
     */
    record OfStep(Difference loss, Difference gradients, Difference updates) {}

    /** Compares both sides on a problem without dropout; a training step is done on each. */
    static Agreement between(Problem problem, Contender peer, Contender onda) {
        Difference logits = Difference.of(peer.logits(), onda.logits());
        return new Agreement(
                logits,
                problem.work() == Work.TRAINING_STEP
                        ? Optional.of(ofStep(problem.network(), peer.step(), onda.step()))
                        : Optional.empty());
    }

    private static OfStep ofStep(Network before, Step peer, Step onda) {
        Set<String> idle = biasesBeforeNorms(before);
        Difference gradients = Difference.NONE;
        float[] updatesOfPeer = new float[(int) before.size()];
        float[] updatesOfOnda = new float[(int) before.size()];
        int at = 0;
        for (Parameter p : before.parameters()) {
            if (!p.role().isTrained() || idle.contains(p.name())) {
                continue;
            }
            if (p.role() == Parameter.Role.WEIGHT) {
                gradients = gradients.or(Difference.of(peer.gradient(p.name()), onda.gradient(p.name())));
            }
            float[] peersAfter = peer.parameter(p.name());
            float[] ondasAfter = onda.parameter(p.name());
            for (int i = 0; i < p.values().length; i++, at++) {
                updatesOfPeer[at] = peersAfter[i] - p.values()[i];
                updatesOfOnda[at] = ondasAfter[i] - p.values()[i];
            }
        }
        return new OfStep(
                Difference.of(peer.loss(), onda.loss()), gradients, Difference.of(updatesOfPeer, updatesOfOnda));
    }

    private static Set<String> biasesBeforeNorms(Network network) {
        Set<String> names = new HashSet<>();
        List<Layer> layers = network.layers();
        for (int i = 0; i + 1 < layers.size(); i++) {
            if (layers.get(i + 1) instanceof Layer.BatchNorm) {
                network.parameters(layers.get(i)).stream()
                        .filter(p -> p.role() == Parameter.Role.BIAS)
                        .forEach(p -> names.add(p.name()));
            }
        }
        return names;
    }

    /** Whether both computed the same, as far as the peer's precision goes: gradients lose a digit more than logits, as a ReLU near 0
     * may go either way. */
    boolean isWithin(double tolerance) {
        return logits.isWithin(tolerance)
                && step.map(s -> s.gradients().isWithin(20 * tolerance)).orElse(true);
    }

    @Override
    public String toString() {
        return "logits differ by " + logits.relative()
                + step.map(s -> ", gradients by " + s.gradients().relative()).orElse("");
    }
}
