package dev.onda.studio;

import static dev.onda.studio.TestStudio.await;
import static dev.onda.studio.TestStudio.line;
import static dev.onda.studio.TestStudio.wav;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.onda.audio.WavReader;
import dev.onda.audio.Wave;
import dev.onda.cli.DemoCorpus;
import dev.onda.corpus.Partition;
import dev.onda.model.Architecture;
import dev.onda.model.ModelFile;
import dev.onda.recognize.Recognition;
import dev.onda.recognize.Recognizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server as clients see it: what it answers, whom it refuses, what it keeps. Long, since each test asks a whole studio and all share
 * the few lines that do so; streams are in {@link StreamRouteTest}.
 */
class StudioTest {

    private static final Limits SMALL =
            new Limits(400_000, 2_400_000, 5, 8_192, 2, 2, 20, Duration.ofSeconds(30), Duration.ofSeconds(30));

    @TempDir
    private Path folder;

    @Test
    void namesTheWordInAClipAsTheLibraryDoes() throws Exception {
        Path clip = demoClip("yes");
        try (TestStudio studio = new TestStudio(folder)) {
            HttpResponse<byte[]> answer = studio.post("/v1/recognize", Files.readAllBytes(clip));
            assertThat(answer.statusCode()).isEqualTo(200);
            Recognition heard =
                    new Recognizer(ModelFile.read(folder.resolve("box.safetensors"))).recognize(WavReader.read(clip));
            JsonNode json = TestStudio.json(answer);
            assertThat(json.path("word").asString()).isEqualTo(heard.word());
            // A studio that has just started hears by plain arithmetic.
            assertThat(json.path("score").asDouble()).isCloseTo(heard.score(), within(1e-5));
            assertThat(json.path("top").size()).isEqualTo(3);
            assertThat(json.path("model").asString()).isEqualTo("onda");
        }
    }

