package dev.onda.nn.kernel;

/**
 * The numbers of one Conv1d on inputs of one length.
 *
 * @param inChannels channels of the input, a multiple of {@code groups}
 * @param outChannels channels of the output, a multiple of {@code groups}
 * @param kernel taps, at least 1
 * @param stride input samples from one output to the next, at least 1
 * @param dilation input samples from one tap to the next, at least 1
 * @param groups how many groups of channels see only each other
 * @param length input samples a channel
 * @param padLeft zeros before the first sample
 * @param padRight zeros behind the last sample
 */
public record ConvShape(
        int inChannels,
        int outChannels,
        int kernel,
        int stride,
        int dilation,
        int groups,
        int length,
        int padLeft,
        int padRight) {

    /** {@code floor((length + padding - dilation (kernel - 1) - 1) / stride) + 1}. */
    public int outLength() {
        return (length + padLeft + padRight - dilation * (kernel - 1) - 1) / stride + 1;
    }

    /** Input channels that one output channel sees. */
    public int groupInputs() {
        return inChannels / groups;
    }

    /** Output channels of one group. */
    public int groupOutputs() {
        return outChannels / groups;
    }

    /** Weights, laid out (outChannels, inChannels / groups, kernel). */
    public int weights() {
        return outChannels * groupInputs() * kernel;
    }

    /** Multiply-accumulates for one clip. */
    public long multiplyAccumulates() {
        return (long) weights() * outLength();
    }

    /** Whether the layer is a matrix product over features: one sample long, nothing to slide over. */
    boolean isDense() {
        return length == 1 && kernel == 1 && groups == 1 && padLeft + padRight == 0;
    }

    /** Whether input rows can be read where they lie. */
    boolean isUnpadded() {
        return stride == 1 && padLeft + padRight == 0;
    }

    /** Whether each output sample is made of one input sample of each channel. */
    boolean isPointwise() {
        return kernel == 1 && isUnpadded();
    }
}
