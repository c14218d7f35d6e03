package dev.onda.studio;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.nio.file.Files;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Recordings over HTTP: listed, recorded, played, deleted. */
final class WordRoutes {

    private final Words words;
    private final Bodies bodies;
    private final Limits limits;
    private final Events events;

    WordRoutes(Words words, Bodies bodies, Limits limits, Events events) {
        this.words = words;
        this.bodies = bodies;
        this.limits = limits;
        this.events = events;
    }

    void configure(RoutesConfig routes) {
        routes.get("/studio/words", this::list);
        routes.put("/studio/words/{word}", changing(this::add));
        routes.delete("/studio/words/{word}", changing(ctx -> words.remove(word(ctx))));
        routes.post("/studio/words/{word}/clips", changing(this::record));
        routes.get("/studio/words/{word}/clips/{clip}", this::play);
        routes.delete(
                "/studio/words/{word}/clips/{clip}", changing(ctx -> words.delete(word(ctx), ctx.pathParam("clip"))));
    }

    private Handler changing(Handler route) {
        return events.changing("words", route);
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
            clips.add(describe(word, clip));
        }
        return node;
    }

    private ObjectNode describe(String word, String clip) {
        try {
            return new Recording(word, clip, words.read(word, clip)).json();
        } catch (IOException | IllegalArgumentException | Refusal e) {
            return Answer.object().put("clip", clip).put("damaged", true);
        }
    }

    private void add(Context ctx) throws IOException {
        String word = word(ctx);
        words.add(word);
        Answer.json(ctx.status(HttpStatus.CREATED), describe(word));
    }

    private void record(Context ctx) throws IOException {
        String word = word(ctx);
        String clip = bodies.use(ctx, body -> words.keep(word, RecognizeRoute.wave(ctx, body, limits)));
        Answer.json(ctx.status(HttpStatus.CREATED), describe(word, clip));
    }

    private void play(Context ctx) throws IOException {
        ctx.contentType("audio/wav").result(Files.readAllBytes(words.there(word(ctx), ctx.pathParam("clip"))));
    }
}
