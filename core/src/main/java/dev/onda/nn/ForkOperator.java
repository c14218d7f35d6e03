package dev.onda.nn;

import dev.onda.nn.kernel.Kernels;

/** The start of a residual block: hands on what it gets, and lets the {@link Sum} at the block's end have it, too. */
final class ForkOperator extends Operator {

    private final Kernels kernels;
    /** What came back over the short way, by clip; empty where no gradient is wanted. */
    private final float[] gradient;

    /**
     * @param clips most clips that a gradient is wanted for; 0 for none
     */
    ForkOperator(Shape shape, int clips, Kernels kernels) {
        super(shape, shape);
        this.kernels = kernels;
        this.gradient = new float[clips * shape.size()];
    }

    @Override
    void forward(float[] x, int xAt, float[] y, int yAt, int clip, int worker) {
        if (x != y) {
            System.arraycopy(x, xAt, y, yAt, in().size());
        }
    }

    @Override
    void backward(float[] x, float[] y, float[] dy, int dyAt, float[] dx, int dxAt, int clip) {
        kernels.add(gradient, clip * in().size(), dx, dxAt, in().size());
    }

    @Override
    boolean inPlace() {
        return true;
    }

    @Override
    boolean gradientInPlace() {
        return true;
    }

    @Override
    boolean isReadLater() {
        return true;
    }

    /** The end of a residual block: adds what the fork saw. */
    static final class Sum extends Operator {

        private final ForkOperator fork;
        private final Kernels kernels;
        private Signal seen = new Signal(new float[0], new float[0][], 0);

        Sum(Shape shape, ForkOperator fork, Kernels kernels) {
            super(shape, shape);
            this.fork = fork;
            this.kernels = kernels;
        }

        ForkOperator fork() {
            return fork;
        }

        /** Tells where the fork's output lies. */
        void bind(Signal signal) {
            seen = signal;
        }

        @Override
        void forward(float[] x, int xAt, float[] y, int yAt, int clip, int worker) {
            if (x != y) {
                System.arraycopy(x, xAt, y, yAt, in().size());
            }
            kernels.add(seen.batch(), seen.at(clip), y, yAt, in().size());
        }

        @Override
        void backward(float[] x, float[] y, float[] dy, int dyAt, float[] dx, int dxAt, int clip) {
            System.arraycopy(dy, dyAt, fork.gradient, clip * in().size(), in().size());
        }

        @Override
        boolean inPlace() {
            return true;
        }

        @Override
        boolean gradientInPlace() {
            return true;
        }
    }
}
