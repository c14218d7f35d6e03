package dev.onda.export;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Places buffers in one array: those that are needed in the same step apart, others on top of each other.
 */
final class Arena {

    /** So many numbers, from one step to another. */
    static final class Buffer {

        private final int size;
        private final int first;
        private int last;
        private int at;

        private Buffer(int size, int step) {
            this.size = size;
            this.first = step;
            this.last = step;
        }

        /** Where it lies, once all are placed. */
        int at() {
            return at;
        }

        private int end() {
            return at + size;
        }

        private boolean meets(Buffer other) {
            return first <= other.last && other.first <= last;
        }
    }

    private final List<Buffer> buffers = new ArrayList<>();
    private int step;

    /** A buffer that is needed in this step, and not before. */
    Buffer take(int size) {
        Buffer buffer = new Buffer(size, step);
        buffers.add(buffer);
        return buffer;
    }

    /** Ends a step in which these were needed. */
    void step(Buffer... needed) {
        for (Buffer buffer : needed) {
            buffer.last = step;
        }
        step++;
    }

    /**
     * Places all; returns the size of the array. Each buffer goes as low as it can, the largest first; then, as many times as
     * there are buffers, what lies at the top goes first, and the best of all these orders is taken.
     */
    int place() {
        List<Buffer> order = new ArrayList<>(buffers);
        order.sort(Comparator.comparingInt((Buffer b) -> b.size).reversed());
        List<Buffer> best = List.copyOf(order);
        int least = place(order);
        for (int i = 0; i < buffers.size(); i++) {
            Buffer top = Collections.max(order, Comparator.comparingInt(Buffer::end));
            order.remove(top);
            order.addFirst(top);
            int size = place(order);
            if (size < least) {
                least = size;
                best = List.copyOf(order);
            }
        }
        return place(best);
    }

    private static int place(List<Buffer> order) {
        int size = 0;
        List<Buffer> placed = new ArrayList<>();
        for (Buffer buffer : order) {
            buffer.at = 0;
            placed.stream()
                    .filter(buffer::meets)
                    .sorted(Comparator.comparingInt(Buffer::at))
                    .forEach(other -> {
                        if (other.at < buffer.end()) {
                            buffer.at = Math.max(buffer.at, other.end());
                        }
                    });
            placed.add(buffer);
            size = Math.max(size, buffer.end());
        }
        return size;
    }
}
