package dev.onda.fetch;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Flow;

/**
 * Brings a file here over HTTP, whole and checked, however often the connection breaks: what has come stays in
 * {@code NAME.part} and is added to (RFC 9110, sections 13.1.5 and 14: If-Range and Range), in this process or a later one,
 * as long as the file on the server has not changed.
 */
public final class Download {
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final Patience patience;
    private final Watcher watcher;

    public Download(Patience patience, Watcher watcher) {
        this.patience = patience;
        this.watcher = watcher;
    }

    /** Is told how a download goes, by the thread that downloads. */
    public interface Watcher {

        /** So many bytes are here of so many; of 0 where the server does not say. May fall, when it starts anew. */
        void reached(long bytes, long totalBytes);

        /** Something worth a line: a broken connection, a restart. */
        void note(String text);
    }

    /**
     * Downloads, unless the file is already there with the checksum asked for; returns the file's checksum.
     *
     * @throws IOException if the server refuses, the attempts are used up (the part stays, to go on from later), the
     *     disk is too small, or the content has another checksum than the source's (the part is deleted)
     */
    public Sha256 fetch(Source source, Path file) throws IOException, InterruptedException {
        if (Files.exists(file)) {
            return check(source, file, "delete it to download it again");
        }
        try (PartFile part = new PartFile(file);
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .connectTimeout(patience.connect())
                        .build()) {
            try {
                new Attempts(client, source, part).run();
            } finally {
                client.shutdownNow();
            }
            return finish(source, part);
        }
    }

    private static Sha256 finish(Source source, PartFile part) throws IOException {
        Sha256 found;
        try {
            found = check(source, part.path(), "deleted; try again, or give the right --sha256");
        } catch (WrongContent e) {
            part.discard();
            throw e;
        }
        part.finish();
        return found;
    }

    private static Sha256 check(Source source, Path file, String advice) throws IOException {
        Sha256 found = Sha256.of(file);
        if (source.sha256().isPresent() && !source.sha256().get().equals(found)) {
            throw new WrongContent(
                    file + ": expected SHA-256 " + source.sha256().get() + ", found " + found + ": " + advice);
        }
        return found;
    }

    private static final class WrongContent extends IOException {
        private static final long serialVersionUID = 1;

        WrongContent(String message) {
            super(message);
        }
    }

    /** The attempts at one file. */
    private final class Attempts {
        private final HttpClient client;
        private final Source source;
        private final PartFile part;

        Attempts(HttpClient client, Source source, PartFile part) {
            this.client = client;
            this.source = source;
            this.part = part;
        }

        /** Tries until the file is whole; a failure counts anew when it brought the file further than any before. */
        void run() throws IOException, InterruptedException {
            long farthest = part.size();
            int failures = 0;
            while (true) {
                try {
                    if (attempt()) {
                        return;
                    }
                } catch (Broken e) {
                    failures = part.size() > farthest ? 1 : failures + 1;
                    farthest = Math.max(farthest, part.size());
                    String what = source.uri() + ": " + e.getMessage() + ", after " + part.size() + " bytes";
                    if (failures >= patience.attempts()) {
                        throw new IOException(what + ", " + failures + " times in a row: run it again to go on", e);
                    }
                    watcher.note(what + ", trying again");
                    patience.pause().after(failures);
                }
            }
        }

        /** Whether the file is whole now; if not, the part was found useless and the next attempt starts anew. */
        private boolean attempt() throws IOException, InterruptedException {
            long have = part.size();
            var response = ask(have);
            try (Body body = new Body(response.body(), patience.stall())) {
                return switch (response.statusCode()) {
                    case OK -> {
                        if (have > 0) {
                            watcher.note(source.uri() + ": the server sends the whole file again, starting anew");
                        }
                        part.restart(Validator.of(response));
                        yield receive(body, response.headers().firstValueAsLong("Content-Length"));
                    }
                    case PARTIAL -> resume(response, body, have);
                    case RANGE_NOT_SATISFIABLE -> isComplete(response, have);
                    // Request timeout, too early, too many requests; errors that servers get over.
                    case 408, 425, 429, 500, 502, 503, 504 ->
                        throw new Broken("the server says " + response.statusCode());
                    default ->
                        throw new IOException(source.uri() + ": expected 200 or 206, the server says "
                                + response.statusCode() + ": check the address (--url)");
                };
            }
        }

        private HttpResponse<Flow.Publisher<List<ByteBuffer>>> ask(long have) throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(source.uri()).timeout(patience.answer());
            if (have > 0) {
                request.header("Range", "bytes=" + have + "-");
                request.header("If-Range", part.version().orElseThrow());
            }
            try {
                return client.send(request.build(), BodyHandlers.ofPublisher());
            } catch (IOException e) {
                throw new Broken(e);
            }
        }

        private boolean resume(HttpResponse<?> response, Body body, long have)
                throws IOException, InterruptedException {
            ContentRange range = ContentRange.of(response.headers());
            boolean isSame = Validator.of(response).equals(part.version());
            if (!isSame || !range.first().equals(OptionalLong.of(have))) {
                return startAnew("the server's file has changed");
            }
            return receive(body, range.total());
        }

        /** Nothing lies behind what is here: either it is all, or it is of another file. */
        private boolean isComplete(HttpResponse<?> response, long have) throws IOException {
            if (have > 0 && ContentRange.of(response.headers()).total().equals(OptionalLong.of(have))) {
                return true;
            }
            return startAnew("the server's file is shorter than what is here");
        }

        /** Asks for no range the next time: a server that answers with one even so is beyond us. */
        private boolean startAnew(String why) throws IOException {
            if (part.size() == 0) {
                throw new IOException(source.uri() + ": expected the whole file, the server sends or refuses a part");
            }
            watcher.note(source.uri() + ": " + why + ", starting anew");
            part.restart(Optional.empty());
            return false;
        }

        private boolean receive(Body body, OptionalLong total) throws IOException, InterruptedException {
            long done = part.size();
            DiskSpace.require(part.path(), Math.max(0, total.orElse(0) - done));
            watcher.reached(done, total.orElse(0));
            for (var buffers = body.next(); buffers.isPresent(); buffers = body.next()) {
                part.append(buffers.get());
                done = part.size();
                watcher.reached(done, total.orElse(0));
            }
            if (total.isPresent() && done != total.getAsLong()) {
                throw new Broken("expected " + total.getAsLong() + " bytes, the body ended");
            }
            return true;
        }
    }
}
