package dev.onda.studio;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * Tells all open pages what happens. Each has a queue of its own, so that one that does not read holds up nobody: when its queue
 * is full it is let go, and comes again by itself.
 */
final class Events {

    private static final int MOST_WAITING = 256;
    private static final int BREATH_SECONDS = 10;

    /** Something that happened. */
    record Event(String name, String data) {}

    private static final Event END = new Event("", "");

    private final Semaphore free;
    private final Set<BlockingQueue<Event>> watchers = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    Events(Limits limits) {
        free = new Semaphore(limits.watchers());
    }

    /**
     * A route after which all pages read a list again, of {@code words}, {@code models} or {@code runs}; also where it fails, since
     * it may have done a part.
     */
    Handler changing(String what, Handler route) {
        return ctx -> {
            try {
                route.handle(ctx);
            } finally {
                tell("changed", Answer.object().put("what", what));
            }
        };
    }

    /** Tells everyone. */
    void tell(String name, JsonNode data) {
        Event event = new Event(name, data.toString());
        watchers.removeIf(watcher -> !hears(watcher, event));
    }

    /** Whether there was room; where there was none, the watcher is let go. */
    private static boolean hears(BlockingQueue<Event> watcher, Event event) {
        if (watcher.offer(event)) {
            return true;
        }
        end(watcher);
        return false;
    }

    /**
     * Tells one client of everything from now on, until it or this is closed. Javalin's own events are not used: it ends them on
     * another thread, and where the request has ended by then, version 7.2 tries again without end, which takes a processor.
     *
     * @throws Refusal if there are many already
     */
    void watch(Context ctx) {
        if (!free.tryAcquire()) {
            throw new Refusal(HttpStatus.SERVICE_UNAVAILABLE, "too many pages are open at once; close some");
        }
        BlockingQueue<Event> own = new ArrayBlockingQueue<>(MOST_WAITING);
        watchers.add(own);
        try {
            ctx.contentType("text/event-stream;charset=utf-8").header("Connection", "close");
            tell(own, ctx.res().getOutputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The client has gone, as each does some time, or reads nothing for too long.
        } finally {
            watchers.remove(own);
            free.release();
        }
    }

    private void tell(BlockingQueue<Event> own, OutputStream out) throws IOException, InterruptedException {
        send(out, "event: hello\ndata: {}\n\n");
        while (!isClosed) {
            Event event = own.poll(BREATH_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                send(out, ": still here\n\n");
            } else if (event.equals(END)) {
                return;
            } else {
                send(out, "event: " + event.name() + "\ndata: " + event.data() + "\n\n");
            }
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Lets everyone go. */
    void close() {
        isClosed = true;
        watchers.forEach(Events::end);
    }

    private static void end(BlockingQueue<Event> watcher) {
        do {
            watcher.clear();
        } while (!watcher.offer(END));
    }
}
