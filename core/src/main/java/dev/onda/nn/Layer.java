package dev.onda.nn;

import dev.onda.nn.kernel.ConvShape;
import java.util.List;

/**
 * One step of a network, described: no numbers are held, nothing is computed. Shapes are {@code (channels, time)} of one
 * clip. Long, as all kinds of layers are here: a sealed interface reads best in one file.
 */
public sealed interface Layer {

    /** Longest reach of a convolution, in samples: above any window there is, below what overflows or fills the memory. */
    int LONGEST_REACH = 1 << 22;

    /**
     * The shape behind this layer.
     *
     * @throws IllegalArgumentException if such an input does not fit, in words for the author of a network
     */
    Shape output(Shape input);

    /** A layer with parameters. */
    sealed interface Parametric extends Layer {
        /** Prefix of their names, unique in a network. */
        String name();

        /** What they are behind an input that fits, in their order. */
        List<Parameter.Spec> parameters(Shape input);
    }

    /**
     * Cross-correlation over time; weights {@code (channels, in / groups, kernel)} and a bias a channel.
     *
     * @param name prefix of its parameters, unique in a network
     * @param channels output channels
     * @param kernel taps, in samples of its input
     */
    record Conv1d(String name, int channels, int kernel, int stride, int dilation, int groups, Padding padding)
            implements Parametric {

        /**
         * @throws IllegalArgumentException if a number is below 1 or the channels cannot be cut into the groups
         */
        public Conv1d {
            if (channels < 1 || kernel < 1 || stride < 1 || dilation < 1 || groups < 1) {
                throw new IllegalArgumentException("convolution " + name
                        + ": channels, kernel, stride, dilation and groups are at least 1, not " + channels + ", "
                        + kernel + ", " + stride + ", " + dilation + ", " + groups);
            }
            if (channels % groups != 0) {
                throw new IllegalArgumentException(
                        "convolution " + name + ": " + channels + " channels cannot be cut into " + groups + " groups");
            }
        }

        /** Stride 1, no dilation, one group. */
        public static Conv1d of(String name, int channels, int kernel, Padding padding) {
            return new Conv1d(name, channels, kernel, 1, 1, 1, padding);
        }

        @Override
        public Shape output(Shape input) {
            return new Shape(channels, shape(input).outLength());
        }

        @Override
        public List<Parameter.Spec> parameters(Shape input) {
            return List.of(
                    Parameter.Spec.of(
                            name + ".weight", Parameter.Role.WEIGHT, channels, input.channels() / groups, kernel),
                    Parameter.Spec.of(name + ".bias", Parameter.Role.BIAS, channels));
        }

        /**
         * Its numbers on such an input.
         *
         * @throws IllegalArgumentException if such an input does not fit
         */
        public ConvShape shape(Shape input) {
            if (input.channels() % groups != 0) {
                throw new IllegalArgumentException("convolution " + name + ": " + input.channels()
                        + " input channels cannot be cut into " + groups + " groups");
            }
            long taps = dilation * (kernel - 1L) + 1;
            if (taps > LONGEST_REACH) {
                throw new IllegalArgumentException("convolution " + name + ": a kernel that reaches over " + taps
                        + " samples; at most " + LONGEST_REACH + " are possible");
            }
            int reach = (int) taps;
            int total = 0;
            if (padding == Padding.CAUSAL) {
                return new ConvShape(
                        input.channels(), channels, kernel, stride, dilation, groups, input.time(), reach - 1, 0);
            }
            if (padding == Padding.SAME) {
                int out = (input.time() + stride - 1) / stride;
                total = Math.max(0, (out - 1) * stride + reach - input.time());
            } else if (input.time() < reach) {
                throw new IllegalArgumentException(
                        "convolution " + name + ": a kernel that reaches over " + reach + " samples does not fit into "
                                + input.time() + "; use a longer window or a higher sample rate");
            }
            return new ConvShape(
                    input.channels(),
                    channels,
                    kernel,
                    stride,
                    dilation,
                    groups,
                    input.time(),
                    total / 2,
                    total - total / 2);
        }
    }

    /**
     * A dense layer at each time step: {@code (channels, time)} to {@code (units, time)}; weights {@code (units, channels)}
     * and a bias a unit. Behind {@link Flatten} it is the usual dense layer.
     */
    record Dense(String name, int units) implements Parametric {
        /**
         * @throws IllegalArgumentException if there is no unit
         */
        public Dense {
            if (units < 1) {
                throw new IllegalArgumentException("dense layer " + name + ": at least 1 unit is needed, not " + units);
            }
        }

