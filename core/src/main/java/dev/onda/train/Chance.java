package dev.onda.train;

import dev.onda.nn.kernel.Hash;
import java.util.SplittableRandom;

/**
 * All randomness of a training, each number found from the seed and the place where it is needed. So nothing of it need be
 * kept for a training to go on, and no thread's turn matters.
 *
 * @param seed of the recipe
 */
record Chance(long seed) {

    /** For the first parameters. */
    SplittableRandom initialization() {
        return new SplittableRandom(Hash.child(seed, 0));
    }

    /** The numbers below {@code clips} in the order of an epoch (Fisher and Yates, inside out). */
    int[] order(int epoch, int clips) {
        SplittableRandom random = new SplittableRandom(Hash.child(Hash.child(seed, 1), epoch));
        int[] order = new int[clips];
        for (int i = 0; i < clips; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** For what is done to a clip in an epoch. */
    SplittableRandom augmentation(int epoch, int clip) {
        return new SplittableRandom(Hash.child(Hash.child(Hash.child(seed, 2), epoch), clip));
    }

    /** Seed of what a step drops. */
    long dropout(long step) {
        return Hash.child(Hash.child(seed, 3), step);
    }
}
