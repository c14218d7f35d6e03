package dev.onda.studio;

import dev.onda.audio.Wave;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.nio.file.Files;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Recordings over HTTP: listed, recorded, played, deleted. */
final class WordRoutes {

    /** Columns of a drawn waveform. */
    private static final int COLUMNS = 120;
    /** Of full scale: what is below is hardly a recording. */
    private static final double QUIET = 0.02;

    private static final double FULL = 0.999;
    /** A few samples at full scale are no harm. */
    private static final int CLIPPED_SAMPLES = 8;

    private final Words words;
    private final Bodies bodies;
    private final Limits limits;

    WordRoutes(Words words, Bodies bodies, Limits limits) {
        this.words = words;
        this.bodies = bodies;
        this.limits = limits;
    }

    void configure(RoutesConfig routes) {
        routes.get("/studio/words", this::list);
        routes.put("/studio/words/{word}", this::add);
        routes.delete("/studio/words/{word}", ctx -> words.remove(word(ctx)));
        routes.post("/studio/words/{word}/clips", this::record);
        routes.get("/studio/words/{word}/clips/{clip}", this::play);
        routes.delete("/studio/words/{word}/clips/{clip}", ctx -> words.delete(word(ctx), ctx.pathParam("clip")));
    }

    private static String word(Context ctx) {
        String told = ctx.pathParam("word");
        return told.equals(Words.BACKGROUND) ? told : Name.word(told);
    }

    private void list(Context ctx) throws IOException {
        ArrayNode list = Answer.array();
        for (String word : words.words()) {
            list.add(describe(word));
        }
        list.add(describe(Words.BACKGROUND));
        Answer.json(ctx, list);
    }

    private ObjectNode describe(String word) throws IOException {
        ObjectNode node = Answer.object().put("word", word);
        ArrayNode clips = node.putArray("clips");
        for (String clip : words.clips(word)) {
            try {
                clips.add(describe(clip, words.read(word, clip)));
            } catch (IOException e) {
                clips.add(Answer.object().put("clip", clip).put("damaged", true));
            }
        }
        return node;
    }

    private static ObjectNode describe(String clip, Wave wave) {
        float[] samples = wave.samples();
        double loudest = 0;
        int full = 0;
        for (float sample : samples) {
            loudest = Math.max(loudest, Math.abs(sample));
            full += Math.abs(sample) >= FULL ? 1 : 0;
        }
        ObjectNode node = Answer.object()
                .put("clip", clip)
                .put("seconds", wave.seconds())
                .put("loudest", loudest)
                .put("isQuiet", loudest < QUIET)
                .put("isClipped", full > CLIPPED_SAMPLES);
        ArrayNode peaks = node.putArray("peaks");
        for (int column = 0; column < COLUMNS; column++) {
            int from = (int) ((long) column * samples.length / COLUMNS);
            int to = (int) ((column + 1L) * samples.length / COLUMNS);
            double peak = 0;
            for (int i = from; i < to; i++) {
                peak = Math.max(peak, Math.abs(samples[i]));
            }
            peaks.add(Math.round(peak * 1_000) / 1_000.0);
        }
        return node;
    }

    private void add(Context ctx) throws IOException {
        String word = word(ctx);
        words.add(word);
        Answer.json(ctx.status(HttpStatus.CREATED), describe(word));
    }

    private void record(Context ctx) throws IOException {
        String word = word(ctx);
        String clip = bodies.use(ctx, body -> words.keep(word, RecognizeRoute.wave(body, limits)));
        Answer.json(ctx.status(HttpStatus.CREATED), describe(clip, words.read(word, clip)));
    }

    private void play(Context ctx) throws IOException {
        ctx.contentType("audio/wav").result(Files.readAllBytes(words.there(word(ctx), ctx.pathParam("clip"))));
    }
}
