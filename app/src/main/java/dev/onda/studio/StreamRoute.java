package dev.onda.studio;

import dev.onda.recognize.Detection;
import dev.onda.recognize.StreamRecognizer;
import io.javalin.websocket.WsBinaryMessageContext;
import io.javalin.websocket.WsCloseStatus;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsContext;
import io.javalin.websocket.WsMessageContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/stream}: samples in, words out as they are spoken. The query says {@code rate} (Hz), {@code channels}, {@code model},
 * and with {@code scores=true} that the scores of each window are wanted, too. Binary messages are samples of 16 bits, the lower byte
 * first, cut anywhere; the text message {@code end} ends the sound.
 *
 * <p>Who sends faster than is recognised is read more slowly. Who does not read what is heard is cut off.
 */
final class StreamRoute {

    private static final String END = "end";
    /** Below, a few samples become many; above, no microphone is. */
    private static final int LOWEST_HZ = 4_000;

    private static final int HIGHEST_HZ = 192_000;
    private static final int MOST_CHANNELS = 8;
    /** Messages that wait for a client that does not read. */
    static final int MOST_WAITING = 256;

    private final Shelf shelf;
    private final Meters meters;
    private final int most;
    private final Semaphore free;
    /** The sessions that hold one of the free places. */
    private final Set<String> holders = ConcurrentHashMap.newKeySet();

    private final Map<String, Heard> open = new ConcurrentHashMap<>();

    StreamRoute(Shelf shelf, Limits limits, Meters meters) {
        this.shelf = shelf;
        this.meters = meters;
        this.most = limits.streams();
        this.free = new Semaphore(most);
        meters.streams(() -> most - free.availablePermits());
    }

    /** A stream, and what it brings samples as bytes to. */
    private record Heard(StreamRecognizer recognizer, byte[] chunk) {}

    /** What its query asks for. */
    private record Asked(ServedModel model, int rateHz, int channels, boolean scores) {}

    void configure(WsConfig ws) {
        ws.onConnect(this::connect);
        ws.onBinaryMessage(this::hear);
        ws.onMessage(this::text);
        ws.onClose(this::close);
        ws.onError(this::close);
    }

    private void connect(WsConnectContext ctx) throws IOException {
        Session session = ctx.session;
        session.setMaxOutgoingFrames(MOST_WAITING);
        if (!free.tryAcquire()) {
            meters.refused();
            close(ctx, WsCloseStatus.TRY_AGAIN_LATER, most + " streams are open already; try again later");
            return;
        }
        holders.add(ctx.sessionId());
        try {
            Asked asked = asked(ctx);
            StreamRecognizer recognizer = asked.model()
                    .streams()
                    .open(asked.rateHz(), asked.channels(), heard -> send(ctx, detection(heard)));
            if (asked.scores()) {
                recognizer.tap((time, posteriors) -> send(ctx, scores(time, posteriors)));
            }
            open.put(ctx.sessionId(), new Heard(recognizer, new byte[(int) session.getMaxBinaryMessageSize()]));
            send(ctx, ready(asked));
        } catch (Refusal e) {
            close(ctx, WsCloseStatus.POLICY_VIOLATION, String.valueOf(e.getMessage()));
        }
    }

    private Asked asked(WsContext ctx) throws IOException {
        int rateHz = number(ctx, "rate", 16_000);
        if (rateHz < LOWEST_HZ || rateHz > HIGHEST_HZ) {
            throw Refusal.bad("rate: " + LOWEST_HZ + " to " + HIGHEST_HZ + " samples a second, not " + rateHz);
        }
        int channels = number(ctx, "channels", 1);
        if (channels < 1 || channels > MOST_CHANNELS) {
            throw Refusal.bad("channels: 1 to " + MOST_CHANNELS + ", not " + channels);
        }
        return new Asked(
                shelf.named(ctx.queryParam("model")), rateHz, channels, "true".equals(ctx.queryParam("scores")));
    }

    private static int number(WsContext ctx, String name, int otherwise) {
        @Nullable String told = ctx.queryParam(name);
        if (told == null) {
            return otherwise;
        }
        try {
            return Integer.parseInt(told);
        } catch (NumberFormatException e) {
            throw Refusal.bad(name + ": a whole number is expected");
        }
    }

    private void hear(WsBinaryMessageContext ctx) {
        Heard heard = open.get(ctx.sessionId());
        if (heard == null) {
            return;
        }
        ByteBuffer data = ctx.data();
        while (data.hasRemaining()) {
            int some = Math.min(data.remaining(), heard.chunk().length);
            data.get(heard.chunk(), 0, some);
            heard.recognizer().pushPcm16(heard.chunk(), 0, some);
        }
    }

    private void text(WsMessageContext ctx) {
        if (!ctx.message().equals(END)) {
            close(ctx, WsCloseStatus.POLICY_VIOLATION, "binary messages are samples, the text \"end\" ends them");
            return;
        }
        Heard heard = open.get(ctx.sessionId());
        if (heard != null) {
            heard.recognizer().finish();
            send(
                    ctx,
                    Answer.object()
                            .put("type", END)
                            .put("time", heard.recognizer().seconds()));
            close(ctx, WsCloseStatus.NORMAL_CLOSURE, "the sound is over");
        }
    }

    /** Lets a stream go, once; before the client hears of it, who may come again at once. */
    private void close(WsContext ctx) {
        open.remove(ctx.sessionId());
        if (holders.remove(ctx.sessionId())) {
            free.release();
        }
    }

    private void close(WsContext ctx, WsCloseStatus status, String why) {
        close(ctx);
        ctx.closeSession(status, why);
    }

    private static void send(WsContext ctx, ObjectNode message) {
        Session session = ctx.session;
        if (session.isOpen()) {
            session.sendText(message.toString(), Callback.from(() -> {}, failure -> session.disconnect()));
        }
    }

    private static ObjectNode ready(Asked asked) {
        ObjectNode node = Answer.object()
                .put("type", "ready")
                .put("model", asked.model().name())
                .put("threshold", asked.model().model().stream().threshold());
        ArrayNode words = node.putArray("words");
        asked.model().model().words().forEach(words::add);
        return node;
    }

    private ObjectNode detection(Detection heard) {
        meters.detected();
        return Answer.object()
                .put("type", "detection")
                .put("word", heard.word())
                .put("score", thousandths(heard.score()))
                .put("start", thousandths(heard.start()))
                .put("end", thousandths(heard.end()))
                .put("time", thousandths(heard.time()))
                .put("delay", thousandths(heard.delay()));
    }

    /** Of a window that was too quiet to be judged there are none. */
    private static ObjectNode scores(double time, float[] posteriors) {
        ObjectNode node = Answer.object().put("type", "scores").put("time", thousandths(time));
        ArrayNode scores = node.putArray("scores");
        for (float posterior : posteriors) {
            scores.add(thousandths(posterior));
        }
        return node;
    }

    private static double thousandths(double exact) {
        return Math.round(exact * 1_000) / 1_000.0;
    }
}
