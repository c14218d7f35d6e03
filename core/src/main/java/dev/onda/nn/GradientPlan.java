package dev.onda.nn;

import java.util.List;

/**
 * Where gradients lie on their way back. Two arrays of the batch take turns; between operators that a clip goes through on one
 * thread two of the thread's own do.
 */
final class GradientPlan {

    private final List<Operator> operators;
    private final int firstTrained;

    /**
     * @param firstTrained the operator that needs no gradient in front of it, nor do those before it
     */
    GradientPlan(List<Operator> operators, int firstTrained) {
        this.operators = operators;
        this.firstTrained = firstTrained;
    }

    /** Whether the gradient in front of an operator is looked at for all clips before it goes on. */
    private boolean isKept(int i) {
        for (int before = i - 1; before >= firstTrained; before--) {
            Operator operator = operators.get(before);
            if (operator.gathers() || operator instanceof ConvolutionOperator) {
                return true;
            }
            if (!operator.gradientInPlace()) {
                return operators.get(i) instanceof ConvolutionOperator;
            }
        }
        return true;
    }

    /** The gradient in front of operator i at place i, and last that behind the last operator. */
    Signal[] signals(int maxBatch, int threads) {
        int shared = operators.isEmpty() ? 1 : operators.getLast().out().size();
        int single = 0;
        for (int i = firstTrained + 1; i < operators.size(); i++) {
            int size = operators.get(i).in().size();
            shared = isKept(i) ? Math.max(shared, size) : shared;
            single = isKept(i) ? single : Math.max(single, size);
        }
        float[][] batch = new float[2][Math.multiplyExact(maxBatch, shared)];
        float[][][] own = new float[2][threads][single];
        Signal[] flow = new Signal[operators.size() + 1];
        int turn = 0;
        int ownTurn = 0;
        flow[operators.size()] = new Signal(
                batch[turn],
                own[0],
                operators.isEmpty() ? 1 : operators.getLast().out().size());
        for (int i = operators.size() - 1; i >= 0; i--) {
            int size = operators.get(i).in().size();
            if (i <= firstTrained) {
                flow[i] = new Signal(new float[0], own[0], size);
            } else if (operators.get(i).gradientInPlace()) {
                flow[i] = flow[i + 1];
            } else if (isKept(i)) {
                turn = 1 - turn;
                flow[i] = new Signal(batch[turn], own[0], size);
            } else {
                ownTurn = 1 - ownTurn;
                flow[i] = new Signal(new float[0], own[ownTurn], size);
            }
        }
        return flow;
    }
}
