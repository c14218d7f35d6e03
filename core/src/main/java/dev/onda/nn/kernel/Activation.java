package dev.onda.nn.kernel;

/** Element-wise functions whose derivative can be told from their output alone. */
public enum Activation {
    /** {@code max(0, x)}; the derivative at 0 is 0. */
    RELU,
    /** Hyperbolic tangent; the derivative is {@code 1 - y^2}. */
    TANH
}
