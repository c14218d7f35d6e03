package dev.onda.evaluate;

import dev.onda.recognize.StreamModel;
import dev.onda.recognize.StreamRecognizer;

/** How much memory a stream takes beside its model. */
public final class StreamMemory {

    private static final int STREAMS = 100;
    private static final int COLLECTIONS = 3;

    private StreamMemory() {}

    /**
     * Opens {@value #STREAMS} streams more, lets each hear some sound, and compares the heap in use before and after, both times
     * as the garbage collector leaves it. What other threads do meanwhile counts, too.
     *
     * @param sound at the rate; as long as a window, at best
     * @return bytes a stream, at least 0
     */
    public static long bytesPerStream(StreamModel model, float[] sound, int sampleRateHz) {
        // What is made at the first stream is not a stream's.
        StreamRecognizer first = opened(model, sound, sampleRateHz);
        StreamRecognizer[] streams = new StreamRecognizer[STREAMS];
        long before = used();
        for (int i = 0; i < STREAMS; i++) {
            streams[i] = opened(model, sound, sampleRateHz);
        }
        long after = used();
        double heard = first.seconds();
        for (StreamRecognizer stream : streams) {
            // Asked after the measurement, so that none is collected before it.
            heard = Math.max(heard, stream.seconds());
        }
        return heard < 0 ? 0 : Math.max(0, (after - before) / STREAMS);
    }

    private static StreamRecognizer opened(StreamModel model, float[] sound, int sampleRateHz) {
        StreamRecognizer stream = model.open(sampleRateHz, 1, detection -> {});
        int chunk = Math.max(1, sampleRateHz * StreamHearing.CHUNK_MS / 1_000);
        for (int at = 0; at < sound.length; at += chunk) {
            stream.push(sound, at, Math.min(chunk, sound.length - at));
        }
        return stream;
    }

    private static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
