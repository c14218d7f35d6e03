package dev.onda.recognize;

import dev.onda.audio.SoundSource;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** A source that gives what a test hands it, when it does. */
final class ScriptedSource implements SoundSource {

    private sealed interface Step {}

    private record Sound(float[] samples) implements Step {}

    private record Over() implements Step {}

    private record Broken(IOException how) implements Step {}

    private final int rateHz;
    private final boolean isLive;
    private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();
    final CountDownLatch closed = new CountDownLatch(1);
    final CompletableFuture<Thread> reader = new CompletableFuture<>();
    /** Counted down when the reader has used up all steps and asks for more. */
    private volatile CountDownLatch thirsty = new CountDownLatch(1);

    private float[] rest = {};
    private int at;

    ScriptedSource(int rateHz, boolean isLive) {
        this.rateHz = rateHz;
        this.isLive = isLive;
    }

    ScriptedSource sound(float[] samples) {
        thirsty = new CountDownLatch(1);
        steps.add(new Sound(samples));
        return this;
    }

    ScriptedSource over() {
        steps.add(new Over());
        return this;
    }

    ScriptedSource broken(IOException how) {
        steps.add(new Broken(how));
        return this;
    }

    /** Waits until all sound has been read. */
    void awaitAllRead() throws InterruptedException {
        thirsty.await();
    }

    @Override
    public int sampleRateHz() {
        return rateHz;
    }

    @Override
    public boolean isLive() {
        return isLive;
    }

    @Override
    public int read(float[] samples, int offset, int length) throws IOException {
        reader.complete(Thread.currentThread());
        while (at == rest.length) {
            try {
                CountDownLatch waiting = thirsty;
                if (steps.isEmpty()) {
                    waiting.countDown();
                }
                switch (steps.take()) {
                    case Sound sound -> {
                        rest = sound.samples();
                        at = 0;
                    }
                    case Over over -> {
                        return END;
                    }
                    case Broken broken -> throw broken.how();
                }
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
        }
        int count = Math.min(length, rest.length - at);
        System.arraycopy(rest, at, samples, offset, count);
        at += count;
        return count;
    }

    @Override
    public void close() {
        closed.countDown();
        steps.add(new Over());
    }
}
