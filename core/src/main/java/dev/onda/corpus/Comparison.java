package dev.onda.corpus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the clips of a corpus tell together: sample rates that differ, words that have too few of them. */
final class Comparison {
    private static final int LEAST_TO_LEARN_FROM = 20;
    private static final int LEAST_TO_JUDGE_BY = 10;

    private Comparison() {}

    /** Clips whose rate is not the most frequent one, the highest of equals. */
    static List<Finding> rates(List<ExaminedClip> clips) {
        List<ExaminedClip> heard =
                clips.stream().filter(clip -> clip.sampleRateHz() > 0).toList();
        Map<Integer, Long> counts =
                heard.stream().collect(Collectors.groupingBy(ExaminedClip::sampleRateHz, Collectors.counting()));
        Optional<Integer> usual = counts.entrySet().stream()
                .max(Map.Entry.<Integer, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey);
        return heard.stream()
                .filter(clip -> clip.sampleRateHz() != usual.orElseThrow())
                .map(clip -> clip.finding(
                        FindingKind.OTHER_RATE,
                        clip.sampleRateHz(),
                        clip.sampleRateHz() + " Hz, most clips have " + usual.orElseThrow() + " Hz"))
                .toList();
    }

    /** Words and partitions with too few usable clips. */
    static List<Finding> words(List<String> words, List<ExaminedClip> clips) {
        List<Finding> findings = new ArrayList<>();
        for (Partition partition : Partition.values()) {
            Map<String, Integer> counts = clips.stream()
                    .filter(clip -> clip.isUsable() && clip.clip().partition() == partition)
                    .collect(Collectors.groupingBy(clip -> clip.clip().word(), Collectors.summingInt(_ -> 1)));
            if (counts.isEmpty()) {
                findings.add(new Finding(
                        FindingKind.EMPTY_PARTITION, "", "", partition, 0, "no clips " + purpose(partition)));
                continue;
            }
            int least = partition == Partition.TRAINING ? LEAST_TO_LEARN_FROM : LEAST_TO_JUDGE_BY;
            for (String word : words) {
                int count = counts.getOrDefault(word, 0);
                if (count < least) {
                    String detail = count + " clips of '" + word + "' " + purpose(partition) + ", at least " + least
                            + " are better";
                    findings.add(new Finding(FindingKind.FEW_CLIPS, "", word, partition, count, detail));
                }
            }
        }
        findings.sort(Comparator.comparing(Finding::word));
        return findings;
    }

    private static String purpose(Partition partition) {
        return switch (partition) {
            case TRAINING -> "to learn from";
            case VALIDATION -> "to choose the best epoch by";
            case TESTING -> "for the final judgement";
        };
    }
}
