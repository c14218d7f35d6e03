package dev.onda.cli;

import dev.onda.corpus.Audit;
import dev.onda.corpus.Finding;
import dev.onda.corpus.FindingKind;
import dev.onda.corpus.RandomSplitLeak;
import dev.onda.report.Counted;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An {@link Audit} for people and for programs. */
final class AuditText {

    private AuditText() {}

    /**
     * What was found of one kind.
     *
     * @param worst the first of equals
     */
    private record Line(FindingKind kind, int found, Finding worst) {

        /** Of the clips; nothing where findings are no clips. */
        String share(Audit audit) {
            return kind == FindingKind.FEW_CLIPS || kind == FindingKind.EMPTY_PARTITION
                    ? "-"
                    : String.format(Locale.ROOT, "%.1f %%", 100.0 * found / audit.clips());
        }

        String example() {
            String where = worst.path().isEmpty()
                    ? Stream.of(worst.word(), worst.partitionLabel())
                            .filter(part -> !part.isEmpty())
                            .collect(Collectors.joining(", "))
                    : worst.path();
            if (kind == FindingKind.UNREADABLE) {
                return where + ": " + worst.detail();
            }
            return worst.figureText() + " " + kind.unit() + ": " + where;
        }
    }

    private static List<Line> lines(Audit audit) {
        List<Line> lines = new ArrayList<>();
        for (FindingKind kind : FindingKind.values()) {
            List<Finding> own = audit.of(kind);
            own.stream()
                    .reduce((worst, next) -> next.isWorseThan(worst) ? next : worst)
                    .ifPresent(worst -> lines.add(new Line(kind, own.size(), worst)));
        }
        return lines;
    }

    /** A line a kind, the gravest first, then what a random split would give away. */
    static String table(Audit audit, Path data) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s: %s of %s; speakers that file names tell: %,d%n%n",
                data,
                Counted.of(audit.clips(), "clip"),
                Counted.of(audit.words().size(), "word"),
                audit.speakers()));
        List<Line> lines = lines(audit);
        if (lines.isEmpty()) {
            text.append(String.format("nothing found%n"));
        } else {
            int kinds = width(lines.stream().map(l -> l.kind().label()));
            int examples = width(lines.stream().map(Line::example));
            String row = "%-" + kinds + "s  %6s  %7s  %-" + examples + "s  %s%n";
            text.append(String.format(row, "kind", "found", "share", "worst", "what onda prepare does; what to do"));
            for (Line line : lines) {
                text.append(String.format(
                        row,
                        line.kind().label(),
                        String.format(Locale.ROOT, "%,d", line.found()),
                        line.share(audit),
                        line.example(),
                        AuditAdvice.on(line.kind())));
            }
        }
        return text.append(leak(audit)).toString();
    }

    private static int width(Stream<String> texts) {
        return texts.mapToInt(String::length).max().orElse(0);
    }

    private static String leak(Audit audit) {
        RandomSplitLeak leak = audit.randomSplit();
        if (audit.speakers() == 0) {
            return String.format(
                    "%nfile names tell no speakers: how many a random split has on both sides is unknown%n");
        }
        if (leak.judged() == 0) {
            return String.format("%nso few clips that a random split has none to judge by%n");
        }
        String unknown = audit.clipsWithoutSpeaker() == 0
                ? ""
                : ", beside " + Counted.of(audit.clipsWithoutSpeaker(), "clip") + " without a speaker's name";
        return String.format(
                Locale.ROOT,
                "%na random split (70/30, word by word) would leak: of its %,d clips to judge by, %.1f %% have a speaker who is "
                        + "learned from%s;%nOnda splits by speaker%n",
                leak.judged(),
                100 * leak.share(),
                unknown);
    }

    /** One object: data, clips, words, speakers, clipsWithoutSpeaker, randomSplit, summary, findings. */
    static String json(Audit audit, Path data) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("data", data.toString());
        root.put("clips", audit.clips());
        ArrayNode words = root.putArray("words");
        audit.words().forEach(words::add);
        root.put("speakers", audit.speakers());
        root.put("clipsWithoutSpeaker", audit.clipsWithoutSpeaker());
        root.putObject("randomSplit")
                .put("judged", audit.randomSplit().judged())
                .put("heard", audit.randomSplit().heard())
                .put("share", audit.randomSplit().share());
        ArrayNode summary = root.putArray("summary");
        for (Line line : lines(audit)) {
            summary.addObject()
                    .put("kind", line.kind().label())
                    .put("found", line.found())
                    .put("advice", AuditAdvice.on(line.kind()))
                    .set("worst", node(line.worst()));
        }
        ArrayNode findings = root.putArray("findings");
        audit.findings().forEach(finding -> findings.add(node(finding)));
        return root.toString();
    }

    private static ObjectNode node(Finding finding) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("kind", finding.kind().label())
                .put("path", finding.path())
                .put("word", finding.word())
                .put("partition", finding.partitionLabel())
                .put("figure", new BigDecimal(finding.figureText()))
                .put("unit", finding.kind().unit())
                .put("detail", finding.detail());
    }
}
