package dev.onda.peers;

import java.util.ArrayList;
import java.util.List;

/** Both sides at work by turns, so that what the machine does meanwhile meets both alike. */
final class Turns {

    private final Pace pace;
    private final int clips;
    private final Processor processor;
    private final Cores cores;

    Turns(Pace pace, int clips, Processor processor, Cores cores) {
        this.pace = pace;
        this.clips = clips;
        this.processor = processor;
        this.cores = cores;
    }

    /** Warms both up and lets them take their turns; who comes first changes from pair to pair. */
    List<Pair> take(Contender peer, Contender onda) {
        work(onda, pace.warmUpSeconds());
        work(peer, pace.warmUpSeconds());
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < pace.pairs(); i++) {
            if (i % 2 == 0) {
                double ondaMs = turn(onda);
                double atWork = coresAtWork();
                pairs.add(new Pair(turn(peer), ondaMs, atWork));
            } else {
                double peerMs = turn(peer);
                double atWork = coresAtWork();
                pairs.add(new Pair(peerMs, turn(onda), atWork));
            }
        }
        return pairs;
    }

    private double coresAtWork() {
        processor.awaitRest();
        return cores.atWork();
    }

    /** One run that is not counted wakes the threads and fetches the caches. */
    private double turn(Contender side) {
        processor.awaitRest();
        side.run();
        return work(side, pace.turnSeconds());
    }

    /** Works for that long at least; returns milliseconds a clip. */
    private double work(Contender side, double seconds) {
        long start = System.nanoTime();
        long nanos;
        long runs = 0;
        do {
            side.run();
            runs++;
            nanos = System.nanoTime() - start;
        } while (nanos < seconds * 1e9);
        return nanos / 1e6 / runs / clips;
    }
}
