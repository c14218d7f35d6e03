package dev.onda.fetch;

import static dev.onda.fetch.ScriptedServer.first;
import static dev.onda.fetch.ScriptedServer.rest;
import static dev.onda.fetch.ScriptedServer.status;
import static dev.onda.fetch.ScriptedServer.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from a server that breaks off, lies or is slow: long, as each way to fail is a scripted answer of its own. */
@Timeout(60)
class DownloadTest {
    private static final int LENGTH = 300_000;
    private static final int HALF = 150_000;
    private static final String ETAG = "\"v1\"";
    private static final byte[] CONTENT = random(1);
    private static final byte[] CHANGED = random(2);

    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();
    private final List<Integer> pauses = new ArrayList<>();
    private long lastReached;
    private long lastTotal;
    private Duration stall = Duration.ofSeconds(30);

    @Test
    void bringsAFile() throws Exception {
        try (var server = new ScriptedServer(whole(CONTENT, ETAG))) {
            assertThat(download(server, Optional.empty())).isEqualTo(sha(CONTENT));
        }
        assertComplete(CONTENT);
        assertThat(lastReached).isEqualTo(LENGTH);
        assertThat(lastTotal).isEqualTo(LENGTH);
        assertThat(notes).isEmpty();
    }

    @Test
    void goesOnWhereTheConnectionBroke() throws Exception {
        try (var server = new ScriptedServer(first(HALF, CONTENT, ETAG), range(CONTENT, ETAG))) {
            download(server, Optional.of(sha(CONTENT)));
            assertThat(server.requests()).hasSize(2);
            assertThat(server.requests().getFirst()).isEqualTo("- -");
            assertThat(server.requests().getLast()).matches("bytes=[1-9]\\d*- " + ETAG);
        }
        assertComplete(CONTENT);
        assertThat(notes).singleElement().asString().contains("the connection broke", "trying again");
        assertThat(pauses).containsExactly(1);
    }

    @Test
    void goesOnWhereAnEarlierProcessBrokeOff() throws Exception {
        leavePart(HALF, ETAG);
        try (var server = new ScriptedServer(rest(HALF, CONTENT, ETAG))) {
            download(server, Optional.of(sha(CONTENT)));
            assertThat(server.requests()).containsExactly("bytes=" + HALF + "- " + ETAG);
        }
        assertComplete(CONTENT);
    }

    @Test
    void startsAnewWhenItDoesNotKnowWhichVersionThePartIsOf() throws Exception {
        Files.write(part(), CHANGED);
        try (var server = new ScriptedServer(whole(CONTENT, ETAG))) {
            download(server, Optional.empty());
            assertThat(server.requests()).containsExactly("- -");
        }
        assertComplete(CONTENT);
    }

    @Test
    void usesTheDateWhereTheETagIsWeak() throws Exception {
        String date = "Mon, 23 Nov 2026 00:00:00 GMT";
        ScriptedServer.Answer broken = exchange -> {
            exchange.getResponseHeaders().set("Last-Modified", date);
            first(HALF, CONTENT, "W/\"v1\"").to(exchange);
        };
        ScriptedServer.Answer resumed = exchange -> {
            exchange.getResponseHeaders().set("Last-Modified", date);
            range(CONTENT, "W/\"v2\"").to(exchange);
        };
        try (var server = new ScriptedServer(broken, resumed)) {
            download(server, Optional.of(sha(CONTENT)));
            assertThat(server.requests().getLast()).endsWith("- " + date);
        }
        assertComplete(CONTENT);
    }

    @Test
    void copesWithAServerThatIgnoresRanges() throws Exception {
        leavePart(HALF, ETAG);
        try (var server = new ScriptedServer(whole(CONTENT, ETAG))) {
            download(server, Optional.of(sha(CONTENT)));
        }
        assertComplete(CONTENT);
        assertThat(notes).singleElement().asString().endsWith("the server sends the whole file again, starting anew");
    }

    @Test
    void startsAnewWhenTheFileHasChangedAlthoughTheServerSendsAPart() throws Exception {
        leavePart(HALF, ETAG);
        try (var server = new ScriptedServer(rest(HALF, CHANGED, "\"v2\""), whole(CHANGED, "\"v2\""))) {
            download(server, Optional.empty());
            assertThat(server.requests()).containsExactly("bytes=" + HALF + "- " + ETAG, "- -");
        }
        assertComplete(CHANGED);
        assertThat(notes).singleElement().asString().endsWith("the server's file has changed, starting anew");
    }

