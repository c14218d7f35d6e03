package dev.onda.studio;

import io.javalin.http.HttpStatus;
import io.javalin.http.sse.SseClient;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
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

    private final int most;
    private final Set<BlockingQueue<Event>> watchers = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    Events(Limits limits) {
        most = limits.watchers();
    }

    /** Whether so many watch that another one is refused. */
    boolean isFull() {
        return watchers.size() >= most;
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

    /** Tells one client of everything from now on, until it or this is closed. */
    void watch(SseClient client) {
        BlockingQueue<Event> own = new ArrayBlockingQueue<>(MOST_WAITING);
        watchers.add(own);
        try {
            client.sendEvent("hello", "{}");
            while (!isClosed && !client.terminated()) {
                Event event = own.poll(BREATH_SECONDS, TimeUnit.SECONDS);
                if (event == null) {
                    client.sendComment("still here");
                } else if (event.equals(END)) {
                    return;
                } else {
                    client.sendEvent(event.name(), event.data());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watchers.remove(own);
            client.close();
        }
    }

    /** Refuses a client where there are many already. */
    void checkRoom() {
        if (isFull()) {
            throw new Refusal(HttpStatus.SERVICE_UNAVAILABLE, most + " pages watch already; close one");
        }
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
