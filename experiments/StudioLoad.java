import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a studio as much as it can take, and says how that went: clips over some connections as fast as they are answered, then streams
 * in real time. Before each a few seconds of the same, until this program is compiled, too.
 *
 * <pre>java experiments/StudioLoad.java URL FOLDER_OF_WAVS [SECONDS [CONNECTIONS [STREAMS]]]</pre>
 */
final class StudioLoad {

    private static final int RATE_HZ = 16_000;
    private static final int CHUNK_MS = 64;
    private static final int CHUNK_BYTES = 2 * RATE_HZ * CHUNK_MS / 1_000;
    private static final int WAV_HEADER_BYTES = 44;
    private static final Pattern TIME = Pattern.compile("\"type\":\"(scores|detection)\".*?\"time\":([0-9.]+)");

    private final URI studio;
    private final List<byte[]> clips = new ArrayList<>();

    private StudioLoad(URI studio, Path folder) throws IOException {
        this.studio = studio;
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(
                            f -> f.toString().endsWith(".wav") && !f.toString().contains("_background_noise_"))
                    .sorted()
                    .limit(500)
                    .toList()) {
                clips.add(Files.readAllBytes(file));
            }
        }
    }

    public static void main(String[] args) throws Exception {
        StudioLoad load = new StudioLoad(URI.create(args[0]), Path.of(args[1]));
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 20;
        int connections = args.length > 3 ? Integer.parseInt(args[3]) : 16;
        int streams = args.length > 4 ? Integer.parseInt(args[4]) : 100;
        load.ask(connections, Math.min(seconds, 10), "warm-up");
        load.ask(connections, seconds, "clips");
        load.stream(streams, Math.min(seconds, 10), "warm-up");
        load.stream(streams, seconds, "streams");
    }

    private void ask(int connections, int seconds, String what) throws Exception {
        ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
        AtomicLong errors = new AtomicLong();
        AtomicLong turn = new AtomicLong();
        long before = memory();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try (HttpClient client = client()) {
                    while (System.nanoTime() < end) {
                        byte[] clip = clips.get((int) (turn.getAndIncrement() % clips.size()));
                        long from = System.nanoTime();
                        int status = client.send(
                                        HttpRequest.newBuilder(studio.resolve("/v1/recognize"))
                                                .POST(HttpRequest.BodyPublishers.ofByteArray(clip))
                                                .build(),
                                        HttpResponse.BodyHandlers.ofString())
                                .statusCode();
                        nanos.add(System.nanoTime() - from);
                        if (status != 200 && errors.incrementAndGet() == 1) {
                            System.out.println("first error: status " + status);
                        }
                    }
                } catch (IOException | InterruptedException e) {
                    errors.incrementAndGet();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double[] ms = nanos.stream().mapToDouble(n -> n / 1e6).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%s: %d connections, %d s: %.0f clips/s; median %.1f ms, 99th percentile %.1f ms, worst %.1f ms; %d errors; heap %d to"
                        + " %d MiB%n",
                what,
                connections,
                seconds,
                ms.length / (double) seconds,
                at(ms, 0.5),
                at(ms, 0.99),
                at(ms, 1),
                errors.get(),
                before >> 20,
                memory() >> 20);
    }

    private void stream(int streams, int seconds, String what) throws Exception {
        ConcurrentLinkedQueue<Double> late = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Double> lateWords = new ConcurrentLinkedQueue<>();
        AtomicLong errors = new AtomicLong();
        CountDownLatch ended = new CountDownLatch(streams);
        long before = memory();
        try (HttpClient client = client()) {
            for (int i = 0; i < streams; i++) {
                int number = i;
                Thread.ofVirtual().start(() -> {
                    try {
                        speak(client, number, seconds, late, lateWords);
                    } catch (Exception e) {
                        errors.incrementAndGet();
                    } finally {
                        ended.countDown();
                    }
                });
            }
            ended.await();
        }
        double[] ms = late.stream().mapToDouble(d -> d).sorted().toArray();
        double[] words = lateWords.stream().mapToDouble(d -> d).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%s: %d streams in real time, %d s: %d windows, from a window's last sample to its scores: median %.1f ms, 99th percentile"
                        + " %.1f ms, worst %.1f ms; %d words, worst %.1f ms; %d errors; heap %d to %d MiB%n",
                what,
                streams,
                seconds,
                ms.length,
                at(ms, 0.5),
                at(ms, 0.99),
                at(ms, 1),
                words.length,
                at(words, 1),
                errors.get(),
                before >> 20,
                memory() >> 20);
    }

    /** Sends clips one after the other, a chunk when it would have been spoken. */
    private void speak(
            HttpClient client,
            int number,
            int seconds,
            ConcurrentLinkedQueue<Double> late,
            ConcurrentLinkedQueue<Double> lateWords)
            throws Exception {
        Thread.sleep(Duration.ofMillis(number * 1_000L / 100 % 1_000));
        AtomicLong opened = new AtomicLong();
        StringBuilder text = new StringBuilder();
        WebSocket socket = client.newWebSocketBuilder()
                .buildAsync(
                        URI.create("ws://" + studio.getAuthority() + "/v1/stream?scores=true&rate=" + RATE_HZ),
                        new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onText(WebSocket ws, CharSequence data, boolean last) {
                                text.append(data);
                                Matcher message = TIME.matcher(text);
                                if (last && message.find()) {
                                    double due = Double.parseDouble(message.group(2)) * 1_000;
                                    double ms = (System.nanoTime() - opened.get()) / 1e6 - due;
                                    (message.group(1).equals("scores") ? late : lateWords).add(ms);
                                }
                                text.setLength(last ? 0 : text.length());
                                ws.request(1);
                                return null;
                            }
                        })
                .get();
        long start = System.nanoTime();
        opened.set(start);
        byte[] chunk = new byte[CHUNK_BYTES];
        int clip = number % clips.size();
        int at = WAV_HEADER_BYTES;
        for (int sent = 0; sent < seconds * 1_000 / CHUNK_MS; sent++) {
            for (int i = 0; i < chunk.length; i++) {
                if (at >= clips.get(clip).length) {
                    clip = (clip + 1) % clips.size();
                    at = WAV_HEADER_BYTES;
                }
                chunk[i] = clips.get(clip)[at++];
            }
            long due = start + (sent + 1) * CHUNK_MS * 1_000_000L;
            long wait = due - System.nanoTime();
            if (wait > 0) {
                Thread.sleep(Duration.ofNanos(wait));
            }
            socket.sendBinary(ByteBuffer.wrap(chunk.clone()), true).get();
        }
        socket.sendText("end", true).get();
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get();
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    /** Bytes of the server's heap that are in use. */
    private long memory() throws IOException, InterruptedException {
        try (HttpClient client = client()) {
            String metrics = client.send(
                            HttpRequest.newBuilder(studio.resolve("/metrics")).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            return (long) metrics.lines()
                    .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
    }

    private static double at(double[] sorted, double share) {
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    }
}
