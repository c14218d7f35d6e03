package dev.onda.nn;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How overlapping windows of a stream share work: the first layers of a network see only a stretch of the window at a time, so
 * what they found in the last window still holds in the next, a hop further on. Only what sees the new samples or an end of
 * the window, where padding is, has to be computed again. All positions are samples behind the last of those layers, if they
 * are not said to be inputs.
 *
 * @param layers how many layers, from the first, are shared
 * @param shift how far the found moves from a window to the next
 * @param left inputs of the piece at the window's start, computed again
 * @param right inputs of the piece at the window's end, computed again
 * @param kept what is taken from the last window, in the next window's positions
 */
record StreamPlan(int layers, int shift, int left, int right, Reach.Range kept) {

    /** A plan has to bring the multiply-accumulates of a window down to this share. */
    private static final double WORTH = 0.8;

    /**
     * The plan that saves most; of equals the one that shares most layers.
     *
     * @param hop inputs from one window to the next
     * @return empty if none saves a fifth of a window's multiply-accumulates
     */
    static Optional<StreamPlan> of(Network network, int hop) {
        Optional<StreamPlan> best = Optional.empty();
        double least = WORTH * cost(network, 0, network.layers().size());
        int stride = 1;
        int forks = 0;
        for (int i = 0; i < network.layers().size(); i++) {
            Optional<Reach> reach = Reach.of(network.layers().get(i), network.input(i));
            if (reach.isEmpty()) {
                break;
            }
            stride = Math.multiplyExact(stride, reach.get().stride());
            forks += fork(network.layers().get(i));
            if (forks > 0 || hop % stride != 0) {
                continue;
            }
            Optional<StreamPlan> plan = sharing(network, i + 1, stride, hop);
            if (plan.isPresent() && plan.get().cost(network) <= least) {
                least = plan.get().cost(network);
                best = plan;
            }
        }
        return best;
    }

    /** The plan that shares all layers of a network without forks, if there is one. */
    static Optional<StreamPlan> ofAll(Network network, int hop) {
        int stride = 1;
        for (int i = 0; i < network.layers().size(); i++) {
            stride *= Reach.of(network.layers().get(i), network.input(i))
                    .orElseThrow()
                    .stride();
        }
        return hop % stride == 0 ? sharing(network, network.layers().size(), stride, hop) : Optional.empty();
    }

    private static int fork(Layer layer) {
        if (layer instanceof Layer.Fork) {
            return 1;
        }
        return layer instanceof Layer.Add ? -1 : 0;
    }

    private static Optional<StreamPlan> sharing(Network network, int layers, int stride, int hop) {
        int window = network.input().time();
        int length = network.output(layers - 1).time();
        // What sees neither end of the window is right wherever the window lies.
        Reach.Range inner = valid(network, layers, window, false, false);
        Reach.Range kept = new Reach.Range(inner.from(), inner.to() - hop / stride);
        for (int left = least(network, layers, stride); left < window; left += stride) {
            if (valid(network, layers, left, true, false).to() < kept.from()) {
                continue;
            }
            for (int right = least(network, layers, stride); left + right < window; right += stride) {
                int at = (window - right) / stride;
                if (at + valid(network, layers, right, false, true).from() <= kept.to()) {
                    return kept.from() < kept.to() && kept.to() <= length
                            ? Optional.of(new StreamPlan(layers, hop / stride, left, right, kept))
                            : Optional.empty();
                }
            }
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** The shortest piece that pads as the whole window does, and that all the layers take. */
    private static int least(Network network, int layers, int stride) {
        int window = network.input().time();
        int inputs = window % stride == 0 ? stride : window % stride;
        while (inputs < window && !fits(network, layers, inputs)) {
            inputs += stride;
        }
        return inputs;
    }

    private static boolean fits(Network network, int layers, int inputs) {
        try {
            Shape shape = new Shape(network.input().channels(), inputs);
            for (Layer layer : network.layers().subList(0, layers)) {
                shape = layer.output(shape);
            }
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Which outputs of a piece, by their places in it, are those of the whole window. */
    private static Reach.Range valid(Network network, int layers, int inputs, boolean atStart, boolean atEnd) {
        Shape shape = new Shape(network.input().channels(), inputs);
        Reach.Range range = new Reach.Range(0, inputs);
        Deque<Reach.Range> forks = new ArrayDeque<>();
        for (Layer layer : network.layers().subList(0, layers)) {
            Reach reach = Reach.of(layer, shape).orElseThrow();
            shape = layer.output(shape);
            range = reach.outputs(range, atStart, atEnd ? Optional.of(shape.time()) : Optional.empty());
            if (layer instanceof Layer.Fork) {
                forks.push(range);
            } else if (layer instanceof Layer.Add) {
                range = range.and(forks.pop());
            }
        }
        return range;
    }

    /** Whether a network whose first layers are shared by this plan of theirs has enough less to do. */
    boolean isWorth(Network first, Network all) {
        return first.allMultiplyAccumulates() - cost(first) >= (1 - WORTH) * all.allMultiplyAccumulates();
    }

    /** Multiply-accumulates of a window. */
    private double cost(Network network) {
        double shared = cost(network, 0, layers);
        double part = (left + right) / (double) network.input().time();
        return part * shared + cost(network, layers, network.layers().size());
    }

    private static double cost(Network network, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += network.multiplyAccumulates(i);
        }
        return sum;
    }

    /** The shared layers, for a piece of so many inputs. */
    Network piece(Network network, int inputs) {
        return network.part(0, layers, new Shape(network.input().channels(), inputs));
    }

    /** The layers behind the shared ones. */
    Network rest(Network network) {
        return network.part(layers, network.layers().size(), network.output(layers - 1));
    }
}
