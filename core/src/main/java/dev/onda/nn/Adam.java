package dev.onda.nn;

/**
 * Adam (Kingma and Ba 2015), and with weight decay AdamW (Loshchilov and Hutter 2019): the decay is decoupled from the
 * gradient and spares biases and batch norms.
 *
 * @param beta1 decay of the mean of gradients
 * @param beta2 decay of the mean of their squares
 * @param epsilon added to the root of the corrected mean of squares
 * @param weightDecay a weight's share taken away a step, times the learning rate
 */
public record Adam(double beta1, double beta2, double epsilon, double weightDecay) {

    /**
     * @throws IllegalArgumentException if a beta is not in [0, 1), epsilon not positive or the decay negative
     */
    public Adam {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0 && weightDecay >= 0)) {
            throw new IllegalArgumentException(
                    "Adam needs betas in [0, 1), a positive epsilon and a weight decay of at least 0, not " + beta1
                            + ", " + beta2 + ", " + epsilon + ", " + weightDecay);
        }
    }

    /** Betas 0.9 and 0.999, epsilon 1e-7 (Keras' default). */
    public static Adam withDecay(double weightDecay) {
        return new Adam(0.9, 0.999, 1e-7, weightDecay);
    }
}
