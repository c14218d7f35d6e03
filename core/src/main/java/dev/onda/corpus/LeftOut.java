package dev.onda.corpus;

import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How many clips a list has kept out of a corpus, for those who judge by what is left.
 *
 * @param list name of the file that lists them, without its folder
 * @param clips by partition; one that is missing has none
 */
public record LeftOut(String list, Map<Partition, Integer> clips) {

    public LeftOut {
        clips = clips.entrySet().stream()
                .filter(e -> e.getValue() != 0)
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Of one partition. */
    public int in(Partition partition) {
        return clips.getOrDefault(partition, 0);
    }

    /** The same for some partitions. */
    public LeftOut only(Predicate<Partition> wanted) {
        return new LeftOut(
                list,
                clips.entrySet().stream()
                        .filter(e -> wanted.test(e.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** Of all partitions. */
    public int all() {
        return clips.values().stream().mapToInt(n -> n).sum();
    }

    /** Such as {@code "2 more are left out, as drop.csv says"}. */
    public String said() {
        return String.format(Locale.ROOT, "%,d more %s left out, as %s says", all(), all() == 1 ? "is" : "are", list);
    }
}
