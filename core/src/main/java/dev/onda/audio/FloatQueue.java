package dev.onda.audio;

/** Samples in a line: added at the end, taken from the front. Its array grows to twice the most that ever waited. */
final class FloatQueue {

    private float[] array = new float[0];
    private int from;
    private int to;

    int size() {
        return to - from;
    }

    /** The array that holds the samples, the first at {@link #first}; valid until the next {@link #add}. */
    float[] array() {
        return array;
    }

    int first() {
        return from;
    }

    void add(float[] samples, int offset, int count) {
        if (to + count > array.length) {
            int size = size();
            float[] roomy = size + count > array.length / 2 ? new float[2 * (size + count)] : array;
            System.arraycopy(array, from, roomy, 0, size);
            array = roomy;
            from = 0;
            to = size;
        }
        System.arraycopy(samples, offset, array, to, count);
        to += count;
    }

    void remove(int count) {
        from += count;
    }

    /** Takes at most {@code length} samples; returns how many there were. */
    int take(float[] into, int offset, int length) {
        int count = Math.min(length, size());
        System.arraycopy(array, from, into, offset, count);
        remove(count);
        return count;
    }
}
