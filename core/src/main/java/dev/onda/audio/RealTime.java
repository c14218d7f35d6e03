package dev.onda.audio;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Sound at the pace at which it was recorded, as if it were spoken now: each sample can be read once its time has come. */
public final class RealTime implements SoundSource {

    /** Waits. */
    @FunctionalInterface
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    private final SoundSource source;
    private final LongSupplier nanoTime;
    private final Pause pause;
    private long start;
    private long samplesRead;

    /** A source whose sound begins with the first read; it is closed with this. */
    public RealTime(SoundSource source) {
        this(source, System::nanoTime, Thread::sleep);
    }

    RealTime(SoundSource source, LongSupplier nanoTime, Pause pause) {
        this.source = source;
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    @Override
    public int sampleRateHz() {
        return source.sampleRateHz();
    }

    @Override
    public boolean isLive() {
        return true;
    }

    @Override
    public int read(float[] samples, int offset, int length) throws IOException {
        if (samplesRead == 0) {
            start = nanoTime.getAsLong();
        }
        int read = source.read(samples, offset, length);
        if (read == END) {
            return END;
        }
        samplesRead += read;
        long due = (long) (samplesRead * (1e9 / sampleRateHz()));
        long wait = start + due - nanoTime.getAsLong();
        if (wait > 0) {
            try {
                pause.of(Duration.ofNanos(wait));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while sound was waited for");
            }
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
