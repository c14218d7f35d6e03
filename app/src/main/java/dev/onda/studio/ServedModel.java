package dev.onda.studio;

import dev.onda.audio.Wave;
import dev.onda.model.Model;
import dev.onda.recognize.Recognition;
import dev.onda.recognize.Recognizer;
import dev.onda.recognize.StreamModel;
import dev.onda.recognize.StreamRecognizer;
import io.javalin.http.HttpStatus;
import java.util.Arrays;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** A model that clients use, many at once: for streams, and for clips as many at the same time as there are processors. */
final class ServedModel {

    private static final int PATIENCE_SECONDS = 10;
    /** What {@link #warmUp} hears: bursts that a gate opens for, of noise at a tenth of what samples can be. */
    private static final double WARM_UP_SECONDS = 8;

    private static final double BURST_SECONDS = 0.5;
    private static final double NOISE = 0.1;

    private final String name;
    private final StreamModel streams;
    /** Those that were made and have nothing to do. */
    private final Queue<Recognizer> idle;

    private final Semaphore free;
    /** Whether a clip is heard by plain arithmetic, which is fast at once, though never as fast as vectors that were heard before. */
    private volatile boolean isCold;

    ServedModel(String name, Model model, int threads) {
        this.name = name;
        streams = new StreamModel(model, threads);
        idle = new ArrayBlockingQueue<>(threads);
        free = new Semaphore(threads, true);
    }

    String name() {
        return name;
    }

    Model model() {
        return streams.model();
    }

    StreamModel streams() {
        return streams;
    }

    /** Of the first model of a program, until {@link #warmUp}. */
    static ServedModel cold(String name, Model model, int threads) {
        ServedModel served = new ServedModel(name, model, threads);
        served.isCold = true;
        return served;
    }

    /**
     * Hears noise for a second or so, so that the first who speaks waits for nothing: until the compiler has seen a loop often enough
     * vectors are objects, and a window takes half a second.
     *
     * @return the windows that were judged
     */
    int warmUp() {
        AtomicInteger windows = new AtomicInteger();
        int rateHz = model().input().sampleRateHz();
        RandomGenerator random = new SplittableRandom(1);
        float[] burst = new float[(int) (BURST_SECONDS * rateHz)];
        StreamRecognizer stream = streams.open(rateHz, 1, heard -> {});
        stream.tap((time, posteriors) -> {
            if (posteriors.length > 0) {
                windows.incrementAndGet();
            }
        });
        for (double at = 0; at < WARM_UP_SECONDS; at += 2 * BURST_SECONDS) {
            for (int i = 0; i < burst.length; i++) {
                burst[i] = (float) (NOISE * random.nextGaussian());
            }
            stream.push(burst);
            Arrays.fill(burst, 0);
            stream.push(burst);
        }
        isCold = false;
        return windows.get();
    }

    /**
     * Names the word in a clip, when it is its turn. Before and after {@link #warmUp}, scores may differ in their last digits.
     *
     * @throws Refusal if that takes too long
     */
    Recognition recognize(Wave wave) {
        take();
        try {
            if (isCold) {
                return Recognizer.forFewClips(model()).recognize(wave);
            }
            Recognizer there = idle.poll();
            Recognizer recognizer = there == null ? new Recognizer(model()) : there;
            Recognition heard = recognizer.recognize(wave);
            idle.add(recognizer);
            return heard;
        } finally {
            free.release();
        }
    }

    private void take() {
        try {
            if (free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Refusal(HttpStatus.SERVICE_UNAVAILABLE, "too many clips at once; try again");
    }
}
