package dev.onda.nn;

/**
 * One layer, or a few that are done in one go, at work in one {@link Pass}. Arrays are (batch, channels, time) or hold a
 * single clip.
 *
 * <p>A clip is computed without the others where that can be, so that it stays in the cache from layer to layer. What needs
 * all clips at once is one of two things: a sum over the batch ({@link #gathers}), or a product that is only fast on the
 * whole batch ({@link Batched}).
 */
abstract class Operator {

    private final Shape in;
    private final Shape out;

    /** Which arrays of the forward pass the gradient reads. */
    enum Reads {
        NOTHING,
        INPUT,
        OUTPUT,
        BOTH;

        boolean input() {
            return this == INPUT || this == BOTH;
        }

        boolean output() {
            return this == OUTPUT || this == BOTH;
        }
    }

    /** One that takes the batch as a whole, and shares it out itself. */
    interface Batched {
        void forward(float[] x, float[] y, int clips);
    }

    Operator(Shape in, Shape out) {
        this.in = in;
        this.out = out;
    }

    final Shape in() {
        return in;
    }

    final Shape out() {
        return out;
    }

    /** Takes the parameters anew. */
    void load() {}

    /**
     * Comes before the clips of a forward pass, behind all of {@link #gather}.
     *
     * @param seed of this step's randomness
     */
    void prepare(int clips, long seed) {}

    /** Computes one clip, which starts at {@code xAt} and goes to {@code yAt}. */
    void forward(float[] x, int xAt, float[] y, int yAt, int clip, int worker) {
        throw new IllegalStateException(this + " does not work by clip");
    }

    /** Whether the input, and backward the output gradient, of all clips is looked at before the first is computed. */
    boolean gathers() {
        return false;
    }

    /** Looks at one clip's input. */
    void gather(float[] x, int xAt, int clip) {}

    /** Looks at one clip's output gradient, and may change it for {@link #backward}. */
    void gatherGradient(float[] x, float[] y, float[] dy, int clip) {}

    /** Comes before {@link #backward}, behind all of {@link #gatherGradient}; overwrites this layer's parameter gradients. */
    void prepareGradient(int clips) {}

    /**
     * One clip's input gradient.
     *
     * @param x inputs of the batch, if {@link #reads} says so
     * @param y outputs of the batch, if {@link #reads} says so
     * @param dx takes the gradient from {@code dxAt} on; {@code dy} itself where {@link #gradientInPlace}
     */
    void backward(float[] x, float[] y, float[] dy, int dyAt, float[] dx, int dxAt, int clip) {
        throw new IllegalStateException(this + " does not go back by clip");
    }

    /** Comes behind {@link #backward} of all clips; sums up what they left of this layer's parameter gradients. */
    void finishGradient(int clips) {}

    /** Whether {@code x} and {@code y} may be one array. */
    boolean inPlace() {
        return false;
    }

    /** Whether {@code dy} and {@code dx} are one array. */
    boolean gradientInPlace() {
        return false;
    }

    /** Whether the output is read again behind the next operator, and must be left as it is. */
    boolean isReadLater() {
        return false;
    }

    Reads reads() {
        return Reads.NOTHING;
    }
}
