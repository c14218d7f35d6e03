package dev.onda.studio;

import static dev.onda.studio.TestStudio.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.StringNode;

class EventsTest {

    /** More than all queues between here and a client hold, of this size. */
    private static final int MANY = 2_000;

    private static final StringNode LARGE = StringNode.valueOf("x".repeat(16 << 10));

    private static final int MANY_PAGES = 100;

    private final Events events = new Events(
            new Limits(1 << 20, 6 << 20, 5, 8_192, 2, MANY_PAGES + 1, 20, Duration.ofHours(1), Duration.ofHours(1)));
    private final Javalin server = Javalin.create(config -> {
                config.startup.showJavalinBanner = false;
                config.concurrency.useVirtualThreads = true;
                config.routes.get("/events", events::watch);
            })
            .start(0);

    @AfterEach
    void stop() {
        events.close();
        server.stop();
    }

    private InputStream watch() throws IOException {
        Socket socket = new Socket("localhost", server.port());
        socket.getOutputStream()
                .write("GET /events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        InputStream in = new BufferedInputStream(socket.getInputStream());
        awaitEvent(in, "hello");
        return in; // closing it closes the socket
    }

    private static void awaitEvent(InputStream in, String name) throws IOException {
        String line = line(in);
        while (!line.equals("event: " + name)) {
            line = line(in);
        }
    }

    @Test
    void survivesManyPagesThatAreClosed() throws IOException {
        for (int i = 0; i < MANY_PAGES; i++) {
            watch().close();
            events.tell("some", LARGE);
        }
        try (InputStream in = watch()) {
            events.tell("some", LARGE);
            awaitEvent(in, "some");
        }
    }

    @Test
    void letsGoWhoDoesNotReadAndTellsTheOthers() throws IOException {
        try (InputStream idle = watch();
                InputStream other = watch()) {
            for (int i = 0; i < MANY; i++) {
                events.tell("large", LARGE);
                awaitEvent(other, "large");
            }
            events.tell("last", LARGE);
            awaitEvent(other, "last");
            String told = new String(idle.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(told).contains("event: large").doesNotContain("event: last");
        }
    }
}
