package dev.onda.studio;

import dev.onda.audio.Wave;
import dev.onda.model.Model;
import dev.onda.recognize.Recognition;
import dev.onda.recognize.Recognizer;
import dev.onda.recognize.StreamModel;
import io.javalin.http.HttpStatus;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A model that clients use, many at once: for streams, and for clips as many at the same time as there are processors. */
final class ServedModel {

    private static final int PATIENCE_SECONDS = 10;

    private final String name;
    private final StreamModel streams;
    /** Those that were made and have nothing to do. */
    private final Queue<Recognizer> idle;

    private final Semaphore free;

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

    /**
     * Names the word in a clip, when it is its turn.
     *
     * @throws Refusal if that takes too long
     */
    Recognition recognize(Wave wave) {
        take();
        try {
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
