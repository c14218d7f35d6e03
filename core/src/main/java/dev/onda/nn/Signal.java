package dev.onda.nn;

/**
 * Where what flows between two operators lies: for the whole batch, or one clip of each thread.
 *
 * @param batch all clips; empty if only one clip of each thread is there
 * @param own by thread
 * @param size numbers of a clip
 */
record Signal(float[] batch, float[][] own, int size) {

    static Signal ofBatch(int clips, int size) {
        return new Signal(new float[Math.multiplyExact(clips, size)], new float[0][], size);
    }

    float[] array(int worker) {
        return batch.length > 0 ? batch : own[worker];
    }

    int at(int clip) {
        return batch.length > 0 ? clip * size : 0;
    }
}
