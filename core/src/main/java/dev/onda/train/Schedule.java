package dev.onda.train;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How the learning rate changes over a training. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Schedule.Constant.class, name = "constant"),
    @JsonSubTypes.Type(value = Schedule.Cosine.class, name = "cosine"),
    @JsonSubTypes.Type(value = Schedule.OneCycle.class, name = "one-cycle")
})
public sealed interface Schedule {

    /**
     * What the recipe's learning rate is multiplied by.
     *
     * @param progress share of all steps that are done, in [0, 1)
     */
    double factor(double progress);

    /** Always the learning rate itself. */
    record Constant() implements Schedule {
        @Override
        public double factor(double progress) {
            return 1;
        }
    }

    /**
     * Linear from 0 over the warm-up, then half a cosine to 0 (Loshchilov and Hutter 2017).
     *
     * @param warmUp share of the steps, in [0, 1)
     */
    record Cosine(double warmUp) implements Schedule {
        /**
         * @throws IllegalArgumentException if the warm-up is not in [0, 1)
         */
        public Cosine {
            checkShare(warmUp);
        }

        @Override
        public double factor(double progress) {
            return progress < warmUp ? progress / warmUp : falling((progress - warmUp) / (1 - warmUp), 0);
        }
    }

    /**
     * Half a cosine from 1/25 up to the learning rate, then half a cosine down to a 10,000th of the start (Smith 2018; the
     * form of PyTorch's OneCycleLR, without its cycling of momentum).
     *
     * @param rise share of the steps that go up, in [0, 1)
     */
    record OneCycle(double rise) implements Schedule {
        private static final double START = 1.0 / 25;
        private static final double END = START / 1e4;

        /**
         * @throws IllegalArgumentException if the rise is not in [0, 1)
         */
        public OneCycle {
            checkShare(rise);
        }

        @Override
        public double factor(double progress) {
            return progress < rise
                    ? 1 - (1 - START) * (1 + StrictMath.cos(Math.PI * progress / rise)) / 2
                    : falling((progress - rise) / (1 - rise), END);
        }
    }

    private static double falling(double share, double end) {
        return end + (1 - end) * (1 + StrictMath.cos(Math.PI * share)) / 2;
    }

    private static void checkShare(double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("a share of the steps is in [0, 1), not " + share);
        }
    }
}
