package dev.onda.studio;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Reads what clients send, within their limits: of one body, and of all that are in memory at once. */
final class Bodies {

    private static final int UNIT = 1 << 10;
    private static final int PATIENCE_SECONDS = 5;
    /** What a byte becomes at most: itself, and a float of a sample of 8 bits. */
    private static final int DECODED = 5;

    private static final int CHUNK = 32 << 10;

    private final int most;
    private final Duration slowest;
    private final Semaphore units;

    Bodies(Limits limits) {
        most = limits.bodyBytes();
        slowest = limits.slowest();
        units = new Semaphore(limits.bodiesBytes() / UNIT, true);
    }

    /** What is done with a body. */
    @FunctionalInterface
    interface Use<T> {
        T with(byte[] body) throws IOException;
    }

    /**
     * Reads a request's body and uses it; its memory counts until then.
     *
     * @throws Refusal if it is too large, or too many are being read
     */
    <T> T use(Context ctx, Use<T> use) throws IOException {
        if (ctx.req().getContentLengthLong() > most) {
            throw tooLarge();
        }
        Held held = new Held();
        try {
            return use.with(whole(ctx, held));
        } finally {
            units.release(held.units);
        }
    }

    /** What one request has taken. */
    private static final class Held {
        private int units;
    }

    /** A client that breaks off, or whose request is broken, is no defect of ours. */
    private byte[] whole(Context ctx, Held held) {
        try {
            return read(ctx.bodyInputStream(), held);
        } catch (IOException e) {
            throw Refusal.bad("the clip did not come whole");
        }
    }

    /**
     * Takes memory as bytes come: who only says that many will come holds none. Who sends a byte now and then would hold it for
     * long: the whole body has its time.
     */
    private byte[] read(InputStream in, Held held) throws IOException {
        long from = System.nanoTime();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            take(held, count * DECODED / UNIT + 1);
            body.write(chunk, 0, count);
            if (body.size() > most) {
                throw tooLarge();
            }
            if (System.nanoTime() - from > slowest.toNanos()) {
                throw new Refusal(HttpStatus.REQUEST_TIMEOUT, "the clip came too slowly");
            }
        }
        return body.toByteArray();
    }

    private void take(Held held, int more) {
        try {
            if (units.tryAcquire(more, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                held.units += more;
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Refusal(HttpStatus.SERVICE_UNAVAILABLE, "too much is being sent at once; try again");
    }

    private Refusal tooLarge() {
        return new Refusal(
                HttpStatus.CONTENT_TOO_LARGE,
                "larger than " + (most >> 20) + " MiB; send a shorter clip, or hear all of it: onda listen --file");
    }
}
