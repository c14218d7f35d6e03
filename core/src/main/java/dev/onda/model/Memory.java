package dev.onda.model;

import java.util.Arrays;

/**
 * What a model remembers of the clips it learned from: for a few of each class, what its last layer saw. So it can learn new
 * words later without forgetting the old ones, and without their clips.
 *
 * @param size numbers of one clip
 * @param features one clip after the other; not copied
 * @param labels class of each; not copied
 */
public record Memory(int size, float[] features, int[] labels) {

    /** No memory at all. */
    public static final Memory NONE = new Memory(0, new float[0], new int[0]);

    /**
     * @throws IllegalArgumentException if the features are not as many as the labels say
     */
    public Memory {
        if (features.length != (long) size * labels.length) {
            throw new IllegalArgumentException("a memory of " + labels.length + " clips of " + size
                    + " numbers does not hold " + features.length + " numbers");
        }
        if (Arrays.stream(labels).anyMatch(label -> label < 0)) {
            throw new IllegalArgumentException("a memory's labels are classes, not below 0");
        }
    }

    /** How many clips. */
    public int clips() {
        return labels.length;
    }

    /** How many clips of a class. */
    public int count(int label) {
        return (int) Arrays.stream(labels).filter(l -> l == label).count();
    }

    /** Some of the clips, in the order given. */
    public Memory only(int... clips) {
        float[] some = new float[clips.length * size];
        for (int i = 0; i < clips.length; i++) {
            System.arraycopy(features, clips[i] * size, some, i * size, size);
        }
        return new Memory(
                size, some, Arrays.stream(clips).map(clip -> labels[clip]).toArray());
    }
}
