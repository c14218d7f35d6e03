package dev.onda.recognize;

import dev.onda.audio.SoundSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sound between the thread that reads it and the one that hears it. When it is full, a live source's oldest sound makes room
 * and is counted; any other source waits.
 */
final class SoundBuffer {

    private final boolean isLive;
    private final float[] ring;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition hasSound = lock.newCondition();
    private final Condition hasRoom = lock.newCondition();

    /** Samples that were ever put in, and taken out or dropped: places in the stream, modulo the ring's length. */
    private long put;

    private long gone;
    private long dropped;
    private boolean isEnded;
    private boolean isClosed;
    /** For the thread that takes: how many samples had been dropped before those it took last. */
    private long droppedBefore;

    /**
     * @param capacity most samples that wait, at least as many as are put at once
     */
    SoundBuffer(int capacity, boolean isLive) {
        this.isLive = isLive;
        ring = new float[capacity];
    }

    /**
     * Adds the first so many samples of an array.
     *
     * @return whether anyone will still hear them
     */
    boolean put(float[] samples, int count) {
        lock.lock();
        try {
            while (!isLive && !isClosed && free() < count) {
                hasRoom.awaitUninterruptibly();
            }
            if (isClosed) {
                return false;
            }
            int excess = Math.max(0, count - free());
            gone += excess;
            dropped += excess;
            int at = (int) (put % ring.length);
            int first = Math.min(count, ring.length - at);
            System.arraycopy(samples, 0, ring, at, first);
            System.arraycopy(samples, first, ring, 0, count - first);
            put += count;
            hasSound.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private int free() {
        return ring.length - (int) (put - gone);
    }

    /**
     * Waits for sound, and takes as much of it as there is and fits.
     *
     * @return how many samples, or {@link SoundSource#END} when all of an ended source is taken, or the buffer is closed
     */
    int take(float[] into) {
        lock.lock();
        try {
            while (!isClosed && !isEnded && put == gone) {
                hasSound.awaitUninterruptibly();
            }
            if (isClosed || put == gone) {
                return SoundSource.END;
            }
            int count = (int) Math.min(into.length, put - gone);
            int at = (int) (gone % ring.length);
            int first = Math.min(count, ring.length - at);
            System.arraycopy(ring, at, into, 0, first);
            System.arraycopy(ring, 0, into, first, count - first);
            gone += count;
            droppedBefore = dropped;
            hasRoom.signal();
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Samples that were dropped before those that were taken last. For the thread that takes. */
    long droppedBefore() {
        return droppedBefore;
    }

    /** Samples dropped so far. */
    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will be put. */
    void end() {
        lock.lock();
        try {
            isEnded = true;
            hasSound.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is put or taken; who waits is let go. */
    void close() {
        lock.lock();
        try {
            isClosed = true;
            hasSound.signalAll();
            hasRoom.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
