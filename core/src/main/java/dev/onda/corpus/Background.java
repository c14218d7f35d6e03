package dev.onda.corpus;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A store's recordings without speech. Each is cut by time, 80 % for training, 10 % for validation and 10 % for testing, so
 * that no partition hears another's noise.
 */
public final class Background {

    /** No recording at all. */
    public static final Background NONE = new Background(List.of());

    private final Map<Partition, List<float[]>> parts = new EnumMap<>(Partition.class);

    /**
     * @param recordings whole ones, full scale [-1, 1), at the store's rate
     */
    public Background(List<float[]> recordings) {
        for (Partition partition : Partition.values()) {
            int from = tenths(partition);
            int to = from + (partition == Partition.TRAINING ? 8 : 1);
            parts.put(
                    partition,
                    recordings.stream()
                            .map(r -> Arrays.copyOfRange(r, at(r, from), at(r, to)))
                            .filter(part -> part.length > 0)
                            .toList());
        }
    }

    private static int tenths(Partition partition) {
        return switch (partition) {
            case TRAINING -> 0;
            case VALIDATION -> 8;
            case TESTING -> 9;
        };
    }

    private static int at(float[] recording, int tenths) {
        return (int) (recording.length * (long) tenths / 10);
    }

    /** Each recording's part of a partition, not copied; none that is empty. */
    public List<float[]> of(Partition partition) {
        return parts.getOrDefault(partition, List.of());
    }
}
