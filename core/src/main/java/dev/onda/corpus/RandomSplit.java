package dev.onda.corpus;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The split of one word's clips when their names tell no speaker: 80 % training, 10 % validation, 10 % testing, each
 * rounded, with at least one validation clip as soon as there are two clips.
 *
 * <p>Clips are ranked by a hash of seed, word and name, so the split needs no random generator and stays the same on
 * every machine. It cannot keep a voice on one side.
 */
final class RandomSplit {
    private static final double SHARE = 0.1;

    private RandomSplit() {}

    /** The partition of each file name. Names are distinct. */
    static Map<String, Partition> of(String word, List<String> fileNames, long seed) {
        List<Ranked> ranked = new ArrayList<>(fileNames.size());
        for (String name : fileNames) {
            byte[] hash = Digests.sha1(seed + "/" + word + "/" + name);
            ranked.add(new Ranked(ByteBuffer.wrap(hash).getLong(), name));
        }
        ranked.sort(Comparator.comparingLong(Ranked::rank).thenComparing(Ranked::name));

        int count = ranked.size();
        int testing = (int) Math.round(count * SHARE);
        int validation = count < 2 ? 0 : Math.max(1, testing);
        Map<String, Partition> partitions = HashMap.newHashMap(count);
        for (int i = 0; i < count; i++) {
            partitions.put(ranked.get(i).name(), partition(i, validation, testing));
        }
        return partitions;
    }

    private static Partition partition(int rank, int validation, int testing) {
        if (rank < validation) {
            return Partition.VALIDATION;
        }
        return rank < validation + testing ? Partition.TESTING : Partition.TRAINING;
    }

    private record Ranked(long rank, String name) {}
}
