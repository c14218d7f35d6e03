package dev.onda.cli;

import dev.onda.audio.SoundSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Shows on a terminal how loud a source is, in one line that is drawn anew ten times a second: the highest sample since the last
 * time, from -60 dB of full scale to 0. Who reads the source never waits for the terminal.
 */
final class LevelMeter implements SoundSource {

    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final int WIDTH = 30;
    private static final double LOWEST_DB = -60;
    /** Back to the first column, and what stands there wiped out. */
    private static final String WIPE = "\r\u001b[K";

    private final SoundSource source;
    private final PrintWriter to;
    private final AtomicReference<Float> peak = new AtomicReference<>(0f);
    private final Thread drawer;
    private boolean isClosed;

    LevelMeter(SoundSource source, PrintWriter to) {
        this.source = source;
        this.to = to;
        drawer = Thread.ofVirtual().name("onda-meter").start(this::drawOnAndOn);
    }

    private void drawOnAndOn() {
        try {
            while (true) {
                Thread.sleep(BETWEEN);
                draw();
            }
        } catch (InterruptedException e) {
            // It is closed.
        }
    }

    private synchronized void draw() {
        if (!isClosed) {
            to.print(WIPE + bar(peak.getAndSet(0f)));
            to.flush();
        }
    }

    private synchronized void wipe() {
        to.print(WIPE);
        to.flush();
    }

    /** Prints lines where the meter stands; it is drawn again below. */
    synchronized void above(Runnable printing) {
        wipe();
        printing.run();
    }

    /** Such as {@code [##########--------------------] -40 dB}. */
    static String bar(float peak) {
        double db = Math.max(LOWEST_DB, 20 * Math.log10(peak));
        int filled = (int) Math.round(WIDTH * Math.min(1, 1 - db / LOWEST_DB));
        String clipped = peak >= 1 ? " too loud" : "";
        return String.format(
                Locale.ROOT, "[%s%s] %.0f dB%s", "#".repeat(filled), "-".repeat(WIDTH - filled), db, clipped);
    }

    @Override
    public int sampleRateHz() {
        return source.sampleRateHz();
    }

    @Override
    public boolean isLive() {
        return source.isLive();
    }

    @Override
    public int read(float[] samples, int offset, int length) throws IOException {
        int read = source.read(samples, offset, length);
        float highest = 0;
        for (int i = offset; i < offset + read; i++) {
            highest = Math.max(highest, Math.abs(samples[i]));
        }
        peak.accumulateAndGet(highest, Math::max);
        return read;
    }

    @Override
    public void close() throws IOException {
        drawer.interrupt();
        synchronized (this) {
            isClosed = true;
            wipe();
        }
        source.close();
    }
}