    @Test
    void refusesWhatIsNoClipInALine() throws Exception {
        try (TestStudio studio = new TestStudio(folder, SMALL, Optional.empty())) {
            HttpResponse<byte[]> text = studio.post("/v1/recognize", "no sound".getBytes(StandardCharsets.UTF_8));
            assertThat(text.statusCode()).isEqualTo(400);
            assertThat(TestStudio.error(text)).startsWith("the clip: ").contains("not a WAV file");
            HttpResponse<byte[]> empty = studio.post("/v1/recognize", wav(new float[0], 16_000));
            assertThat(empty.statusCode()).isEqualTo(400);
            assertThat(TestStudio.error(empty)).isEqualTo("the clip: no sound in it: 0 samples");
            assertThat(TestStudio.error(studio.post("/v1/recognize", new byte[0])))
                    .isEqualTo("no clip was sent; send the bytes of a WAV file: curl --data-binary @clip.wav");
            assertThat(TestStudio.error(studio.post("/v1/recognize", "ID3x".getBytes(StandardCharsets.US_ASCII))))
                    .isEqualTo("the clip: an MP3 file, not a WAV file; convert it: ffmpeg -i in.mp3 out.wav");
            HttpResponse<byte[]> form = studio.send(HttpRequest.newBuilder(studio.uri("/v1/recognize"))
                    .header("Content-Type", "multipart/form-data; boundary=x")
                    .POST(HttpRequest.BodyPublishers.ofString("--x\r\n\r\nRIFF\r\n--x--\r\n")));
            assertThat(form.statusCode()).isEqualTo(400);
            assertThat(TestStudio.error(form))
                    .isEqualTo("a form was sent, not a clip; send the file itself: curl --data-binary @clip.wav");
            HttpResponse<byte[]> slow = studio.post("/v1/recognize", wav(new float[2_000], 20));
            assertThat(slow.statusCode()).as("100 s at 20 Hz").isEqualTo(400);
            assertThat(TestStudio.error(slow)).contains("at most 5 are taken");
            HttpResponse<byte[]> strange = studio.post("/v1/recognize", wav(new float[20], 20));
            assertThat(strange.statusCode()).isEqualTo(400);
            HttpResponse<byte[]> large = studio.post("/v1/recognize", wav(new float[300_000], 192_000));
            assertThat(large.statusCode()).isEqualTo(413);
            HttpResponse<byte[]> chunked = studio.send(HttpRequest.newBuilder(studio.uri("/v1/recognize"))
                    .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[1 << 20]))));
            assertThat(chunked.statusCode()).as("of unknown length").isEqualTo(413);
            HttpResponse<byte[]> unknown = studio.post("/v1/recognize?model=other", wav(new float[16_000], 16_000));
            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(TestStudio.error(unknown)).isEqualTo("no model \"other\"; there are onda");
            for (String path : List.of("..%2fbox", "%2e%2e", "a%5cb", "%00")) {
                assertThat(studio.post("/v1/recognize?model=" + path, wav(new float[16_000], 16_000))
                                .statusCode())
                        .as(path)
                        .isEqualTo(400);
            }
            assertThat(studio.post("/v1/recognize", wav(new float[16_000], 16_000))
                            .statusCode())
                    .as("all is well afterwards")
                    .isEqualTo(200);
        }
    }

    @Test
    void answersToThisMachineOnly() throws Exception {
        try (TestStudio studio = new TestStudio(folder)) {
            assertThat(raw(studio, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n"))
                    .startsWith("HTTP/1.1 200");
            assertThat(raw(studio, "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:80\r\n"))
                    .startsWith("HTTP/1.1 200");
            assertThat(raw(studio, "GET /healthz HTTP/1.1\r\nHost: evil.example\r\n"))
                    .as("another name that leads here")
                    .startsWith("HTTP/1.1 403")
                    .endsWith("{\"error\":\"this server answers to localhost only\"}");
            assertThat(raw(studio, "GET /healthz HTTP/1.1\r\nHost: localhost.evil.example\r\n"))
                    .startsWith("HTTP/1.1 403");
            String own = "Host: localhost:" + studio.port() + "\r\n";
            String body = "Content-Length: 0\r\n";
            assertThat(raw(studio, "PUT /studio/words/a HTTP/1.1\r\n" + own + body + "Origin: http://evil.example\r\n"))
                    .startsWith("HTTP/1.1 403");
            assertThat(raw(studio, "PUT /studio/words/a HTTP/1.1\r\n" + own + body + "Origin: null\r\n"))
                    .startsWith("HTTP/1.1 403");
            assertThat(folder.resolve("words/a")).doesNotExist();
            assertThat(raw(
                            studio,
                            "PUT /studio/words/a HTTP/1.1\r\n" + own + body + "Origin: http://localhost:"
                                    + studio.port() + "\r\n"))
                    .startsWith("HTTP/1.1 201");
            assertThat(raw(studio, "GET /healthz HTTP/1.1\r\nHost: [::1]:80\r\n"))
                    .startsWith("HTTP/1.1 200");
            String upgrade = "GET /v1/stream HTTP/1.1\r\n" + own + "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
            assertThat(raw(studio, upgrade + "Origin: http://evil.example\r\n")).startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void wantsTheTokenWhereOthersCanConnect() throws Exception {
        String token = "correct-horse-battery";
        assertThatThrownBy(() -> settings(InetAddress.getByName("0.0.0.0"), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("so a token is needed");
        assertThatThrownBy(() -> settings(InetAddress.getLoopbackAddress(), Optional.of("short")))
                .hasMessageStartingWith("a token has at least 16 characters, letters, digits");
        assertThatThrownBy(() -> settings(InetAddress.getLoopbackAddress(), Optional.of("with+plus/and slash")))
                .isInstanceOf(IllegalArgumentException.class);
        try (TestStudio studio = new TestStudio(folder, Limits.defaults(), Optional.of(token))) {
            assertThat(studio.get("/").statusCode()).isEqualTo(401);
            assertThat(studio.get("/v1/models").statusCode()).isEqualTo(401);
            assertThat(studio.get("/?token=wrong-horse-battery").statusCode()).isEqualTo(401);
            assertThat(studio.send(HttpRequest.newBuilder(studio.uri("/v1/models"))
                                    .header("Authorization", "Bearer " + token))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(studio.url()).endsWith("/?token=" + token);
            HttpResponse<byte[]> page = studio.get("/?token=" + token);
            assertThat(page.statusCode()).as("to the page without the token").isEqualTo(302);
            String cookie = page.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict");
            assertThat(studio.send(HttpRequest.newBuilder(studio.uri("/"))
                                    .header("Cookie", cookie.substring(0, cookie.indexOf(';'))))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void asksABrowserForTheToken() throws Exception {
        String token = "correct-horse-battery";
        try (TestStudio studio = new TestStudio(folder, Limits.defaults(), Optional.of(token))) {
            HttpResponse<byte[]> page = studio.send(HttpRequest.newBuilder(studio.uri("/"))
                    .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));
            assertThat(page.statusCode()).isEqualTo(401);
            assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'", "form-action 'self'")
                    .doesNotContain("script-src", "unsafe");
            assertThat(new String(page.body(), StandardCharsets.UTF_8))
                    .contains("name=\"token\"", "<div id=\"complaint\" role=\"alert\"></div>")
                    .doesNotContain("<script", " style=");
            HttpResponse<byte[]> again = studio.send(HttpRequest.newBuilder(studio.uri("/?token=wrong-horse-battery"))
                    .header("Accept", "text/html"));
            assertThat(again.statusCode()).isEqualTo(401);
            assertThat(new String(again.body(), StandardCharsets.UTF_8)).contains("That is not the token.");
            HttpResponse<byte[]> program =
                    studio.send(HttpRequest.newBuilder(studio.uri("/v1/models")).header("Accept", "*/*"));
            assertThat(TestStudio.error(program)).startsWith("a token is needed");
            for (String file : List.of("/studio.css", "/icon.svg")) {
                assertThat(studio.get(file).statusCode())
                        .as("how it looks: %s", file)
                        .isEqualTo(200);
            }
            assertThat(studio.get("/studio.js").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void saysThatItLivesWithoutAToken() throws Exception {
        try (TestStudio studio = new TestStudio(folder, Limits.defaults(), Optional.of("correct-horse-battery"))) {
            HttpResponse<byte[]> answer = studio.get("/healthz");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).asString().isEqualTo("{\"status\":\"ok\"}");
            assertThat(studio.get("/metrics").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void listensAtBothAddressesOfLoopback() throws Exception {
        InetAddress ipv4 = InetAddress.ofLiteral("127.0.0.1");
        try (TestStudio studio = new TestStudio(folder)) {
            List<InetAddress> addresses = Entrance.addresses(ipv4);
            assertThat(addresses).startsWith(ipv4);
            for (InetAddress address : addresses) {
                try (Socket socket = new Socket(address, studio.port())) {
                    assertThat(socket.isConnected()).as("%s", address).isTrue();
                }
            }
            Assumptions.assumeTrue(addresses.size() == 2, "this machine has no ::1");
            assertThat(studio.client()
                            .send(
                                    HttpRequest.newBuilder(URI.create("http://[::1]:" + studio.port() + "/healthz"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(Entrance.addresses(InetAddress.ofLiteral("0.0.0.0"))).hasSize(1);
    }

    private StudioSettings settings(InetAddress address, Optional<String> token) {
        return new StudioSettings(address, 0, folder, List.of(), token, "onda test", Limits.defaults());
    }

    @Test
    void saysThatAPortIsTaken() throws Exception {
        try (TestStudio studio = new TestStudio(folder)) {
            StudioSettings same = new StudioSettings(
                    InetAddress.getLoopbackAddress(),
                    studio.port(),
                    folder.resolve("other"),
                    List.of(),
                    Optional.empty(),
                    "onda test",
                    Limits.defaults());
            assertThatThrownBy(() -> Studio.start(same, new TestStudio.Box(folder.resolve("other"))))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("port " + studio.port() + ": cannot be listened at");
        }
    }

    @Test
    void letsOneStudioWorkInAFolder() throws Exception {
        try (TestStudio first = new TestStudio(folder)) {
            assertThat(first.get("/healthz").statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> new TestStudio(folder))
                    .isInstanceOf(IOException.class)
                    .hasMessage(folder + ": another studio works in this folder, or one is still ending; use that one,"
                            + " wait some seconds for its end, or name another --folder");
        }
        try (TestStudio second = new TestStudio(folder)) {
            assertThat(second.get("/healthz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void sendsPoliciesWithoutInlineScript() throws Exception {
        try (TestStudio studio = new TestStudio(folder)) {
            HttpResponse<byte[]> page = studio.get("/");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("script-src 'self'")
                    .contains("default-src 'none'")
                    .doesNotContain("unsafe");
            assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            String html = new String(page.body(), StandardCharsets.UTF_8);
            assertThat(html).doesNotContain(" style=").doesNotContainPattern("<script(?![^>]*src=)");
            assertThat(html).doesNotContainPattern("https?://");
        }
    }

    @Test
    void describesWhatItHas() throws Exception {
        try (TestStudio studio = new TestStudio(folder)) {
            JsonNode description = studio.json("/openapi.json");
            assertThat(description.path("openapi").asString()).startsWith("3.1");
            List<String> paths = new ArrayList<>(description.path("paths").propertyNames());
            assertThat(paths)
                    .containsExactlyInAnyOrder("/v1/recognize", "/v1/stream", "/v1/models", "/healthz", "/metrics");
            for (String path : List.of("/v1/models", "/healthz", "/metrics")) {
                assertThat(studio.get(path).statusCode()).as(path).isEqualTo(200);
            }
            JsonNode model = studio.json("/v1/models").path("models").get(0);
            List<String> required = new ArrayList<>();
            description.at("/components/schemas/Model/required").forEach(name -> required.add(name.asString()));
            assertThat(model.propertyNames()).containsExactlyInAnyOrderElementsOf(required);
            assertThat(model.path("words"))
                    .as("what can be said, not what stands for none of it")
                    .hasSize(18)
                    .allMatch(word -> !word.asString().startsWith("_"));
            assertThat(description
                            .at("/components/schemas/Model/properties/words/description")
                            .asString())
                    .contains("_unknown_", "_silence_");
            studio.post("/v1/recognize", wav(new float[16_000], 16_000));
            assertThat(new String(studio.get("/metrics").body(), StandardCharsets.UTF_8))
                    .contains("onda_recognize_seconds_count 1")
                    .contains("onda_streams ");
        }
    }

    @Test
    void keepsRecordingsAsTheCommandLineReadsThem() throws Exception {
        try (TestStudio studio = new TestStudio(folder)) {
            assertThat(studio.method("PUT", "/studio/words/Marvin").statusCode())
                    .isEqualTo(201);
            HttpResponse<byte[]> kept =
                    studio.post("/studio/words/marvin/clips", wav(beep(48_000 * 2, 48_000), 48_000));
            assertThat(kept.statusCode()).isEqualTo(201);
            String name = TestStudio.json(kept).path("clip").asString();
            studio.post("/studio/words/marvin/clips", wav(beep(8_000, 8_000), 8_000));
            studio.post("/studio/words/_background_noise_/clips", wav(beep(64_000, 16_000), 16_000));
            Path file = folder.resolve("words/marvin/" + name + ".wav");
            assertThat(file).isRegularFile();
            assertThat(Partition.ofFileName(name + ".wav")).isEqualTo(Partition.TRAINING);
            Wave second = WavReader.read(file);
            assertThat(second.sampleRateHz()).isEqualTo(16_000);
            assertThat(second.samples()).hasSize(16_000);
            assertThat(loudest(second)).as("the second with the beep").isGreaterThan(0.4);
            assertThat(WavReader.read(folder.resolve("words/_background_noise_/noise_0.wav"))
                            .seconds())
                    .as("background is kept whole")
                    .isEqualTo(4);
            JsonNode words = studio.json("/studio/words");
            assertThat(words.get(0).path("word").asString()).isEqualTo("marvin");
            assertThat(words.get(0).path("clips").size()).isEqualTo(2);
            JsonNode clip = words.get(0).path("clips").get(0);
            assertThat(clip.path("peaks").size()).isEqualTo(120);
            assertThat(clip.path("isCutAtEnd").asBoolean())
                    .as("the beep has no end")
                    .isTrue();
            assertThat(clip.path("isCutAtStart").asBoolean()).isFalse();
            String other = words.get(0).path("clips").get(1).path("clip").asString();
            assertThat(other.substring(0, 8)).as("one speaker").isEqualTo(name.substring(0, 8));
            assertThat(studio.get("/studio/words/marvin/clips/" + name).body()).isEqualTo(Files.readAllBytes(file));
            assertThat(studio.method("DELETE", "/studio/words/marvin/clips/" + name)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(file).doesNotExist();
            assertThat(studio.method("DELETE", "/studio/words/marvin").statusCode())
                    .isEqualTo(200);
            assertThat(folder.resolve("words/marvin")).doesNotExist();
        }
    }

    @Test
    void letsNoNameLeadOutOfItsFolder() throws Exception {
        Files.writeString(folder.resolve("secret.wav"), "what is hidden");
        try (TestStudio studio = new TestStudio(folder)) {
            for (String word :
                    List.of("..%2fx", "..", "%2e%2e", ".hidden", "a%2fb", "a%5cb", "con", "%00", "a".repeat(41))) {
                assertThat(studio.method("PUT", "/studio/words/" + word).statusCode())
                        .as(word)
                        .isBetween(400, 404);
            }
            for (String path : List.of(
                    "/studio/words/_background_noise_/clips/..%2f..%2fsecret",
                    "/studio/words/..%2f/clips/secret",
                    "/pages/..%2f/",
                    "/pages/explore-..%2f../",
                    "/studio/models/..%2fbox",
                    "/../secret.wav",
                    "/%2e%2e/secret.wav",
                    "/studio.js/../../secret.wav")) {
                HttpResponse<byte[]> answer = studio.get(path);
                assertThat(answer.statusCode()).as(path).isBetween(400, 404);
                assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                        .as("nothing of this machine")
                        .doesNotContain("what is hidden", folder.toString(), "java.");
            }
            try (var words = Files.list(folder.resolve("words"))) {
                assertThat(words).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT /studio/words/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "nonsense\r\n\r\n"
            })
    void saysThatItHangsUpOnABrokenRequest(String said) throws Exception {
        try (TestStudio studio = new TestStudio(folder);
                Socket socket = new Socket("localhost", studio.port())) {
            socket.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 400 ")
                    .contains("\r\nConnection: close\r\n")
                    .endsWith("\r\n\r\n{\"error\":\"the request is broken\"}");
        }
    }

    @Test
    void goesOnWithATrainingThatWasStopped() throws Exception {
        JsonNode stopped;
        String settings = "{\"corpus\":\"demo\",\"architecture\":\"m5\",\"epochs\":2}";
        try (TestStudio studio = new TestStudio(folder)) {
            assertThat(studio.post("/studio/runs/short", "{\"corpus\":\"none\",\"architecture\":\"m5\",\"epochs\":2}")
                            .statusCode())
                    .isEqualTo(404);
            studio.post("/studio/runs/alone", "{\"corpus\":\"words\",\"architecture\":\"m5\",\"epochs\":2}");
            await(() -> studio.json("/studio/job").path("state").asString("").equals("failed"));
            assertThat(studio.json("/studio/runs").size())
                    .as("what failed at once is not there")
                    .isZero();
            assertThat(studio.post("/studio/runs/short", settings).statusCode()).isEqualTo(202);
            assertThat(studio.post("/studio/runs/other", settings).statusCode())
                    .as("one at a time")
                    .isEqualTo(409);
            await(() -> studio.json("/studio/job").at("/training/loss").asDouble(0) > 0);
            assertThat(studio.post("/studio/runs/short/stop", "").statusCode()).isEqualTo(200);
            await(() -> studio.json("/studio/job").path("state").asString("").equals("stopped"));
            JsonNode run = studio.json("/studio/runs").get(0);
            assertThat(run.path("state").asString()).isEqualTo("stopped");
            assertThat(run.path("history").size()).isLessThan(2);
            stopped = studio.json("/studio/job").path("training");
            assertThat(stopped.path("clipsOfEpoch").asInt()).isEqualTo(900);
            assertThat(stopped.path("validationClips").asInt()).isEqualTo(140);
            assertThat(stopped.path("loss").asDouble()).isPositive();
        }
        try (TestStudio studio = new TestStudio(folder)) {
            assertThat(studio.json("/studio/runs").get(0).path("state").asString())
                    .isEqualTo("stopped");
            try (InputStream in = studio.events()) {
                assertThat(studio.post("/studio/runs/short/resume", "").statusCode())
                        .isEqualTo(202);
                JsonNode far = nextTraining(in);
                assertThat(far.path("epoch")).as("the epoch it was stopped in").isEqualTo(stopped.path("epoch"));
                assertThat(far.path("clips")).isEqualTo(stopped.path("clips"));
            }
            await(() -> studio.json("/studio/job").path("state").asString("").equals("done"));
            JsonNode run = studio.json("/studio/runs").get(0);
            assertThat(run.path("state").asString()).isEqualTo("done");
            assertThat(run.path("history").size()).isEqualTo(2);
            int best = run.at("/model/bestEpoch").asInt();
            assertThat(best).isBetween(1, 2);
            assertThat(run.at("/model/validationAccuracy").asDouble())
                    .isCloseTo(
                            run.path("history")
                                    .get(best - 1)
                                    .path("validationAccuracy")
                                    .asDouble(),
                            within(1e-3));
            assertThat(run.path("validationClips").asInt()).isEqualTo(140);
            assertThat(run.has("caution")).as("140 clips say something").isFalse();
            assertThat(studio.json("/studio/job").path("text").asString())
                    .matches("validation accuracy [0-9.]+ % on 140 clips");
        }
        try (TestStudio studio = new TestStudio(folder)) {
            JsonNode run = studio.json("/studio/runs").get(0);
            assertThat(run.at("/confusion/rows").size())
                    .as("kept, though the studio was closed")
                    .isEqualTo(10);
            assertThat(studio.json("/v1/models")
                            .path("models")
                            .get(1)
                            .path("name")
                            .asString())
                    .isEqualTo("short");
            assertThat(studio.post("/studio/runs/short", settings).statusCode())
                    .as("the name is taken")
                    .isEqualTo(409);
            assertThat(studio.method("DELETE", "/studio/runs/short").statusCode())
                    .isEqualTo(200);
            assertThat(studio.json("/studio/runs").size()).isZero();
            assertThat(studio.get("/studio/models/short").body())
                    .as("the model stays")
                    .isEqualTo(Files.readAllBytes(folder.resolve("models/short.safetensors")));
        }
    }

    @Test
    void tellsWhatNetworksCostAndWhichOneToStartWith() throws Exception {
        Path large = Files.createDirectories(folder.resolve("corpora/large/word"));
        for (int clip = 0; clip < 10_000; clip++) {
            Files.createFile(large.resolve(clip + ".wav"));
        }
        try (TestStudio studio = new TestStudio(folder)) {
            JsonNode networks = studio.json("/studio/networks");
            assertThat(networks.size()).isEqualTo(Architecture.all().size());
            for (JsonNode network : networks) {
                assertThat(network.path("parameters").asLong()).isPositive();
                assertThat(network.path("multiplyAccumulates").asLong()).isPositive();
                assertThat(network.path("epochs").asInt()).isPositive();
            }
            JsonNode corpora = studio.json("/studio/corpora");
            assertThat(corpora.get(1).path("name").asString()).isEqualTo("demo");
            assertThat(corpora.get(1).path("network").asString()).isEqualTo("onda-s");
            assertThat(corpora.get(2).path("name").asString()).isEqualTo("large");
            assertThat(corpora.get(2).path("network").asString()).isEqualTo("onda-m");
        }
    }

    @Test
    void reportsOnThePartitionThatIsAskedFor() throws Exception {
        try (TestStudio studio = new TestStudio(folder)) {
            HttpResponse<byte[]> refused = studio.post("/studio/pages/report/onda/demo?partition=training", "");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(TestStudio.error(refused)).isEqualTo("\"partition\": validation or testing");
            studio.post("/studio/pages/report/onda/demo?partition=testing", "");
            await(() -> studio.json("/studio/job").path("state").asString("").equals("done"));
            assertThat(studio.json("/studio/pages").get(0).asString()).isEqualTo("report-onda_demo_testing");
            assertThat(new String(studio.get("/pages/report-onda_demo_testing/").body(), StandardCharsets.UTF_8))
                    .contains("testing clips are right")
                    .contains("No testing clips of bed, cat, eight")
                    .contains("in this corpus: they are not judged.");
        }
    }

    @Test
    void warnsOfAnAccuracyThatAFewClipsMeasure() throws Exception {
        Path demo = DemoCorpus.unpackTo(folder.resolve("demo"));
        for (String word : List.of("yes", "no")) {
            copySome(demo.resolve(word), folder.resolve("corpora/few").resolve(word), Partition.TRAINING, 5);
            copySome(demo.resolve(word), folder.resolve("corpora/few").resolve(word), Partition.VALIDATION, 1);
        }
        try (TestStudio studio = new TestStudio(folder)) {
            studio.post("/studio/runs/small", "{\"corpus\":\"few\",\"architecture\":\"m5\",\"epochs\":1}");
            await(() -> studio.json("/studio/job").path("state").asString("").equals("done"));
            assertThat(studio.json("/studio/job").path("text").asString())
                    .contains(" on 2 clips; only 2 clips judge this training, so its accuracy says next to nothing");
        }
        try (TestStudio studio = new TestStudio(folder)) {
            JsonNode run = studio.json("/studio/runs").get(0);
            assertThat(run.path("validationClips").asInt())
                    .as("its model knows it")
                    .isEqualTo(2);
            assertThat(run.path("caution").asString()).startsWith("only 2 clips judge this training");
        }
    }

    @Test
    void namesACorpusFromItsOwnFolder() throws Exception {
        Files.createDirectories(folder.resolve("corpora/leer"));
        try (TestStudio studio = new TestStudio(folder)) {
            studio.post("/studio/runs/none", "{\"corpus\":\"leer\",\"architecture\":\"m5\",\"epochs\":1}");
            await(() -> studio.json("/studio/job").path("state").asString("").equals("failed"));
            assertThat(studio.json("/studio/job").path("text").asString())
                    .isEqualTo("corpora/leer: no folders with audio files; expected one folder a word,"
                            + " as in <folder>/yes/clip.wav");
        }
    }

    private static void copySome(Path from, Path to, Partition partition, int count) throws IOException {
        Files.createDirectories(to);
        List<Path> some;
        try (var clips = Files.list(from)) {
            some = clips.filter(clip -> Partition.ofFileName(clip.getFileName().toString()) == partition)
                    .sorted()
                    .limit(count)
                    .toList();
        }
        for (Path clip : some) {
            Files.copy(clip, to.resolve(clip.getFileName()));
        }
    }

    @Test
    void saysWhatIsDoubtfulInWhatItIsTaught() throws Exception {
        Path demo = DemoCorpus.unpackTo(folder.resolve("demo")).resolve("yes");
        try (TestStudio studio = new TestStudio(folder)) {
            studio.method("PUT", "/studio/words/lamp");
            assertThat(TestStudio.error(studio.post(
                            "/studio/teach", "{\"model\":\"onda\",\"name\":\"mine\",\"words\":[\"lamp\"]}")))
                    .isEqualTo("\"lamp\" has no recordings and is left out; nothing is left to learn");
            try (var clips = Files.list(demo)) {
                for (Path clip : clips.sorted().limit(5).toList()) {
                    studio.post("/studio/words/wow/clips", Files.readAllBytes(clip));
                }
            }
            studio.post("/studio/words/wow/clips", wav(new float[16_000], 16_000));
            HttpResponse<byte[]> begun =
                    studio.post("/studio/teach", "{\"model\":\"onda\",\"name\":\"mine\",\"words\":[\"lamp\",\"wow\"]}");
            assertThat(begun.statusCode()).isEqualTo(202);
            assertThat(TestStudio.json(begun).path("words").toString()).isEqualTo("[\"wow\"]");
            assertThat(TestStudio.json(begun).path("notes").toString())
                    .contains(
                            "has no recordings and is left out",
                            "1 of 6 recordings is doubtful (too quiet, too loud or cut off) and used all the same");
            await(() -> studio.json("/studio/job").path("state").asString("").equals("done"));
            assertThat(studio.json("/studio/job").path("text").asString())
                    .startsWith("Learned wow from 6 recordings.")
                    .contains("\"lamp\" has no recordings and is left out. 1 of 6 recordings is doubtful")
                    .contains("Most recordings of 'wow' (")
                    .contains(" of 6) sound like 'yes' to the model; choose another word, or expect mix-ups.");
        }
    }

    @Test
    void tellsWatchersWhatHappens() throws Exception {
        try (TestStudio studio = new TestStudio(folder)) {
            try (InputStream in = studio.events()) {
                assertThat(line(in)).isEqualTo("event: hello");
                studio.post("/studio/pages/explore/demo", "");
                String line = line(in);
                while (!line.contains("\"state\":\"done\"")) {
                    line = line(in);
                }
                assertThat(line).startsWith("data: {\"kind\":\"explore\",\"name\":\"explore-demo\"");
            }
            assertThat(studio.json("/studio/pages").get(0).asString()).isEqualTo("explore-demo");
            HttpResponse<byte[]> page = studio.get("/pages/explore-demo/");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .doesNotContain("script-src");
        }
    }

    @Test
    void tellsWatchersWhichListsChanged() throws Exception {
        Path models = Files.createDirectories(folder.resolve("models"));
        try (TestStudio studio = new TestStudio(folder)) {
            Files.copy(folder.resolve("box.safetensors"), models.resolve("copy.safetensors"));
            try (InputStream in = studio.events()) {
                studio.method("PUT", "/studio/words/marvin");
                assertThat(nextChange(in)).isEqualTo("words");
                assertThat(studio.method("DELETE", "/studio/models/copy").statusCode())
                        .isEqualTo(200);
                assertThat(nextChange(in)).isEqualTo("models");
            }
            assertThat(studio.json("/v1/models").path("models").size()).isEqualTo(1);
        }
    }

    /** How far a training is when pages first hear of that. */
    private static JsonNode nextTraining(InputStream in) throws IOException {
        String line = line(in);
        while (!line.contains("\"training\":")) {
            line = line(in);
        }
        return JsonMapper.shared().readTree(line.substring("data: ".length())).path("training");
    }

    private static String nextChange(InputStream in) throws IOException {
        String line = line(in);
        while (!line.equals("event: changed")) {
            line = line(in);
        }
        return JsonMapper.shared()
                .readTree(line(in).substring("data: ".length()))
                .path("what")
                .asString();
    }

    @Test
    void endsATrainingWithACheckpointWhenItIsClosed() throws Exception {
        try (TestStudio studio = new TestStudio(folder)) {
            studio.post("/studio/runs/long", "{\"corpus\":\"demo\",\"architecture\":\"m5\",\"epochs\":1000}");
            await(() -> studio.json("/studio/job").path("text").asString("").startsWith("epoch"));
        }
        assertThat(folder.resolve("runs/long/model.checkpoint.safetensors")).isRegularFile();
        try (TestStudio studio = new TestStudio(folder)) {
            assertThat(studio.json("/studio/runs").get(0).path("state").asString())
                    .isEqualTo("stopped");
        }
    }

    @Test
    void takesNoMoreWorkWhileItEnds() throws Exception {
        try (TestStudio studio = new TestStudio(folder);
                InputStream in = studio.events()) {
            assertThat(line(in)).isEqualTo("event: hello");
            assertThat(studio.end()).as("nothing to wait for").isEmpty();
            String line = line(in);
            while (!line.startsWith("event: ")) {
                line = line(in);
            }
            assertThat(line).isEqualTo("event: ending");
            for (HttpResponse<byte[]> answer : List.of(
                    studio.method("PUT", "/studio/words/marvin"),
                    studio.post("/v1/recognize", wav(new float[16_000], 16_000)),
                    studio.post("/studio/pages/explore/demo", ""))) {
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(TestStudio.error(answer))
                        .isEqualTo("the studio is stopping and takes no more work; start it again, then repeat this");
            }
            assertThat(studio.get("/studio/words").statusCode())
                    .as("to look is no work")
                    .isEqualTo(200);
        }
    }

    @Test
    void leavesOutWhatIsDamaged() throws Exception {
        Files.createDirectories(folder.resolve("models"));
        Files.writeString(folder.resolve("models/broken.safetensors"), "no model");
        Files.createDirectories(folder.resolve("runs/broken"));
        Files.writeString(folder.resolve("runs/broken/run.json"), "{");
        try (TestStudio studio = new TestStudio(folder)) {
            assertThat(studio.json("/v1/models").path("models").size()).isEqualTo(1);
            assertThat(studio.json("/studio/runs").size()).isZero();
            HttpResponse<byte[]> answer = studio.post("/v1/recognize?model=broken", wav(new float[16_000], 16_000));
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(TestStudio.error(answer)).isEqualTo("a file could not be read or written");
        }
    }

    @Test
    void refusesPagesOfOtherSitesEvenToRead() throws Exception {
        try (TestStudio studio = new TestStudio(folder)) {
            for (String site : List.of("cross-site", "same-site")) {
                HttpRequest.Builder read = HttpRequest.newBuilder(studio.uri("/studio/words"))
                        .header("Sec-Fetch-Site", site)
                        .header("Sec-Fetch-Mode", "no-cors");
                assertThat(studio.send(read).statusCode()).isEqualTo(403);
            }
            HttpRequest.Builder link = HttpRequest.newBuilder(studio.uri("/"))
                    .header("Sec-Fetch-Site", "cross-site")
                    .header("Sec-Fetch-Mode", "navigate");
            assertThat(studio.send(link).statusCode()).as("a link to the page").isEqualTo(200);
        }
    }

    @Test
    void answersBrokenRequestsWithALine() throws Exception {
        try (TestStudio studio = new TestStudio(folder)) {
            String chunked = raw(
                    studio,
                    "POST /v1/recognize HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n",
                    "zz\r\n\r\n");
            assertThat(chunked).startsWith("HTTP/1.1 400").doesNotContain("Exception", "\tat ");
            assertThat(raw(studio, "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(100_000) + "\r\n"))
                    .startsWith("HTTP/1.1 431");
        }
    }

    @Test
    void servesOnWhileConnectionsLieIdleOrSendNonsense() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try (TestStudio studio = new TestStudio(folder, SMALL, Optional.empty())) {
            for (String said : List.of(
                    "",
                    "GET / HTTP",
                    "nonsense\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(100_000),
                    "POST /v1/recognize HTTP/1.1\r\nHost: localhost\r\nContent-Length: 400000\r\n\r\nRIFF",
                    "POST /v1/recognize HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                    "POST /v1/recognize HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")) {
                Socket socket = new Socket("localhost", studio.port());
                sockets.add(socket);
                try {
                    socket.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // Refused while it was still being said.
                }
            }
            assertThat(studio.post("/v1/recognize", wav(new float[16_000], 16_000))
                            .statusCode())
                    .isEqualTo(200);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private Path demoClip(String word) throws IOException {
        Path corpus = DemoCorpus.unpackTo(folder.resolve("demo"));
        try (var clips = Files.list(corpus.resolve(word))) {
            return clips.sorted().findFirst().orElseThrow();
        }
    }

    /** Silence with a tone in its last third. */
    private static float[] beep(int samples, int rateHz) {
        float[] beep = new float[samples];
        for (int i = 2 * samples / 3; i < samples; i++) {
            beep[i] = (float) (0.5 * Math.sin(2 * Math.PI * 440 * i / rateHz));
        }
        return beep;
    }

    private static double loudest(Wave wave) {
        double most = 0;
        for (float sample : wave.samples()) {
            most = Math.max(most, Math.abs(sample));
        }
        return most;
    }

    /** What is answered to a request as it stands, whose head is ended here. */
    private static String raw(TestStudio studio, String head) throws IOException {
        return raw(studio, head, "");
    }

    private static String raw(TestStudio studio, String head, String body) throws IOException {
        try (Socket socket = new Socket("localhost", studio.port())) {
            socket.getOutputStream()
                    .write((head.replaceFirst("(?i)(\r\nHost:)", "\r\nConnection: close$1") + "\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
