package dev.onda.peers;

import java.util.List;

/**
 * What a comparison came to.
 *
 * @param pairs the turns, in their order
 * @param others the share of the processor that other processes had meanwhile, 0 to 1
 */
record Result(Agreement agreement, List<Pair> pairs, double others) {

    /** Above this share of others the figures are noise. */
    static final double DISTURBED = 0.05;

    Spread ratio() {
        return Spread.of(pairs.stream().mapToDouble(Pair::ratio).toArray());
    }

    Spread peerMs() {
        return Spread.of(pairs.stream().mapToDouble(Pair::peerMs).toArray());
    }

    Spread ondaMs() {
        return Spread.of(pairs.stream().mapToDouble(Pair::ondaMs).toArray());
    }

    Spread cores() {
        return Spread.of(pairs.stream().mapToDouble(Pair::cores).toArray());
    }

    boolean isDisturbed() {
        return others > DISTURBED;
    }
}
