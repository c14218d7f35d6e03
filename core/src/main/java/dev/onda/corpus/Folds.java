package dev.onda.corpus;

import java.nio.ByteBuffer;

/**
 * Cross-validation by speaker: the speakers of training and validation are dealt into parts, each part being validation once.
 * Testing stays out of it.
 *
 * @param count how many parts, at least 2
 */
public record Folds(int count) {

    private static final int MOST = 100;

    /**
     * @throws IllegalArgumentException if there are fewer than 2 or more than 100
     */
    public Folds {
        if (count < 2 || count > MOST) {
            throw new IllegalArgumentException("2 to " + MOST + " folds, not " + count);
        }
    }

    /** The store with part {@code fold}, from 0, as validation; clips whose names tell no speaker are dealt one by one. */
    public ClipStore of(ClipStore store, int fold) {
        return store.repartitioned("fold " + (fold + 1) + " of " + count, clip -> {
            if (clip.partition() == Partition.TESTING) {
                return Partition.TESTING;
            }
            String voice = clip.speaker().isEmpty() ? clip.path() : clip.speaker();
            int part =
                    Math.floorMod(ByteBuffer.wrap(Digests.sha1("fold/" + voice)).getInt(), count);
            return part == fold ? Partition.VALIDATION : Partition.TRAINING;
        });
    }
}
