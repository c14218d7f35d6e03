package dev.onda.peers;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Runs {@link Match}es, each in a Java virtual machine like this one. */
final class Arena {

    private final int threads;
    private final Pace pace;

    /**
     * @param threads of both sides, in all cases that are not about one thread
     */
    Arena(int threads, Pace pace) {
        this.threads = threads;
        this.pace = pace;
    }

    /** Compares, or says why not; what a library throws or crashes with is a reason too. */
    Row compare(Case c, Peer peer) throws IOException, InterruptedException {
        Optional<String> refusal = peer.refusal(c.work());
        if (refusal.isPresent()) {
            return new Row.Missing(c, peer, refusal.get());
        }
        Path result = Files.createTempFile("onda-match", ".json");
        Path log = Files.createTempFile("onda-match", ".log");
        try {
            ProcessBuilder match = new ProcessBuilder(command(c, peer, result));
            match.environment().putAll(peer.environment(c.threads(threads)));
            Process process =
                    match.redirectErrorStream(true).redirectOutput(log.toFile()).start();
            int status = process.waitFor();
            return status == 0
                    ? new Row.Measured(
                            c,
                            peer,
                            c.threads(threads),
                            JsonMapper.shared().readValue(Files.readAllBytes(result), Result.class))
                    : new Row.Missing(c, peer, reason(Files.readAllLines(log), status));
        } finally {
            Files.delete(result);
            Files.delete(log);
        }
    }

    private List<String> command(Case c, Peer peer, Path result) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Match.class.getName()));
        command.addAll(List.of(c.name(), peer.label(), Integer.toString(threads), Integer.toString(pace.pairs())));
        command.addAll(List.of(Double.toString(pace.warmUpSeconds()), Double.toString(pace.turnSeconds())));
        command.add(result.toString());
        return command;
    }

    /** The exception that ended it, the innermost if there are several; or a crash. */
    static String reason(List<String> log, int status) {
        return log.stream()
                .filter(line -> line.startsWith("Exception in thread") || line.startsWith("Caused by: "))
                .reduce((first, second) -> second)
                .map(line -> line.replaceFirst(
                        "^(Exception in thread \"[^\"]*\"|Caused by:) (java.lang.IllegalStateException: )?", ""))
                .orElse("its process ended with status " + status);
    }
}
