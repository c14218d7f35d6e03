package dev.onda.peers;

/** One turn of each side, one right behind the other: milliseconds a clip. */
record Pair(double peerMs, double ondaMs) {

    /** How many times as long the peer takes. */
    double ratio() {
        return peerMs / ondaMs;
    }
}