        @Override
        public Shape output(Shape input) {
            return new Shape(units, input.time());
        }

        @Override
        public List<Parameter.Spec> parameters(Shape input) {
            return List.of(
                    Parameter.Spec.of(name + ".weight", Parameter.Role.WEIGHT, units, input.channels()),
                    Parameter.Spec.of(name + ".bias", Parameter.Role.BIAS, units));
        }
    }

    /**
     * Batch normalisation of each channel over batch and time (Ioffe and Szegedy 2015). In training the batch's own
     * statistics, in use the running ones: {@code running = momentum * running + (1 - momentum) * batch}, the variance
     * unbiased.
     */
    record BatchNorm(String name, double epsilon, double momentum) implements Parametric {
        /**
         * @throws IllegalArgumentException if epsilon is not positive or momentum not in [0, 1)
         */
        public BatchNorm {
            if (!(epsilon > 0) || !(momentum >= 0 && momentum < 1)) {
                throw new IllegalArgumentException("batch norm " + name
                        + ": epsilon is positive and momentum in [0, 1), not " + epsilon + " and " + momentum);
            }
        }

        @Override
        public Shape output(Shape input) {
            return input;
        }

        @Override
        public List<Parameter.Spec> parameters(Shape input) {
            return List.of(
                    Parameter.Spec.of(name + ".weight", Parameter.Role.SCALE, input.channels()),
                    Parameter.Spec.of(name + ".bias", Parameter.Role.SHIFT, input.channels()),
                    Parameter.Spec.of(name + ".running_mean", Parameter.Role.RUNNING_MEAN, input.channels()),
                    Parameter.Spec.of(name + ".running_var", Parameter.Role.RUNNING_VARIANCE, input.channels()));
        }
    }

    /** An element-wise function. */
    record Activation(dev.onda.nn.kernel.Activation function) implements Layer {
        @Override
        public Shape output(Shape input) {
            return input;
        }
    }

    /** The largest of every {@code size} samples, {@code time / size} of them; a rest is dropped. */
    record MaxPool(int size) implements Layer {
        @Override
        public Shape output(Shape input) {
            return pooled("max pool", input, size);
        }
    }

    /** The mean of every {@code size} samples, {@code time / size} of them; a rest is dropped. */
    record AveragePool(int size) implements Layer {
        @Override
        public Shape output(Shape input) {
            return pooled("average pool", input, size);
        }
    }

    /** The mean of each channel: {@code (channels, time)} to {@code (channels, 1)}. */
    record GlobalAveragePool() implements Layer {
        @Override
        public Shape output(Shape input) {
            return new Shape(input.channels(), 1);
        }
    }

    /** {@code (channels, time)} to {@code (time * channels, 1)}, feature {@code time * channels + channel} (Keras' order). */
    record Flatten() implements Layer {
        @Override
        public Shape output(Shape input) {
            return new Shape(input.size(), 1);
        }
    }

    /** In training, zeroes numbers with probability {@code rate} and scales the others by {@code 1 / (1 - rate)}. */
    record Dropout(double rate) implements Layer {
        /**
         * @throws IllegalArgumentException if the rate is not in [0, 1)
         */
        public Dropout {
            checkRate(rate);
        }

        @Override
        public Shape output(Shape input) {
            return input;
        }
    }

    /** {@link Dropout} of whole channels (Tompson 2015, section 3.2). */
    record SpatialDropout(double rate) implements Layer {
        /**
         * @throws IllegalArgumentException if the rate is not in [0, 1)
         */
        public SpatialDropout {
            checkRate(rate);
        }

        @Override
        public Shape output(Shape input) {
            return input;
        }
    }

    /**
     * The start of a residual block (He 2016): what is here is added again at the {@link Add} that belongs to it. Blocks may
     * lie within blocks.
     */
    record Fork() implements Layer {
        @Override
        public Shape output(Shape input) {
            return input;
        }
    }

    /** The end of a residual block: adds what its {@link Fork} saw, whose shape must be the same. */
    record Add() implements Layer {
        @Override
        public Shape output(Shape input) {
            return input;
        }
    }

    /**
     * Squeeze and excitation (Hu 2018): each channel is multiplied by a factor in (0, 1) that a small network finds from the
     * means of all channels: dense to {@code units}, ReLU, dense back, logistic function.
     *
     * @param name prefix of its parameters, unique in a network
     */
    record SqueezeExcitation(String name, int units) implements Parametric {
        /**
         * @throws IllegalArgumentException if there is no unit
         */
        public SqueezeExcitation {
            if (units < 1) {
                throw new IllegalArgumentException(
                        "squeeze and excitation " + name + ": at least 1 unit is needed, not " + units);
            }
        }

