package dev.onda.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onda.audio.WavReader;
import dev.onda.cli.DemoCorpus;
import dev.onda.model.ModelFile;
import dev.onda.recognize.Detection;
import dev.onda.recognize.StreamModel;
import dev.onda.recognize.StreamRecognizer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StreamRouteTest {

    private static final int TWO_STREAMS = 2;
    private static final int FRAME = 8_192;
    private static final int MANY_STREAMS = 20;
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private Path folder;

    /** A client that keeps what comes. */
    private static final class Client implements WebSocket.Listener {
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                messages.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            messages.add("closed " + status + " " + reason);
            return null;
        }

        String next() throws InterruptedException {
            String next = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(next).as("a message").isNotNull();
            return String.valueOf(next);
        }

        JsonNode json() throws InterruptedException {
            return JsonMapper.shared().readTree(next());
        }
    }

    /** Who is silent is not let go for it: whatever ends a stream here is another limit. */
    private static Limits limits(int streams) {
        Duration never = Duration.ofHours(1);
        return new Limits(400_000, 2_400_000, 5, FRAME, streams, 2, 100, never, never);
    }

    private static WebSocket open(TestStudio studio, String query, Client client) {
        return studio.client()
                .newWebSocketBuilder()
                .buildAsync(studio.socket("/v1/stream" + query), client)
                .join();
    }

    @Test
    void hearsWhatTheLibraryHears() throws Exception {
        byte[] sound = spoken();
        try (TestStudio studio = new TestStudio(folder)) {
            List<Detection> expected = new ArrayList<>();
            List<Double> judged = new ArrayList<>();
            StreamModel model = new StreamModel(ModelFile.read(folder.resolve("box.safetensors")));
            StreamRecognizer library = model.open(8_000, 1, expected::add);
            library.tap((time, posteriors) -> judged.add(time));
            library.pushPcm16(sound, 0, sound.length);
            library.finish();

            Client client = new Client();
            WebSocket socket = open(studio, "?rate=8000&scores=true", client);
            JsonNode ready = client.json();
            assertThat(ready.path("type").asString()).isEqualTo("ready");
            assertThat(ready.path("words").size()).isEqualTo(20);
            for (int at = 0; at < sound.length; at += 999) {
                int some = Math.min(999, sound.length - at);
                socket.sendBinary(ByteBuffer.wrap(sound, at, some), true).join();
            }
            socket.sendText("end", true).join();
            List<String> words = new ArrayList<>();
            int scores = 0;
            JsonNode message = client.json();
            while (!message.path("type").asString().equals("end")) {
                switch (message.path("type").asString()) {
                    case "detection" -> words.add(message.path("word").asString());
                    case "scores" -> scores++;
                    default -> throw new AssertionError(message);
                }
                message = client.json();
            }
            assertThat(words)
                    .containsExactlyElementsOf(
                            expected.stream().map(Detection::word).toList());
            assertThat(scores).isEqualTo(judged.size()).isGreaterThan(20);
            assertThat(client.next()).startsWith("closed 1000");
        }
    }

    @Test
    void closesWhatIsWrongAndServesTheOthers() throws Exception {
        try (TestStudio studio = new TestStudio(folder, limits(MANY_STREAMS), Optional.empty())) {
            Client other = new Client();
            WebSocket good = open(studio, "", other);
            other.next();
            for (String query : List.of(
                    "?rate=x",
                    "?rate=0",
                    "?rate=2000000000",
                    "?rate=63",
                    "?channels=9",
                    "?channels=0",
                    "?channels=-1",
                    "?model=no")) {
                Client client = new Client();
                open(studio, query, client);
                assertThat(client.next()).as(query).startsWith("closed 1008");
            }
            Client large = new Client();
            open(studio, "", large)
                    .sendBinary(ByteBuffer.wrap(new byte[FRAME + 1]), true)
                    .join();
            large.next();
            assertThat(large.next()).as("a message beyond the limit").startsWith("closed 1009");
            Client odd = new Client();
            open(studio, "", odd).sendText("hello", true).join();
            odd.next();
            assertThat(odd.next()).startsWith("closed 1008").contains("binary messages are samples");
            good.sendBinary(ByteBuffer.wrap(new byte[FRAME]), true).join();
            good.sendText("end", true).join();
            assertThat(other.next()).contains("\"end\"");
        }
    }

    @Test
    void opensNoMoreStreamsThanItMay() throws Exception {
        try (TestStudio studio = new TestStudio(folder, limits(TWO_STREAMS), Optional.empty())) {
            List<WebSocket> open = new ArrayList<>();
            for (int i = 0; i < TWO_STREAMS; i++) {
                Client client = new Client();
                open.add(open(studio, "", client));
                assertThat(client.next()).contains("ready");
            }
            Client refused = new Client();
            open(studio, "", refused);
            assertThat(refused.next()).startsWith("closed 1013").contains("2 streams are open already");
            open.getFirst().abort();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            String answer;
            do {
                assertThat(System.nanoTime())
                        .as("the first one's place is free again")
                        .isLessThan(end);
                Client again = new Client();
                WebSocket socket = open(studio, "", again);
                answer = again.next();
                if (answer.contains("ready")) {
                    socket.abort();
                }
            } while (!answer.contains("ready"));
            open.getLast().abort();
        }
    }

    @Test
    void cutsOffWhoDoesNotRead() throws Exception {
        try (TestStudio studio = new TestStudio(folder, limits(TWO_STREAMS), Optional.empty());
                Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress("localhost", studio.port()));
            OutputStream out = socket.getOutputStream();
            String upgrade = """
                    GET /v1/stream?scores=true HTTP/1.1
                    Host: localhost
                    Upgrade: websocket
                    Connection: Upgrade
                    Sec-WebSocket-Version: 13
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                    """;
            out.write(upgrade.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] frame = new byte[8 + FRAME];
            frame[0] = (byte) 0x82; // binary, whole
            frame[1] = (byte) 0xFE; // masked (with zeros), length in two bytes
            frame[2] = (byte) (FRAME >> 8);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 40_000; i++) {
                            out.write(frame);
                        }
                    })
                    .as("hours of silence, whose windows are told and not read")
                    .isInstanceOf(IOException.class);
            Client other = new Client();
            WebSocket good = open(studio, "", other);
            assertThat(other.next()).contains("ready");
            good.sendText("end", true).join();
            assertThat(other.next()).contains("\"end\"");
        }
    }

    /** Twelve clips, a second apart. */
    private byte[] spoken() throws IOException {
        Path corpus = DemoCorpus.unpackTo(folder.resolve("demo"));
        List<Path> clips;
        try (var files = Files.list(corpus.resolve("yes"))) {
            clips = files.sorted().limit(12).toList();
        }
        byte[] sound = new byte[clips.size() * 2 * 2 * 8_000];
        int at = 0;
        for (Path clip : clips) {
            float[] samples = WavReader.read(clip).samples();
            for (int i = 0; i < samples.length; i++) {
                int value = Math.round(samples[i] * 32_767);
                sound[at + 2 * i] = (byte) value;
                sound[at + 2 * i + 1] = (byte) (value >> 8);
            }
            at += 2 * 2 * 8_000;
        }
        return sound;
    }
}
