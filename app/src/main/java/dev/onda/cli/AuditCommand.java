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
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** {@code onda audit}: what is wrong with a data set, before anything is learned from it. */
final class AuditCommand extends Command {

    private final Supplier<Path> data = corpus();

    private final Supplier<List<String>> kinds =
            list(String.class, "--kinds", "A,B,C", "Only these kinds, as the table calls them. Default: all.");

    private final Supplier<Optional<Path>> csv = optional(
            Path.class,
            "--csv",
            "FILE",
            "Write every finding: kind,path,word,partition,figure,unit,detail. onda train --exclude reads it.");

    private final Supplier<Boolean> json =
            flag("--json", "One JSON object instead of a table, with every finding in it.");

    private final Supplier<Integer> threads = threads("Clips listened to at once.");

    AuditCommand() {
        super(
                "audit",
                "Listens to every clip of a corpus and says what is wrong with it: clips that are broken, clipped, silent, cut "
                        + "off or repeated, speakers on two sides, words with too few clips; and what a random split would leak.");
    }

    @Override
    int call() throws IOException {
        UserError.ifRefused(() -> new PrepareOptions(threads.get(), false));
        Set<FindingKind> wanted = wanted();
        csv.get().ifPresent(file -> OutputFile.check("--csv", file, "findings.csv"));
        DataFolder.refuseStore(data.get());
        Corpus corpus = DataFolder.scan(data.get(), List.of(), 1, stderr());
        Audit audit = audit(corpus).only(wanted);
        PrintWriter stdout = stdout();
        if (json.get()) {
            stdout.println(AuditText.json(audit, data.get()));
        } else {
            stdout.print(AuditText.table(audit, data.get()));
        }
        if (csv.get().isPresent()) {
            FindingsFile.write(csv.get().orElseThrow(), audit.findings());
            if (!json.get()) {
                stdout.printf(
                        "%n%s: %s; onda train --exclude leaves out every clip in it%n",
                        csv.get().orElseThrow(), Counted.of(audit.findings().size(), "finding"));
            }
        }
        if (kinds.get().isEmpty() && !json.get()) {
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
                                + " audit --data " + data.get() + " --kinds " + worth + " --csv drop.csv")
                + System.lineSeparator();
    }

    private Audit audit(Corpus corpus) throws IOException {
        try (Progress progress = Progress.of(new Task("auditing", corpus.clips().size(), Task.Unit.CLIPS))) {
            return Audit.of(corpus, threads.get(), progress::reach);
        }
    }

    private Set<FindingKind> wanted() {
        Set<FindingKind> wanted = EnumSet.noneOf(FindingKind.class);
        for (String kind : kinds.get()) {
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
