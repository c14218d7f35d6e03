package dev.onda.studio;

import dev.onda.audio.AudioFormatException;
import dev.onda.audio.WavReader;
import dev.onda.audio.Wave;
import dev.onda.recognize.Recognition;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/recognize}: a WAV file in, its word out. */
final class RecognizeRoute {

    private static final int TOP = 3;
    private static final String CLIP = "the clip";

    private final Shelf shelf;
    private final Bodies bodies;
    private final Limits limits;
    private final Meters meters;

    RecognizeRoute(Shelf shelf, Bodies bodies, Limits limits, Meters meters) {
        this.shelf = shelf;
        this.bodies = bodies;
        this.limits = limits;
        this.meters = meters;
    }

    void handle(Context ctx) throws IOException {
        long from = System.nanoTime();
        Answer.json(ctx, bodies.use(ctx, body -> {
            // After the body: where that is still under way, a refusal closes the connection, and a client may miss
            // what it says.
            ServedModel model = shelf.named(ctx.queryParam("model"));
            Wave wave = wave(ctx, body, limits);
            return json(model, recognize(model, wave)).put("seconds", wave.seconds());
        }));
        meters.recognized(System.nanoTime() - from);
    }

    private static Recognition recognize(ServedModel model, Wave wave) {
        try {
            return model.recognize(wave);
        } catch (IllegalArgumentException e) {
            throw Refusal.bad("the clip: " + e.getMessage());
        }
    }

    /**
     * The sound that a client sent.
     *
     * @throws Refusal if it is no WAV file, empty or too long
     */
    static Wave wave(Context ctx, byte[] body, Limits limits) throws IOException {
        String type = ctx.contentType();
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            throw Refusal.bad("a form was sent, not a clip; send the file itself: curl --data-binary @clip.wav");
        }
        if (body.length == 0) {
            throw Refusal.bad("no clip was sent; send the bytes of a WAV file: curl --data-binary @clip.wav");
        }
        Wave wave;
        try {
            wave = WavReader.parse(body, CLIP);
        } catch (AudioFormatException e) {
            throw Refusal.bad(e.byteOffset() == 0 ? CLIP + ": " + e.reason() : String.valueOf(e.getMessage()));
        }
        if (wave.samples().length == 0) {
            throw Refusal.bad("the clip: no sound in it: 0 samples");
        }
        if (wave.seconds() > limits.clipSeconds()) {
            throw Refusal.bad("the clip: " + Math.round(wave.seconds()) + " s long, at most " + limits.clipSeconds()
                    + " are taken; cut it, or hear all of it: onda listen --file (programs: /v1/stream)");
        }
        return wave;
    }

    private static ObjectNode json(ServedModel model, Recognition heard) {
        ObjectNode node = Answer.object()
                .put("word", heard.word())
                .put("score", heard.score())
                .put("model", model.name());
        ArrayNode top = node.putArray("top");
        heard.ranking().stream()
                .limit(TOP)
                .forEach(guess -> top.addObject().put("word", guess.word()).put("score", guess.score()));
        return node;
    }
}
