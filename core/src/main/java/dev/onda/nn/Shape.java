package dev.onda.nn;

/**
 * What one clip looks like between two layers: {@code (channels, time)}.
 *
 * @param channels rows, at least 1
 * @param time samples a row, at least 1
 */
public record Shape(int channels, int time) {

    /**
     * @throws IllegalArgumentException if channels or time is below 1
     */
    public Shape {
        if (channels < 1 || time < 1) {
            throw new IllegalArgumentException(
                    "a shape has at least 1 channel and 1 sample, not " + channels + " x " + time);
        }
    }

    /** Numbers of one clip. */
    public int size() {
        return Math.multiplyExact(channels, time);
    }

    @Override
    public String toString() {
        return "(" + channels + ", " + time + ")";
    }
}
