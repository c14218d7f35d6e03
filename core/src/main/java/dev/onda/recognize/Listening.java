package dev.onda.recognize;

import dev.onda.audio.SoundSource;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A model that listens to a source in the background and tells a listener of each word, until the sound is over or this is
 * closed.
 *
 * <p>Threads: a platform thread does nothing but read the source, for reading from a microphone happens in native code; a
 * virtual thread recognises and calls the listener. Both are daemons. Between them up to {@link #BUFFER_SECONDS} of sound
 * wait, so a slow listener does not disturb the recording.
 *
 * <p>Backpressure: when a live source's sound waits for longer, the oldest of it is dropped and counted by
 * {@link #lostSeconds}; times of detections go on counting it. Sources that are not live wait instead, nothing of theirs is lost.
 *
 * <p>Failures: if the source cannot be read on, or the listener throws, listening ends, and the exception is thrown to the
 * first who calls {@link #join} or {@link #close}.
 */
public final class Listening implements AutoCloseable {

    /** How much sound waits to be heard at most. */
    public static final int BUFFER_SECONDS = 5;

    /** Taken from the buffer at a time: a fraction of a second, {@code 1 / HEARD_AT_ONCE}. */
    private static final int HEARD_AT_ONCE = 4;
    /** Read from a live source at a time: a fraction of a second. */
    private static final int READ_AT_ONCE = 50;
    /** How long a reader is waited for that the system does not let go, as from a pipe. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final SoundSource source;
    private final int rateHz;
    private final Consumer<Detection> listener;
    private final StreamRecognizer recognizer;
    private final SoundBuffer buffer;
    private final Thread reader;
    private final Thread hearer;
    private final AtomicBoolean isSourceClosed = new AtomicBoolean();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean isClosed;
    private volatile long heardSamples;

    private Listening(SoundSource source, StreamModel model, Consumer<Detection> listener) {
        this.source = source;
        this.listener = listener;
        rateHz = source.sampleRateHz();
        recognizer = model.open(rateHz, 1, this::tell);
        buffer = new SoundBuffer(Math.multiplyExact(BUFFER_SECONDS, rateHz), source.isLive());
        reader = Thread.ofPlatform().daemon().name("onda-reader").unstarted(this::read);
        hearer = Thread.ofVirtual().name("onda-hearer").unstarted(this::hear);
    }

    /**
     * Starts listening.
     *
     * @param source closed when listening ends, and also if this throws
     * @param model may listen to other sources at the same time
     * @param listener called for one word after another, on a virtual thread
     * @throws IllegalArgumentException if the source's sample rate is beyond what the model can be given, see
     *     {@link StreamModel#open}
     * @throws IOException if closing the source fails then
     */
    public static Listening to(SoundSource source, StreamModel model, Consumer<Detection> listener) throws IOException {
        Listening listening;
        try {
            listening = new Listening(source, model, listener);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
        listening.reader.start();
        listening.hearer.start();
        return listening;
    }

    private void read() {
        float[] chunk = new float[Math.max(1, source.isLive() ? rateHz / READ_AT_ONCE : rateHz / HEARD_AT_ONCE)];
        try {
            int count = source.read(chunk, 0, chunk.length);
            while (count != SoundSource.END && buffer.put(chunk, count)) {
                count = source.read(chunk, 0, chunk.length);
            }
        } catch (Throwable e) {
            fail(e);
        } finally {
            buffer.end();
            closeSource();
        }
    }

    private void hear() {
        float[] chunk = new float[Math.max(1, rateHz / HEARD_AT_ONCE)];
        try {
            long heard = 0;
            for (int count = buffer.take(chunk); count != SoundSource.END; count = buffer.take(chunk)) {
                recognizer.push(chunk, 0, count);
                heard += count;
                heardSamples = heard;
            }
            if (!isClosed) {
                recognizer.finish();
            }
        } catch (Throwable e) {
            fail(e);
        } finally {
            stop();
        }
    }

    private void tell(Detection heard) {
        if (isClosed) {
            return;
        }
        double lost = buffer.droppedBefore() / (double) rateHz;
        listener.accept(
                lost == 0
                        ? heard
                        : new Detection(
                                heard.word(),
                                heard.score(),
                                heard.start() + lost,
                                heard.end() + lost,
                                heard.time() + lost));
    }

    /** Keeps the first failure; what comes of closing is none. */
    private void fail(Throwable thrown) {
        if (!isClosed) {
            failure.compareAndSet(null, thrown);
        }
    }

    /** Lets both threads go. */
    private void stop() {
        buffer.close();
        closeSource();
        reader.interrupt();
    }

    private void closeSource() {
        if (isSourceClosed.compareAndSet(false, true)) {
            try {
                source.close();
            } catch (IOException | RuntimeException e) {
                fail(e);
            }
        }
    }

    /** Whether words may still be heard. */
    public boolean isListening() {
        return !isClosed && hearer.isAlive();
    }

    /** How much sound has been heard so far, in seconds, without what was lost. */
    public double seconds() {
        return heardSamples / (double) rateHz;
    }

    /** How much sound was dropped so far because it was not heard in time, in seconds; always 0 if the source is not live. */
    public double lostSeconds() {
        return buffer.dropped() / (double) rateHz;
    }

    /**
     * Waits until the sound is over and all of it is heard, or listening has ended otherwise.
     *
     * @throws IOException if the source could not be read on
     * @throws CompletionException with what the listener threw as its cause
     * @throws InterruptedException if this thread is interrupted; listening goes on
     * @throws IllegalStateException if the listener calls this
     */
    public void join() throws IOException, InterruptedException {
        if (isHearer()) {
            throw new IllegalStateException("a listener cannot wait for the end of listening; close it instead");
        }
        hearer.join();
        throwFailure();
    }

    /**
     * Ends listening. Sound that waits is not heard any more; when this returns, the source is closed, the threads have ended
     * and the listener is not called again. A listener that is being called is waited for, unless it is the one that closes:
     * then this returns at once and the rest happens after it. Of a source whose read does not return when it is closed, as from a
     * pipe without sound, the thread ends once it does.
     *
     * <p>A second time it does nothing.
     *
     * @throws IOException if the source could not be read on, and {@link #join} has not told
     * @throws CompletionException with what the listener threw as its cause, if {@link #join} has not told
     */
    @Override
    public void close() throws IOException {
        isClosed = true;
        stop();
        if (isHearer()) {
            return;
        }
        awaitEnd();
        throwFailure();
    }

    private void awaitEnd() {
        boolean isInterrupted = false;
        while (hearer.isAlive()) {
            try {
                hearer.join();
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        try {
            reader.join(PATIENCE);
        } catch (InterruptedException e) {
            isInterrupted = true;
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isHearer() {
        return Thread.currentThread().equals(hearer);
    }

    private void throwFailure() throws IOException {
        Throwable thrown = failure.getAndSet(null);
        if (thrown instanceof IOException e) {
            throw e;
        }
        if (thrown != null) {
            throw new CompletionException("listening ended: " + thrown, thrown);
        }
    }
}
