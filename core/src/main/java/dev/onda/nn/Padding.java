package dev.onda.nn;

/** What a convolution sees beyond the ends of its input. */
public enum Padding {
    /** Nothing: only whole windows count, {@code out = floor((time - dilation (kernel - 1) - 1) / stride) + 1}. */
    VALID,
    /** Zeros on both sides, the odd one on the right, so that {@code out = ceil(time / stride)} (TensorFlow's rule). */
    SAME,
    /** As many zeros before the first sample as the kernel reaches back, none behind: no output knows what comes later. */
    CAUSAL
}
