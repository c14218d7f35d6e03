package dev.onda.nn;

import java.util.Optional;

/**
 * Which inputs a layer's output sees: output {@code j} those from {@code stride j - before} to {@code stride j + after}.
 *
 * @param stride inputs from one output to the next, at least 1
 * @param before how far it looks back; negative if it only looks ahead
 * @param after how far it looks ahead
 */
record Reach(int stride, int before, int after) {

    private static final Reach SAMPLE = new Reach(1, 0, 0);

    /** Outputs or inputs from {@code from} to below {@code to}. */
    record Range(int from, int to) {
        Range and(Range other) {
            return new Range(Math.max(from, other.from), Math.min(to, other.to));
        }
    }

    /** The reach of a layer on such an input; empty if its output sees all of it. */
    static Optional<Reach> of(Layer layer, Shape input) {
        return switch (layer) {
            case Layer.Conv1d c -> Optional.of(of(c.shape(input)));
            case Layer.SincConv1d c -> Optional.of(of(c.shape(input)));
            case Layer.MaxPool pool -> Optional.of(new Reach(pool.size(), 0, pool.size() - 1));
            case Layer.AveragePool pool -> Optional.of(new Reach(pool.size(), 0, pool.size() - 1));
            case Layer.LookAhead look -> Optional.of(new Reach(1, -look.samples(), look.samples()));
            case Layer.Dense _,
                    Layer.BatchNorm _,
                    Layer.Activation _,
                    Layer.Dropout _,
                    Layer.SpatialDropout _,
                    Layer.Fork _,
                    Layer.Add _ -> Optional.of(SAMPLE);
            case Layer.GlobalAveragePool _, Layer.Flatten _, Layer.SqueezeExcitation _, Layer.Gru _ -> Optional.empty();
        };
    }

    private static Reach of(dev.onda.nn.kernel.ConvShape shape) {
        int reach = shape.dilation() * (shape.kernel() - 1);
        return new Reach(shape.stride(), shape.padLeft(), reach - shape.padLeft());
    }

    /**
     * The outputs that see only such inputs.
     *
     * @param inputs from where to where they are right
     * @param atStart whether the first input is the first there is: beyond it lies padding, as it should
     * @param end outputs there are, if the last input is the last there is; else as far as the reach goes
     */
    Range outputs(Range inputs, boolean atStart, Optional<Integer> end) {
        int from = atStart ? 0 : Math.max(0, Math.ceilDiv(inputs.from + before, stride));
        int to = end.orElseGet(() -> Math.floorDiv(inputs.to - 1 - after, stride) + 1);
        return new Range(from, Math.max(from, to));
    }
}
