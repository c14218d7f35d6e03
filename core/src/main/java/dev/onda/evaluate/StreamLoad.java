package dev.onda.evaluate;

import dev.onda.nn.kernel.Workers;
import dev.onda.recognize.StreamModel;
import dev.onda.recognize.StreamRecognizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Many streams at once in real time: each gets a chunk of 20 ms every 20 ms, all begin within the first second, each at another
 * moment and at another place of the sound. A chunk is late if it was heard to its end later than one hop after it arrived:
 * a stream that is late again and again falls behind for good.
 *
 * @param streams how many
 * @param threads that share them out
 * @param seconds of sound that each got
 * @param chunks of all streams
 * @param late chunks among them; those that were not heard at all when the time was over count as late
 * @param worstMs from the arrival of a chunk to its end, the longest
 */
public record StreamLoad(int streams, int threads, double seconds, long chunks, long late, double worstMs) {

    private static final long CHUNK_NANOS = 1_000_000L * StreamHearing.CHUNK_MS;
    private static final long BEGIN_NANOS = 1_000_000_000L;
    /** Offsets in the sound lie so far apart, in chunks: a prime, so that they differ. */
    private static final int APART = 37;

    /**
     * Feeds the streams; takes the seconds, one more to begin, and a hop.
     *
     * @param sound at the rate, one chunk at least; heard again and again
     * @param streams at least 1
     * @param seconds that each stream gets, above 0
     * @throws IllegalArgumentException if a number is too small
     */
    public static StreamLoad of(StreamModel model, float[] sound, int sampleRateHz, int streams, double seconds) {
        int chunk = Math.max(1, sampleRateHz * StreamHearing.CHUNK_MS / 1_000);
        int chunks = (int) Math.ceil(seconds * 1_000 / StreamHearing.CHUNK_MS);
        if (streams < 1 || chunks < 1 || sound.length < chunk) {
            throw new IllegalArgumentException("at least 1 stream, 1 chunk and " + chunk + " samples are needed, not "
                    + streams + ", " + chunks + " and " + sound.length);
        }
        int threads = Math.min(streams, Runtime.getRuntime().availableProcessors());
        List<List<Fed>> shares = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            shares.add(new ArrayList<>());
        }
        for (int i = 0; i < streams; i++) {
            shares.get(i % threads)
                    .add(new Fed(
                            model.open(sampleRateHz, 1, detection -> {}),
                            i * BEGIN_NANOS / streams,
                            (int) (i * (long) APART % (sound.length / chunk)),
                            chunks));
        }
        long hopNanos = 1_000_000L * model.model().stream().hopMs();
        Count[] counts = new Count[threads];
        long start = System.nanoTime();
        try (Workers workers = new Workers(threads)) {
            workers.run(threads, (i, worker) -> {
                long end = start + BEGIN_NANOS + CHUNK_NANOS * chunks + hopNanos;
                counts[i] = new Feeder(sound, chunk, start, end, hopNanos).feed(shares.get(i));
            });
        }
        long late = 0;
        long worst = 0;
        for (Count count : counts) {
            late += count.late;
            worst = Math.max(worst, count.worstNanos);
        }
        return new StreamLoad(streams, threads, seconds, (long) streams * chunks, late, worst * 1e-6);
    }

    /** A stream, when its next chunk arrives (after the start), which it is, and how many are left. */
    private static final class Fed {
        private final StreamRecognizer recognizer;
        private long due;
        private int place;
        private int left;

        Fed(StreamRecognizer recognizer, long due, int place, int left) {
            this.recognizer = recognizer;
            this.due = due;
            this.place = place;
            this.left = left;
        }
    }

    /** What a thread counted. */
    private record Count(long late, long worstNanos) {}

    /** Serves the streams of one thread, the chunk that arrived first before the others. */
    private record Feeder(float[] sound, int chunk, long start, long end, long hopNanos) {

        Count feed(List<Fed> streams) {
            PriorityQueue<Fed> waiting = new PriorityQueue<>(Comparator.comparingLong(s -> s.due));
            waiting.addAll(streams);
            long late = 0;
            long worst = 0;
            for (Fed next = waiting.poll(); next != null; next = waiting.poll()) {
                long due = start + next.due;
                for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                if (System.nanoTime() >= end) {
                    late += next.left;
                    worst = Math.max(worst, System.nanoTime() - due);
                    continue;
                }
                next.recognizer.push(sound, next.place * chunk, chunk);
                long took = System.nanoTime() - due;
                late += took > hopNanos ? 1 : 0;
                worst = Math.max(worst, took);
                next.due += CHUNK_NANOS;
                next.place = (next.place + 1) % (sound.length / chunk);
                next.left--;
                if (next.left > 0) {
                    waiting.add(next);
                }
            }
            return new Count(late, worst);
        }
    }
}