        @Override
        public Shape output(Shape input) {
            return input;
        }

        @Override
        public List<Parameter.Spec> parameters(Shape input) {
            return List.of(
                    Parameter.Spec.of(name + ".squeeze.weight", Parameter.Role.WEIGHT, units, input.channels()),
                    Parameter.Spec.of(name + ".squeeze.bias", Parameter.Role.BIAS, units),
                    Parameter.Spec.of(name + ".excite.weight", Parameter.Role.WEIGHT, input.channels(), units),
                    Parameter.Spec.of(name + ".excite.bias", Parameter.Role.BIAS, input.channels()));
        }
    }

    /**
     * Every sample comes {@code samples} earlier, zeros behind the last: a causal convolution behind it looks so far ahead.
     */
    record LookAhead(int samples) implements Layer {
        /**
         * @throws IllegalArgumentException if it is not at least 1 sample
         */
        public LookAhead {
            if (samples < 1) {
                throw new IllegalArgumentException("a look ahead is of at least 1 sample, not " + samples);
            }
        }

        @Override
        public Shape output(Shape input) {
            return input;
        }
    }

    /**
     * A convolution of one channel with band-pass filters of which only the edges are learned (SincNet, Ravanelli and Bengio
     * 2018); stride as in {@link Conv1d}, padded on both sides, no bias.
     *
     * @param name prefix of its parameters, unique in a network
     */
    record SincConv1d(String name, int channels, int kernel, int stride) implements Parametric {
        /**
         * @throws IllegalArgumentException if a number is below 1
         */
        public SincConv1d {
            convolution(name, channels, kernel, stride);
        }

        private static Conv1d convolution(String name, int channels, int kernel, int stride) {
            return new Conv1d(name, channels, kernel, stride, 1, 1, Padding.SAME);
        }

        /** What it is once its filters are made. */
        Conv1d convolution() {
            return convolution(name, channels, kernel, stride);
        }

        /** Its numbers on such an input. */
        ConvShape shape(Shape input) {
            if (input.channels() != 1) {
                throw new IllegalArgumentException(
                        "sinc convolution " + name + ": filters one channel, not " + input.channels());
            }
            return convolution().shape(input);
        }

        @Override
        public Shape output(Shape input) {
            return new Shape(channels, shape(input).outLength());
        }

        @Override
        public List<Parameter.Spec> parameters(Shape input) {
            return List.of(
                    Parameter.Spec.of(name + ".low", Parameter.Role.LOW_EDGE, channels),
                    Parameter.Spec.of(name + ".width", Parameter.Role.BAND_WIDTH, channels));
        }
    }

    /**
     * A gated recurrent unit (Cho 2014, in PyTorch's form) that runs over time, from zeros: {@code (channels, time)} to
     * {@code (units, time)}. Weights {@code (3 units, channels)} and {@code (3 units, units)}, for reset, update and candidate.
     *
     * @param name prefix of its parameters, unique in a network
     */
    record Gru(String name, int units) implements Parametric {
        /**
         * @throws IllegalArgumentException if there is no unit
         */
        public Gru {
            if (units < 1) {
                throw new IllegalArgumentException("recurrent layer " + name + ": at least 1 unit, not " + units);
            }
        }

        @Override
        public Shape output(Shape input) {
            return new Shape(units, input.time());
        }

        @Override
        public List<Parameter.Spec> parameters(Shape input) {
            return List.of(
                    Parameter.Spec.of(name + ".weight_ih", Parameter.Role.WEIGHT, 3 * units, input.channels()),
                    Parameter.Spec.of(name + ".bias_ih", Parameter.Role.BIAS, 3 * units),
                    Parameter.Spec.of(name + ".weight_hh", Parameter.Role.WEIGHT, 3 * units, units),
                    Parameter.Spec.of(name + ".bias_hh", Parameter.Role.BIAS, 3 * units));
        }
    }

    private static void checkRate(double rate) {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("a dropout rate is in [0, 1), not " + rate);
        }
    }

    private static Shape pooled(String what, Shape input, int size) {
        if (size < 1 || input.time() < size) {
            throw new IllegalArgumentException(
                    what + " of " + size + " samples does not fit into " + input.time() + " samples");
        }
        return new Shape(input.channels(), input.time() / size);
    }
}
