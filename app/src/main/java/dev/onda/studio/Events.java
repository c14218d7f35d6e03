package dev.onda.studio;

import io.javalin.http.sse.SseClient;
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

    /** Tells one client of everything from now on, until it or this is closed; at once nothing more where there are many already. */
    void watch(SseClient client) {
        if (!free.tryAcquire()) {
            client.close();
            return;
        }
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
            free.release();
            client.close();
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
