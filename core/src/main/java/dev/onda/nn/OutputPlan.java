package dev.onda.nn;

import java.util.ArrayList;
import java.util.List;

/** Where operators' outputs lie: which are kept for the whole batch, and which share an array. */
final class OutputPlan {

    private final List<Operator> operators;
    private final Pass.Mode mode;
    /** Of each operator, the first whose array it uses. */
    private final int[] owner;

    OutputPlan(List<Operator> operators, Pass.Mode mode) {
        this.operators = operators;
        this.mode = mode;
        this.owner = new int[operators.size()];
        for (int i = 0; i < operators.size(); i++) {
            owner[i] = i > 0 && sharesArray(i) ? owner[i - 1] : i;
        }
    }

    private boolean sharesArray(int i) {
        Operator own = operators.get(i);
        boolean read = mode == Pass.Mode.TRAINING
                && (own.reads().input() || operators.get(i - 1).reads().output());
        return own.inPlace() && !read && !operators.get(i - 1).isReadLater();
    }

    private boolean isKept(int i) {
        if (i == operators.size() - 1
                || operators.get(i) instanceof Operator.Batched
                || operators.get(i).isReadLater()) {
            return true;
        }
        Operator next = operators.get(i + 1);
        boolean read = mode == Pass.Mode.TRAINING
                && (operators.get(i).reads().output() || next.reads().input());
        return read || next.gathers() || next instanceof Operator.Batched;
    }

    List<Signal> signals(int maxBatch, int threads) {
        boolean[] kept = new boolean[operators.size()];
        for (int i = 0; i < operators.size(); i++) {
            kept[owner[i]] |= isKept(i);
        }
        int largest = 0;
        for (int i = 0; i < operators.size(); i++) {
            largest = kept[owner[i]]
                    ? largest
                    : Math.max(largest, operators.get(i).out().size());
        }
        // Two arrays take turns: an operator reads the one and writes the other.
        float[][][] own = new float[2][threads][largest];
        int turn = 0;
        List<Signal> planned = new ArrayList<>();
        for (int i = 0; i < operators.size(); i++) {
            int size = operators.get(i).out().size();
            if (owner[i] < i) {
                planned.add(planned.get(i - 1));
            } else if (kept[i]) {
                planned.add(Signal.ofBatch(maxBatch, size));
            } else {
                planned.add(new Signal(new float[0], own[turn], size));
                turn = 1 - turn;
            }
        }
        return planned;
    }
}
