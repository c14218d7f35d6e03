package dev.onda.peers;

import dev.onda.nn.kernel.Kernels;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * Onda beside other libraries.
 *
 * <p>For each case and peer: both get the same network, weights, clips, targets and number of threads. First, without
 * dropout, logits, gradients and the loss are compared: a peer that computes something else is not measured. Then, with
 * dropout, both are warmed up and take turns in one process; a turn starts when the threads of the other side sleep. Each
 * pair of turns gives a ratio, and the median of the ratios is what counts: what the machine does meanwhile meets both
 * sides alike. Clips already lie where each side wants them, so handing them over costs the peers nothing here.
 *
 * <p>What other processes did meanwhile is measured as well, and rows it may have spoilt are marked.
 */
public final class Peers {

    private Peers() {}

    /** See {@code bench/run --help}. Exit status: 0 done, 2 wrong arguments. */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> words = List.of(args);
        if (words.contains("--help") || words.contains("-h")) {
            System.out.print(Arguments.USAGE);
            return;
        }
        try {
            run(Arguments.parse(words));
        } catch (IllegalArgumentException e) {
            System.err.println("bench/run: " + e.getMessage());
            System.exit(2);
        }
    }

    private static void run(Arguments wanted) throws IOException, InterruptedException {
        Arena arena = new Arena(wanted.threads(), wanted.pace());
        System.out.println(
                "Onda: Java " + Runtime.version() + ", " + Kernels.best().description());
        wanted.peers().forEach(peer -> System.out.println(peer.description()));
        System.out.print(Table.heading());
        List<Row> rows = new ArrayList<>();
        for (Case c : wanted.cases()) {
            for (Peer peer : wanted.peers()) {
                Row row = arena.compare(c, peer);
                System.out.print(Table.line(row));
                rows.add(row);
            }
        }
        System.out.print(Table.footing(rows));
        if (wanted.json().isPresent()) {
            Files.write(
                    wanted.json().get(),
                    JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(rows));
        }
    }
}
