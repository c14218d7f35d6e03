package dev.onda.corpus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Clips whose files are the same byte for byte. */
final class Repeats {
    private Repeats() {}

    /** In the order of the clips. What is found of each group, see {@link FindingKind}. */
    static List<Finding> among(List<ExaminedClip> clips) {
        Map<String, List<ExaminedClip>> groups = new LinkedHashMap<>();
        for (ExaminedClip clip : clips) {
            if (!clip.sha256().isEmpty()) {
                groups.computeIfAbsent(clip.sha256(), _ -> new ArrayList<>()).add(clip);
            }
        }
        List<Finding> findings = new ArrayList<>();
        groups.values().stream().filter(group -> group.size() > 1).forEach(group -> compare(group, findings));
        return findings;
    }

    private static void compare(List<ExaminedClip> group, List<Finding> findings) {
        if (group.stream().map(e -> e.clip().word()).distinct().count() > 1) {
            for (ExaminedClip clip : group) {
                ExaminedClip other = group.stream()
                        .filter(o -> !o.clip().word().equals(clip.clip().word()))
                        .findFirst()
                        .orElseThrow();
                findings.add(finding(FindingKind.REPEATED_ACROSS_WORDS, clip, other, group));
            }
            return;
        }
        // Testing before validation before training; the first clip of equals.
        ExaminedClip kept = group.stream()
                .max(Comparator.comparing(e -> e.clip().partition()))
                .orElseThrow();
        for (ExaminedClip clip : group) {
            if (clip != kept) {
                boolean isAcross = clip.clip().partition() != kept.clip().partition();
                FindingKind kind = isAcross ? FindingKind.REPEATED_ACROSS_PARTITIONS : FindingKind.REPEATED;
                findings.add(finding(kind, clip, kept, group));
            }
        }
    }

    private static Finding finding(FindingKind kind, ExaminedClip clip, ExaminedClip other, List<ExaminedClip> group) {
        String where = " (" + StoreTable.name(other.clip().partition()) + ")";
        return clip.finding(kind, group.size(), "the same bytes as " + other.path() + where);
    }
}
