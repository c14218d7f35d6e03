package dev.onda.corpus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The partition that a data set's own lists say: {@code validation_list.txt} and {@code testing_list.txt} beside the words'
 * folders, a clip a line as {@code yes/0c40e715_nohash_1.wav}; what neither has is for training. Onda goes by the speaker's
 * hash, which gives the very lists of Speech Commands v0.01; other data sets' may differ.
 *
 * @param files the lists that there are
 * @param partitions of the clips that they name
 * @param unreadable findings about lists that are there and cannot be read
 */
record PublishedLists(Map<Partition, String> files, Map<String, Partition> partitions, List<Finding> unreadable) {

    private static final Map<Partition, String> NAMES =
            Map.of(Partition.VALIDATION, "validation_list.txt", Partition.TESTING, "testing_list.txt");

    /** Reads the lists in a folder, where there are any. */
    static PublishedLists of(Path root) {
        PublishedLists lists = new PublishedLists(new EnumMap<>(Partition.class), new HashMap<>(), new ArrayList<>());
        for (Partition partition : List.of(Partition.VALIDATION, Partition.TESTING)) {
            String name = NAMES.getOrDefault(partition, "");
            if (Files.exists(root.resolve(name))) {
                lists.read(root.resolve(name), partition);
            }
        }
        return lists;
    }

    private void read(Path file, Partition partition) {
        String name = String.valueOf(file.getFileName());
        try {
            new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> partitions.put(line.strip(), partition));
            files.put(partition, name);
        } catch (IOException e) {
            unreadable.add(
                    new Finding(FindingKind.UNREADABLE, name, "", partition, 0, "this list of clips cannot be read"));
        }
    }

    /** The clips that the lists put elsewhere; none if a list is missing. */
    List<Finding> against(List<ExaminedClip> clips) {
        List<Finding> findings = new ArrayList<>(unreadable);
        if (files.size() < NAMES.size()) {
            return findings;
        }
        List<ExaminedClip> elsewhere =
                clips.stream().filter(e -> listed(e) != e.clip().partition()).toList();
        Map<String, Integer> ofSpeaker = new HashMap<>();
        elsewhere.forEach(e -> ofSpeaker.merge(e.clip().speaker(), 1, Integer::sum));
        for (ExaminedClip e : elsewhere) {
            Partition listed = listed(e);
            String says = files.containsKey(listed)
                    ? files.get(listed) + " has it"
                    : "neither list has it, so it is for training";
            findings.add(e.finding(
                    FindingKind.LISTED_ELSEWHERE,
                    ofSpeaker.getOrDefault(e.clip().speaker(), 1),
                    says + "; Onda has it in " + StoreTable.name(e.clip().partition())));
        }
        return findings;
    }

    private Partition listed(ExaminedClip clip) {
        return partitions.getOrDefault(clip.path(), Partition.TRAINING);
    }
}
