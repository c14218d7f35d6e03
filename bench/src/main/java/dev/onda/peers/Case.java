package dev.onda.peers;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is measured.
 *
 * @param name what users call it
 * @param architecture the network, by name
 * @param batch clips at once
 * @param isLatency whether one clip on one thread is the point, whatever number of threads was asked for
 */
record Case(String name, String architecture, Work work, int batch, boolean isLatency) {

    static final List<Case> ALL = List.of(
            new Case("article-training", "article", Work.TRAINING_STEP, 32, false),
            new Case("m5-training", "m5", Work.TRAINING_STEP, 32, false),
            new Case("article-forward", "article", Work.FORWARD, 128, false),
            new Case("m5-forward", "m5", Work.FORWARD, 128, false),
            new Case("article-latency", "article", Work.FORWARD, 1, true),
            new Case("m5-latency", "m5", Work.FORWARD, 1, true),
            new Case("onda-s-latency", "onda-s", Work.FORWARD, 1, true),
            new Case("onda-m-latency", "onda-m", Work.FORWARD, 1, true));

    static Optional<Case> named(String name) {
        return ALL.stream().filter(c -> c.name.equals(name)).findFirst();
    }

    static String names() {
        return ALL.stream().map(Case::name).collect(Collectors.joining(", "));
    }

    /** Threads that both sides get when so many were asked for. */
    int threads(int wanted) {
        return isLatency ? 1 : wanted;
    }
}