    @Test
    void startsAnewWhenTheServerSendsAnotherPartThanAskedFor() throws Exception {
        leavePart(HALF, ETAG);
        try (var server = new ScriptedServer(rest(HALF - 1, CONTENT, ETAG), whole(CONTENT, ETAG))) {
            download(server, Optional.of(sha(CONTENT)));
        }
        assertComplete(CONTENT);
    }

    @Test
    void isDoneWhenNothingIsLeftToSend() throws Exception {
        leavePart(LENGTH, ETAG);
        try (var server = new ScriptedServer(status(416, "Content-Range", "bytes */" + LENGTH))) {
            download(server, Optional.of(sha(CONTENT)));
        }
        assertComplete(CONTENT);
    }

    @Test
    void startsAnewWhenTheServersFileIsShorter() throws Exception {
        leavePart(LENGTH, ETAG);
        byte[] shorter = Arrays.copyOf(CHANGED, HALF);
        try (var server =
                new ScriptedServer(status(416, "Content-Range", "bytes */" + HALF), whole(shorter, "\"v2\""))) {
            download(server, Optional.of(sha(shorter)));
        }
        assertComplete(shorter);
    }

    @Test
    void refusesAServerThatSendsPartsUnasked() throws Exception {
        try (var server = new ScriptedServer(rest(HALF, CONTENT, ETAG))) {
            assertThatThrownBy(() -> download(server, Optional.empty()))
                    .isInstanceOf(IOException.class)
                    .hasMessageEndingWith("expected the whole file, the server sends or refuses a part");
        }
        assertNothingLeft();
    }

