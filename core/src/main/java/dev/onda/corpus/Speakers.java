package dev.onda.corpus;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Voices that may be in more than one partition. A speaker's name decides its partition, so one name never is; but a name that
 * is written in two ways may be. Clips whose names tell no speaker are not looked at.
 */
final class Speakers {
    private Speakers() {}

    /** By voice, then in the order of the clips. */
    static List<Finding> acrossPartitions(List<ExaminedClip> clips) {
        Map<String, List<ExaminedClip>> voices = clips.stream()
                .filter(e -> !e.clip().speaker().isEmpty())
                .collect(Collectors.groupingBy(e -> voice(e.clip().speaker()), TreeMap::new, Collectors.toList()));
        List<Finding> findings = new ArrayList<>();
        voices.values().forEach(own -> compare(own, findings));
        return findings;
    }

    /** What stays of a name when case, blanks, signs and the coding of accents are gone; the name itself if nothing does. */
    private static String voice(String speaker) {
        String plain = Normalizer.normalize(speaker, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{M}\\p{N}]", "");
        return plain.isEmpty() ? speaker : plain;
    }

    private static void compare(List<ExaminedClip> own, List<Finding> findings) {
        Map<Partition, Integer> counts = own.stream()
                .collect(Collectors.groupingBy(e -> e.clip().partition(), TreeMap::new, Collectors.summingInt(_ -> 1)));
        if (counts.size() == 1) {
            return;
        }
        Partition home = counts.entrySet().stream()
                .max(Map.Entry.<Partition, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow()
                .getKey();
        String name = own.stream()
                .filter(e -> e.clip().partition() == home)
                .findFirst()
                .orElseThrow()
                .clip()
                .speaker();
        for (ExaminedClip e : own) {
            Partition partition = e.clip().partition();
            if (partition != home) {
                String detail = "speaker '" + e.clip().speaker() + "' may be '" + name + "', who is in "
                        + StoreTable.name(home);
                findings.add(e.finding(
                        FindingKind.SPEAKER_ACROSS_PARTITIONS, own.size() - counts.getOrDefault(partition, 0), detail));
            }
        }
    }
}
