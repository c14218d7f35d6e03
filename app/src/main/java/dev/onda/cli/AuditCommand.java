package dev.onda.cli;

import dev.onda.corpus.Audit;
import dev.onda.corpus.Corpus;
import dev.onda.corpus.Finding;
import dev.onda.corpus.FindingKind;
import dev.onda.corpus.FindingsFile;
import dev.onda.corpus.PrepareOptions;
import dev.onda.report.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onda audit}: what is wrong with a data set, before anything is learned from it. */
@Command(
        name = "audit",
        description =
                "Listens to every clip of a corpus and says what is wrong with it: clips that are broken, clipped, silent, cut "
                        + "off or repeated, speakers on two sides, words with too few clips; and what a random split would leak.",
        sortOptions = false)
final class AuditCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Corpus: one folder of clips a word.")
    private Path data;

    @Option(
            names = "--kinds",
            split = ",",
            paramLabel = "A,B,C",
            description = "Only these kinds, as the table calls them. Default: all.")
    private List<String> kinds = List.of();

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description =
                    "Write every finding: kind,path,word,partition,figure,unit,detail. onda train --exclude reads it.")
    private Optional<Path> csv = Optional.empty();

    @Option(names = "--json", description = "One JSON object instead of a table, with every finding in it.")
    private boolean json;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Clips listened to at once. Default: the processor's cores.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException {
        UserError.ifRefused(() -> new PrepareOptions(threads, false));
        Set<FindingKind> wanted = wanted();
        csv.ifPresent(file -> OutputFile.check("--csv", file, "findings.csv"));
        DataFolder.refuseStore(data);
        Corpus corpus = DataFolder.scan(data, List.of(), 1, spec.commandLine().getErr());
        Audit audit = audit(corpus).only(wanted);
        PrintWriter stdout = spec.commandLine().getOut();
        if (json) {
            stdout.println(AuditText.json(audit, data));
        } else {
            stdout.print(AuditText.table(audit, data));
        }
        if (csv.isPresent()) {
            FindingsFile.write(csv.get(), audit.findings());
            if (!json) {
                stdout.printf(
                        "%n%s: %s; onda train --exclude leaves out every clip in it%n",
                        csv.get(), Counted.of(audit.findings().size(), "finding"));
            }
        }
        if (kinds.isEmpty() && !json) {
            stdout.print(leavingOut(audit));
        }
        return Main.DONE;
    }

    /** How to make a list that drops no good clip: most kinds of findings are no reason to leave a clip out. */
    private String leavingOut(Audit audit) {
        String worth = audit.findings().stream()
                .map(Finding::kind)
                .distinct()
                .filter(AuditAdvice::isBetterLeftOut)
                .map(FindingKind::label)
                .collect(Collectors.joining(","));
        return (worth.isEmpty()
                        ? "no clip has to be left out before somebody has listened to it"
                        : "a list of what is better left out, with no good clip in it: " + CalledAs.text()
                                + " audit --data " + data + " --kinds " + worth + " --csv drop.csv")
                + System.lineSeparator();
    }

    private Audit audit(Corpus corpus) throws IOException {
        try (Progress progress = Progress.of(new Task("auditing", corpus.clips().size(), Task.Unit.CLIPS))) {
            return Audit.of(corpus, threads, progress::reach);
        }
    }

    private Set<FindingKind> wanted() {
        Set<FindingKind> wanted = EnumSet.noneOf(FindingKind.class);
        for (String kind : kinds) {
            wanted.add(Arrays.stream(FindingKind.values())
                    .filter(k -> k.label().equals(kind.strip()))
                    .findFirst()
                    .orElseThrow(() -> new UserError("--kinds " + kind + ": no such kind; there are "
                            + Arrays.stream(FindingKind.values())
                                    .map(FindingKind::label)
                                    .collect(Collectors.joining(", ")))));
        }
        return wanted.isEmpty() ? EnumSet.allOf(FindingKind.class) : wanted;
    }
}
