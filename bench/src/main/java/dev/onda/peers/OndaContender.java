package dev.onda.peers;

import dev.onda.nn.Adam;
import dev.onda.nn.AdamState;
import dev.onda.nn.Network;
import dev.onda.nn.Parameter;
import dev.onda.nn.Pass;
import dev.onda.nn.SoftmaxCrossEntropy;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Onda, through the same classes that its trainer and its recogniser use. */
final class OndaContender implements Contender {

    private final Problem problem;
    private final Network network;
    private final Kernels kernels = Kernels.best();
    private final Workers workers;
    private final Pass pass;
    private final AdamState adam;
    private final SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(0);
    private final float[] clips;
    private final int[] targets;
    private final float[] gradient;
    private long steps;

    OndaContender(Problem problem) {
        this.problem = problem;
        network = problem.network();
        workers = new Workers(problem.threads());
        Pass.Mode mode = problem.work() == Work.TRAINING_STEP ? Pass.Mode.TRAINING : Pass.Mode.USE;
        pass = new Pass(network, mode, problem.batch(), kernels, workers);
        adam = new AdamState(new Adam(0.9, 0.999, Problem.ADAM_EPSILON, 0), network);
        clips = problem.clips();
        targets = problem.targets();
        gradient = new float[problem.batch() * Problem.WORDS];
    }

    @Override
    public void run() {
        switch (problem.work()) {
            case TRAINING_STEP -> train();
            case FORWARD -> pass.forward(clips, problem.batch(), 0);
        }
    }

    private double train() {
        float[] logits = pass.forward(clips, problem.batch(), steps++);
        double nats = loss.loss(logits, targets, problem.batch(), Problem.WORDS, gradient);
        pass.backward(gradient);
        adam.step(pass, Problem.LEARNING_RATE, kernels, workers);
        return nats;
    }

    @Override
    public float[] logits() {
        Pass use = new Pass(network, Pass.Mode.USE, problem.batch(), kernels, workers);
        return Arrays.copyOf(use.forward(clips, problem.batch(), 0), problem.batch() * Problem.WORDS);
    }

    @Override
    public Step step() {
        double nats = train();
        Map<String, float[]> gradients = new LinkedHashMap<>();
        Map<String, float[]> parameters = new LinkedHashMap<>();
        for (int i = 0; i < network.parameters().size(); i++) {
            Parameter p = network.parameters().get(i);
            if (p.role().isTrained()) {
                gradients.put(p.name(), pass.gradient(i).clone());
                parameters.put(p.name(), p.values().clone());
            }
        }
        return new Step(nats, gradients, parameters);
    }

    @Override
    public void close() {
        workers.close();
    }
}
