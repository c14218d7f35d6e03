package dev.onda.nn.kernel;

/**
 * The constants of one step: {@code m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2;}
 * {@code p = p * shrink - rate * m / (sqrt(v) * root + epsilon)}.
 *
 * @param rate learning rate over {@code 1 - beta1^t}
 * @param root {@code 1 / sqrt(1 - beta2^t)}
 * @param shrink {@code 1 - learning rate * decoupled weight decay}; 1 where nothing decays
 */
public record AdamStep(float beta1, float beta2, float epsilon, float rate, float root, float shrink) {

    /** The same step with another shrinking. */
    public AdamStep withShrink(float value) {
        return new AdamStep(beta1, beta2, epsilon, rate, root, value);
    }
}
