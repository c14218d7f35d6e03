package dev.onda.peers;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What a user asked for.
 *
 * @param json where the raw figures go, if anywhere
 */
record Arguments(List<Case> cases, List<Peer> peers, int threads, Pace pace, Optional<Path> json) {

    static final String USAGE = """
            bench/run: Onda and its peers at the same work, by turns
              --case NAME        only this case: %s
              --peer NAME        only this peer: %s
              --threads N        threads of both sides, but for the latencies, which have one (all cores)
              --pairs N          turns of each side (%d)
              --warm-up SECONDS  of each side before its first turn (%s)
              --turn SECONDS     least length of a turn (%s)
              --json FILE        write the raw figures, turn by turn
            bench/run kernels [ARGUMENTS] runs the benchmarks of the kernels (JMH; -h tells its arguments)
            """.formatted(
                    Case.names(),
                    Peer.labels(),
                    Pace.defaults().pairs(),
                    Pace.defaults().warmUpSeconds(),
                    Pace.defaults().turnSeconds());

    static Arguments defaults() {
        return new Arguments(
                Case.ALL,
                Arrays.asList(Peer.values()),
                Runtime.getRuntime().availableProcessors(),
                Pace.defaults(),
                Optional.empty());
    }

    /**
     * @throws IllegalArgumentException if there is something else in them
     */
    static Arguments parse(List<String> words) {
        Arguments all = defaults();
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String flag = rest.next();
            if (!flag.startsWith("--") || !rest.hasNext()) {
                throw new IllegalArgumentException("not understood: " + flag + "; see bench/run --help");
            }
            all = all.with(flag, rest.next());
        }
        return all;
    }

    private Arguments with(String flag, String value) {
        return switch (flag) {
            case "--case" -> {
                Case found = Case.named(value).orElseThrow(() -> unknown("case", value, Case.names()));
                yield new Arguments(List.of(found), peers, threads, pace, json);
            }
            case "--peer" -> {
                Peer found = Peer.named(value).orElseThrow(() -> unknown("peer", value, Peer.labels()));
                yield new Arguments(cases, List.of(found), threads, pace, json);
            }
            case "--threads" -> new Arguments(cases, peers, (int) positive(flag, value), pace, json);
            case "--pairs" -> at(new Pace((int) positive(flag, value), pace.warmUpSeconds(), pace.turnSeconds()));
            case "--warm-up" -> at(new Pace(pace.pairs(), positive(flag, value), pace.turnSeconds()));
            case "--turn" -> at(new Pace(pace.pairs(), pace.warmUpSeconds(), positive(flag, value)));
            case "--json" -> new Arguments(cases, peers, threads, pace, Optional.of(Path.of(value)));
            default -> throw new IllegalArgumentException("no such argument: " + flag + "; see bench/run --help");
        };
    }

    private Arguments at(Pace other) {
        return new Arguments(cases, peers, threads, other, json);
    }

    private static IllegalArgumentException unknown(String what, String value, String known) {
        return new IllegalArgumentException("no such " + what + ": " + value + "; there are " + known);
    }

    private static double positive(String flag, String value) {
        try {
            double number = Double.parseDouble(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, together with numbers that are not positive.
        }
        throw new IllegalArgumentException(flag + " takes a positive number, not " + value);
    }
}
