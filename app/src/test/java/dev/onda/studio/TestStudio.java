package dev.onda.studio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onda.audio.SampleFormat;
import dev.onda.audio.WavWriter;
import dev.onda.audio.Wave;
import dev.onda.cli.DemoCorpus;
import dev.onda.model.Model;
import dev.onda.model.ModelFile;
import dev.onda.train.Epoch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A studio in a folder of its own, and a client for it. */
final class TestStudio implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Studio studio;
    private final HttpClient client = HttpClient.newHttpClient();

    TestStudio(Path folder) throws IOException {
        this(folder, Limits.defaults(), Optional.empty());
    }

    TestStudio(Path folder, Limits limits, Optional<String> token) throws IOException {
        studio = Studio.start(
                new StudioSettings(InetAddress.getLoopbackAddress(), 0, folder, List.of(), token, "onda test", limits),
                new Box(folder));
    }

    /** The model and the corpus in the box. */
    record Box(Path folder) implements Studio.Supplies {
        @Override
        public Model box() throws IOException {
            Files.createDirectories(folder);
            Path copy = folder.resolve("box.safetensors");
            try (InputStream in =
                    Objects.requireNonNull(TestStudio.class.getResourceAsStream("/dev/onda/box/onda.safetensors"))) {
                Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            }
            return ModelFile.read(copy);
        }

        @Override
        public long boxBytes() throws IOException {
            return Files.size(folder.resolve("box.safetensors"));
        }

        @Override
        public List<Epoch> boxHistory() {
            return List.of();
        }

        @Override
        public void unpackDemo(Path to) throws IOException {
            DemoCorpus.unpackTo(to);
        }
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + studio.port() + path);
    }

    URI socket(String path) {
        return URI.create("ws://localhost:" + studio.port() + path);
    }

    int port() {
        return studio.port();
    }

    String url() {
        return studio.url();
    }

    Optional<String> end() {
        return studio.end();
    }

    HttpClient client() {
        return client;
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    HttpResponse<byte[]> post(String path, byte[] body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    HttpResponse<byte[]> post(String path, String json) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    HttpResponse<byte[]> method(String method, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).method(method, HttpRequest.BodyPublishers.noBody()));
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return json(get(path));
    }

    static JsonNode json(HttpResponse<byte[]> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    static String error(HttpResponse<byte[]> response) {
        return json(response).path("error").asString("");
    }

    /** What watchers are told, line by line; closing it ends the watching. */
    InputStream events() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/studio/events"))
                .header("Accept", "text/event-stream")
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
    }

    static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n' && next >= 0; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** What is asked until it is so. */
    interface Question {
        boolean isSo() throws Exception;
    }

    /** Asks again and again: nothing rests on how long it takes, and what never becomes so fails. */
    static void await(Question question) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!question.isSo()) {
            assertThat(System.nanoTime()).as("still not so").isLessThan(end);
            Thread.sleep(20);
        }
    }

    static byte[] wav(float[] samples, int rateHz) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WavWriter.write(bytes, new Wave(samples, rateHz), SampleFormat.PCM_16);
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        client.close();
        studio.close();
    }
}
