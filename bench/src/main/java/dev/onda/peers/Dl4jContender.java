package dev.onda.peers;

import dev.onda.nn.Network;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Deeplearning4j, what one would otherwise train with in Java. The clips lie in its memory from the start. */
final class Dl4jContender implements Contender {

    private final Problem problem;
    private final Dl4jNetwork layers;
    private final MultiLayerNetwork network;
    private final INDArray clips;
    private final INDArray targets;

    Dl4jContender(Problem problem) {
        this.problem = problem;
        Nd4j.getEnvironment().setMaxThreads(problem.threads());
        Nd4j.getEnvironment().setMaxMasterThreads(problem.threads());
        Network own = problem.network();
        layers = new Dl4jNetwork(own, problem.seed());
        network = new MultiLayerNetwork(layers.configuration());
        network.init();
        for (Dl4jParameter p : layers.parameters()) {
            INDArray there = network.getParam(p.layer() + "_" + p.key());
            there.assign(Nd4j.create(p.outward(), there.shape(), 'c'));
        }
        clips = Nd4j.create(
                problem.clips(), new long[] {problem.batch(), 1, 1, own.input().time()}, 'c');
        targets = Nd4j.zeros(problem.batch(), Problem.WORDS);
        int[] words = problem.targets();
        for (int clip = 0; clip < words.length; clip++) {
            targets.putScalar(clip, words[clip], 1);
        }
    }

    @Override
    public void run() {
        switch (problem.work()) {
            case TRAINING_STEP -> network.fit(clips, targets);
            case FORWARD -> network.output(clips, false);
        }
    }

    /** In front of the softmax. */
    @Override
    public float[] logits() {
        return values(network.feedForwardToLayer(network.getnLayers() - 2, clips, false)
                .getLast());
    }

    /** Its gradients are sums over the batch, divided by its size on the way to the optimizer. */
    @Override
    public Step step() {
        network.setInput(clips);
        network.setLabels(targets);
        network.computeGradientAndScore();
        double loss = network.score();
        Map<String, float[]> gradients = trained(p ->
                network.gradient().getGradientFor(p.layer() + "_" + p.key()).div(problem.batch()));
        network.fit(clips, targets);
        return new Step(loss, gradients, trained(p -> network.getParam(p.layer() + "_" + p.key())));
    }

    private Map<String, float[]> trained(Function<Dl4jParameter, INDArray> found) {
        Map<String, float[]> all = new LinkedHashMap<>();
        for (Dl4jParameter p : layers.parameters()) {
            if (p.own().role().isTrained()) {
                all.put(p.own().name(), p.inward(values(found.apply(p))));
            }
        }
        return all;
    }

    private static float[] values(INDArray array) {
        return array.dup('c').reshape(array.length()).toFloatVector();
    }

    @Override
    public void close() {
        network.close();
    }
}
