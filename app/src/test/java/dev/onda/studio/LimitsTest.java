package dev.onda.studio;

import static dev.onda.studio.TestStudio.await;
import static dev.onda.studio.TestStudio.line;
import static dev.onda.studio.TestStudio.wav;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one client cannot take from the others, and that closing waits for none. */
class LimitsTest {

    private static final int BODY = 400_000;
    private static final int WATCHERS = 2;
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    /** What a body may be and take, all else being plenty. */
    private TestStudio studio(Duration slowest) throws IOException {
        return new TestStudio(
                folder, new Limits(BODY, 6 * BODY, 5, 8_192, 2, WATCHERS, 20, LONG, slowest), Optional.empty());
    }

    private static Socket say(TestStudio studio, String head) throws IOException {
        Socket socket = new Socket("localhost", studio.port());
        socket.getOutputStream().write((head + " HTTP/1.1\r\nHost: localhost\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Begins a request whose body never ends. */
    private static Socket beginBody(TestStudio studio) throws IOException {
        Socket socket = say(studio, "POST /v1/recognize");
        socket.getOutputStream().write(("Content-Length: " + BODY + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void refusesABodyThatComesTooSlowly() throws Exception {
        try (TestStudio studio = studio(Duration.ofMillis(1));
                Socket socket = beginBody(studio)) {
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            await(() -> {
                out.write(0);
                return in.available() > 0;
            });
            assertThat(line(in)).startsWith("HTTP/1.1 408");
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .endsWith("{\"error\":\"the clip came too slowly\"}");
        }
    }

    @Test
    void refusesABodyWhenTooManyAreInMemory() throws Exception {
        byte[] clip = wav(new float[3 * 16_000], 16_000);
        try (TestStudio studio = studio(LONG)) {
            try (Socket holder = beginBody(studio)) {
                holder.getOutputStream().write(new byte[BODY - 1]);
                await(() -> {
                    HttpResponse<byte[]> answer = studio.post("/v1/recognize", clip);
                    return answer.statusCode() == 503
                            && TestStudio.error(answer).equals("too much is being sent at once; try again");
                });
            }
            await(() -> studio.post("/v1/recognize", clip).statusCode() == 200);
        }
    }

    @Test
    void tellsNoMorePagesThanItMay() throws Exception {
        try (TestStudio studio = studio(LONG)) {
            List<InputStream> watching = new ArrayList<>();
            for (int i = 0; i < WATCHERS; i++) {
                watching.add(watch(studio));
                assertThat(line(watching.getLast())).isEqualTo("event: hello");
            }
            HttpResponse<byte[]> refused = studio.get("/studio/events");
            assertThat(refused.statusCode()).as("one too many").isEqualTo(503);
            assertThat(TestStudio.error(refused)).isEqualTo("too many pages are open at once; close some");
            watching.removeFirst().close();
            await(() -> {
                studio.method("PUT", "/studio/words/news"); // who is told of it and is gone is noticed
                try (InputStream in = watch(studio)) {
                    return line(in).equals("event: hello");
                }
            });
            watching.getFirst().close();
        }
    }

    private static InputStream watch(TestStudio studio) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(studio.uri("/studio/events"))
                .header("Accept", "text/event-stream")
                .build();
        return studio.client()
                .send(request, HttpResponse.BodyHandlers.ofInputStream())
                .body();
    }

    @Test
    void closesWhileClientsAreConnected() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        TestStudio studio = studio(LONG);
        try {
            Socket watcher = say(studio, "GET /studio/events");
            sockets.add(watcher);
            watcher.getOutputStream().write("Accept: text/event-stream\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Socket stream = say(studio, "GET /v1/stream");
            sockets.add(stream);
            stream.getOutputStream().write("""
                            Upgrade: websocket
                            Connection: Upgrade
                            Sec-WebSocket-Version: 13
                            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                            """.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            sockets.add(beginBody(studio));
            assertThat(line(watcher.getInputStream())).startsWith("HTTP/1.1 200");
            assertThat(line(stream.getInputStream())).startsWith("HTTP/1.1 101");
        } finally {
            assertTimeoutPreemptively(PATIENCE, studio::close);
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