    @Test
    void deletesWhatHasTheWrongChecksum() throws Exception {
        try (var server = new ScriptedServer(whole(CHANGED, ETAG))) {
            assertThatThrownBy(() -> download(server, Optional.of(sha(CONTENT))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("expected SHA-256 " + sha(CONTENT) + ", found " + sha(CHANGED));
        }
        assertNothingLeft();
    }

    @Test
    void triesAgainAfterAnErrorThatServersGetOver() throws Exception {
        try (var server = new ScriptedServer(status(500), status(503), whole(CONTENT, ETAG))) {
            download(server, Optional.of(sha(CONTENT)));
        }
        assertComplete(CONTENT);
        assertThat(pauses).containsExactly(1, 2);
    }

    @Test
    void doesNotTryAgainWhatIsNotThere() throws Exception {
        try (var server = new ScriptedServer(status(404))) {
            assertThatThrownBy(() -> download(server, Optional.empty()))
                    .isInstanceOf(IOException.class)
                    .hasMessage(server.uri("corpus.tar.gz")
                            + ": expected 200 or 206, the server says 404: check the address (--url)");
            assertThat(server.requests()).hasSize(1);
        }
        assertNothingLeft();
    }

    @Test
    void givesUpAfterSoManyFailuresAndKeepsThePart() throws Exception {
        leavePart(HALF, ETAG);
        try (var server = new ScriptedServer(status(503))) {
            assertThatThrownBy(() -> download(server, Optional.empty()))
                    .isInstanceOf(IOException.class)
                    .hasMessageEndingWith(
                            "the server says 503, after 150000 bytes, 3 times in a row: run it again to go on");
            assertThat(server.requests()).hasSize(3);
        }
        assertThat(part()).hasSize(HALF);
        assertThat(pauses).containsExactly(1, 2);
    }

    @Test
    void givesUpOnAServerThatFallsSilent() throws Exception {
        stall = Duration.ofMillis(50);
        CountDownLatch end = new CountDownLatch(1);
        ScriptedServer.Answer silent = exchange -> {
            first(HALF, CONTENT, ETAG).to(exchange);
            await(end);
        };
        try (var server = new ScriptedServer(silent)) {
            assertThatThrownBy(() -> download(server, Optional.empty()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("nothing came for 0.05 s");
            end.countDown();
        }
        assertThat(target()).doesNotExist();
    }

    @Test
    void givesUpWhereNobodyAnswers() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Source source = new Source(URI.create("http://127.0.0.1:" + port + "/x"), Optional.empty());
        assertThatThrownBy(() -> download(source))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the connection broke: ConnectException, after 0 bytes, 3 times in a row");
        assertNothingLeft();
    }

    @Test
    void followsRedirections() throws Exception {
        try (var server = new ScriptedServer(status(302, "Location", "/elsewhere"), whole(CONTENT, ETAG))) {
            download(server, Optional.of(sha(CONTENT)));
        }
        assertComplete(CONTENT);
    }

    @Test
    void asksNobodyForWhatIsThere() throws Exception {
        Files.write(target(), CONTENT);
        Source source = new Source(URI.create("http://127.0.0.1:9/x"), Optional.of(sha(CONTENT)));
        assertThat(download(source)).isEqualTo(sha(CONTENT));
    }

    @Test
    void leavesAForeignFileAlone() throws Exception {
        Files.write(target(), CHANGED);
        Source source = new Source(URI.create("http://127.0.0.1:9/x"), Optional.of(sha(CONTENT)));
        assertThatThrownBy(() -> download(source))
                .hasMessageContaining("found " + sha(CHANGED) + ": delete it to download it again");
        assertThat(target()).hasBinaryContent(CHANGED);
    }

    @Test
    void refusesToWriteWhereAnotherDownloadWrites() throws Exception {
        try (PartFile other = new PartFile(target());
                var server = new ScriptedServer(whole(CONTENT, ETAG))) {
            assertThatThrownBy(() -> download(server, Optional.empty()))
                    .hasMessage(other.path() + ": another process is downloading this: wait for it or stop it");
        }
    }

    @Test
    void refusesOtherAddressesThanHttp() {
        assertThatThrownBy(() -> new Source(URI.create("file:///etc/passwd"), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a download starts with http://HOST or https://HOST, not file:///etc/passwd");
    }

    @Test
    void refusesAChecksumThatIsNone() {
        assertThatThrownBy(() -> new Sha256("abc"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a SHA-256 is 64 hexadecimal digits, not \"abc\"");
    }

    @Test
    void asksForRoomOnTheDiskFirst() {
        assertThatThrownBy(() -> DiskSpace.require(Path.of("corpus"), 3_500_000, 1_200_000))
                .isInstanceOf(IOException.class)
                .hasMessage("corpus: needs 3.5 MB of disk, 1.2 MB are free: make room or choose another place");
    }

    private Sha256 download(ScriptedServer server, Optional<Sha256> sha) throws IOException, InterruptedException {
        return download(new Source(server.uri("corpus.tar.gz"), sha));
    }

    private Sha256 download(Source source) throws IOException, InterruptedException {
        Duration patient = Duration.ofSeconds(30);
        Download.Watcher watcher = new Download.Watcher() {
            @Override
            public void reached(long bytes, long totalBytes) {
                lastReached = bytes;
                lastTotal = totalBytes;
            }

            @Override
            public void note(String text) {
                notes.add(text);
            }
        };
        return new Download(new Patience(3, patient, patient, stall, pauses::add), watcher).fetch(source, target());
    }

    /** What is asked for, wherever it begins. */
    private static ScriptedServer.Answer range(byte[] content, String etag) {
        return exchange -> {
            String asked = exchange.getRequestHeaders().getFirst("Range").replaceAll("\\D", "");
            rest(Integer.parseInt(asked), content, etag).to(exchange);
        };
    }

    private void leavePart(int bytes, String version) throws IOException {
        Files.write(part(), Arrays.copyOf(CONTENT, bytes), StandardOpenOption.CREATE);
        Files.writeString(folder.resolve("corpus.tar.gz.part.version"), version);
    }

    private void assertComplete(byte[] content) throws IOException {
        assertThat(target()).hasBinaryContent(content);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(target());
        }
    }

    private void assertNothingLeft() {
        assertThat(folder).isEmptyDirectory();
    }

    private Path target() {
        return folder.resolve("corpus.tar.gz");
    }

    private Path part() {
        return folder.resolve("corpus.tar.gz.part");
    }

    private Sha256 sha(byte[] content) throws IOException {
        Path file = Files.createTempFile("onda", ".bin");
        try {
            return Sha256.of(Files.write(file, content));
        } finally {
            Files.delete(file);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static byte[] random(long seed) {
        byte[] bytes = new byte[LENGTH];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
