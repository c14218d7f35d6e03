package dev.onda.studio;

import dev.onda.audio.Wave;
import dev.onda.model.Model;
import dev.onda.recognize.Recognition;
import dev.onda.recognize.Recognizer;
import dev.onda.recognize.StreamModel;
import io.javalin.http.HttpStatus;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A model that clients use, many at once: for streams, and for clips as many at the same time as there are processors. */
final class ServedModel {

    private static final int PATIENCE_SECONDS = 10;

    private final String name;
    private final StreamModel streams;
    private final BlockingQueue<Recognizer> idle;

    ServedModel(String name, Model model, int threads) {
        this.name = name;
        streams = new StreamModel(model, threads);
        idle = new ArrayBlockingQueue<>(threads, true);
        for (int i = 0; i < threads; i++) {
            idle.add(new Recognizer(model));
        }
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
        Recognizer recognizer = take();
        try {
            return recognizer.recognize(wave);
        } finally {
            idle.add(recognizer);
        }
    }

    private Recognizer take() {
        try {
            Recognizer recognizer = idle.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (recognizer != null) {
                return recognizer;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Refusal(HttpStatus.SERVICE_UNAVAILABLE, "too many clips at once; try again");
    }
}
