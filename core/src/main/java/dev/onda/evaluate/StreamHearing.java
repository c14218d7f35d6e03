package dev.onda.evaluate;

import dev.onda.recognize.StreamModel;
import dev.onda.recognize.StreamRecognizer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;

/**
 * What a model heard in a {@link TestStream}, as fast as one thread can.
 *
 * @param heard in order of time
 * @param posteriors of each window
 * @param seconds length of the stream
 * @param cpuSeconds the thread's own time spent on recognising, without what making the stream took; elapsed time where the
 *     system does not tell a thread's own
 */
public record StreamHearing(List<Heard> heard, HeardPosteriors posteriors, double seconds, double cpuSeconds) {

    /** Milliseconds that are pushed at a time, as a microphone would. */
    static final int CHUNK_MS = 20;
    /** Chunks between two looks at the clock. */
    private static final int CHUNKS = 50;

    /** Copies the list. */
    public StreamHearing {
        heard = List.copyOf(heard);
    }

    /**
     * Listens to the rest of a stream.
     *
     * @param done is told how many seconds were heard
     */
    public static StreamHearing of(StreamModel model, TestStream stream, DoubleConsumer done) {
        List<Heard> heard = new ArrayList<>();
        HeardPosteriors posteriors = new HeardPosteriors(model.model().words());
        StreamRecognizer recognizer =
                model.open(stream.sampleRateHz(), 1, d -> heard.add(new Heard(d.word(), d.time())));
        recognizer.tap(posteriors::add);
        int chunk = Math.max(1, stream.sampleRateHz() * CHUNK_MS / 1_000);
        float[] piece = new float[CHUNKS * chunk];
        long samples = 0;
        long nanos = 0;
        for (int some = stream.read(piece, 0, piece.length); some > 0; some = stream.read(piece, 0, piece.length)) {
            long before = nanos();
            for (int at = 0; at < some; at += chunk) {
                recognizer.push(piece, at, Math.min(chunk, some - at));
            }
            nanos += nanos() - before;
            samples += some;
            done.accept(samples / (double) stream.sampleRateHz());
        }
        long before = nanos();
        recognizer.finish();
        nanos += nanos() - before;
        return new StreamHearing(heard, posteriors, samples / (double) stream.sampleRateHz(), nanos * 1e-9);
    }

    private static long nanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isCurrentThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()
                ? threads.getCurrentThreadCpuTime()
                : System.nanoTime();
    }

    /** Length of the stream. */
    public double hours() {
        return seconds / 3_600;
    }

    /** Seconds of one thread for a second of sound. */
    public double realTimeFactor() {
        return cpuSeconds / seconds;
    }
}
