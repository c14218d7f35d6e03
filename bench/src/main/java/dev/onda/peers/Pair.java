package dev.onda.peers;

/**
 * One turn of each side, one right behind the other.
 *
 * @param peerMs milliseconds a clip
 * @param ondaMs milliseconds a clip
 * @param cores that the threads had between the two
 */
record Pair(double peerMs, double ondaMs, double cores) {

    /** How many times as long the peer takes. */
    double ratio() {
        return peerMs / ondaMs;
    }
}
