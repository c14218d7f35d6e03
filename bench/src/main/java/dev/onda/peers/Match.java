package dev.onda.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/**
 * One comparison, in a Java virtual machine of its own, so that neither what was compiled for another case nor another
 * library's threads weigh on it: {@code Match CASE PEER THREADS PAIRS WARM-UP-SECONDS TURN-SECONDS RESULT-FILE}.
 */
final class Match {

    private Match() {}

    public static void main(String[] args) throws IOException {
        Case c = Case.named(args[0]).orElseThrow();
        Peer peer = Peer.named(args[1]).orElseThrow();
        Pace pace = new Pace(Integer.parseInt(args[3]), Double.parseDouble(args[4]), Double.parseDouble(args[5]));
        Result result = play(Problem.of(c, Integer.parseInt(args[2])), peer, pace);
        Files.write(Path.of(args[6]), JsonMapper.shared().writeValueAsBytes(result));
        // Some libraries leave threads behind that keep the virtual machine alive.
        System.exit(0);
    }

    /**
     * Compares outputs, then times.
     *
     * @throws IllegalStateException if the outputs are not the same
     */
    static Result play(Problem problem, Peer peer, Pace pace) {
        Agreement agreement = agreement(problem.withoutDropout(), peer);
        if (!agreement.isWithin(peer.tolerance())) {
            throw new IllegalStateException("the two do not compute the same: " + agreement);
        }
        Processor processor = new Processor();
        try (Contender theirs = peer.enter(problem);
                Contender onda = new OndaContender(problem);
                Cores cores = new Cores(problem.threads())) {
            var pairs = new Turns(pace, problem.batch(), processor, cores).take(theirs, onda);
            return new Result(agreement, pairs, processor.othersSinceLast());
        }
    }

    /** On a problem without dropout. */
    static Agreement agreement(Problem problem, Peer peer) {
        try (Contender theirs = peer.enter(problem);
                Contender onda = new OndaContender(problem)) {
            return Agreement.between(problem, theirs, onda);
        }
    }
}
