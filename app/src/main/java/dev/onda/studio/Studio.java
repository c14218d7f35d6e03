package dev.onda.studio;

import dev.onda.model.Model;
import dev.onda.train.Epoch;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinBindException;
import io.javalin.websocket.WsCloseStatus;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server with the studio's page, what the page asks for, and an API for programs, until it is closed. All that is kept lies in one
 * folder: {@code words} (own recordings), {@code models}, {@code runs} (trainings), {@code corpora}, {@code pages}.
 */
public final class Studio implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Studio.class);

    /** How long work under way is waited for: a training writes a checkpoint. */
    private static final long PATIENCE_MS = 10_000;

    private static final int HEADER_BYTES = 16 << 10;

    /** Where Java takes the data of locales from. */
    private static final String LOCALE_PROVIDERS = "java.locale.providers";

    private final StudioSettings settings;
    private final FolderLock lock;
    private final Javalin server;
    private final Events events;
    private final Jobs jobs;
    private final Guard guard;
    private final Meters meters;
    private final Shelf shelf;
    private final Corpora corpora;
    private final Words words;
    private final Runs runs;
    private final Teaching teaching;
    private final Pages pages;
    private final Bodies bodies;

    /** What others bring along. */
    public interface Supplies {
        /** The model in the box. */
        Model box() throws IOException;

        /** Bytes of its file. */
        long boxBytes() throws IOException;

        /** How it was trained. */
        List<Epoch> boxHistory() throws IOException;

        /** Unpacks the corpus in the box into a folder, keeping what is there already. */
        void unpackDemo(Path folder) throws IOException;
    }

    private Studio(StudioSettings settings, Supplies supplies) throws IOException {
        this.settings = settings;
        int threads = Runtime.getRuntime().availableProcessors();
        Path folder = settings.folder().toAbsolutePath().normalize();
        for (String part : List.of("words", "models", "runs", "corpora", "pages")) {
            Files.createDirectories(folder.resolve(part));
        }
        lock = FolderLock.of(folder);
        shelf = new Shelf(folder.resolve("models"), supplies, threads);
        meters = new Meters();
        guard = new Guard(settings.token());
        bodies = new Bodies(settings.limits());
        events = new Events(settings.limits());
        corpora = new Corpora(folder, settings.corpora(), supplies::unpackDemo);
        jobs = new Jobs(events, corpora::hide);
        words = new Words(folder.resolve("words"), new SecureRandom());
        teaching = new Teaching(words, shelf, jobs, events, threads);
        runs = new Runs(folder.resolve("runs"), corpora, shelf, jobs, events, settings.software(), threads);
        pages = new Pages(folder.resolve("pages"), corpora, shelf, jobs, supplies, threads);
        server = Javalin.create(this::configure);
    }

    /**
     * Starts serving.
     *
     * @throws IOException if the folder cannot be made or read, or the port is taken
     */
    public static Studio start(StudioSettings settings, Supplies supplies) throws IOException {
        spareLocales();
        Studio studio = new Studio(settings, supplies);
        try {
            studio.server.start();
            studio.shelf.warmUp(studio.meters::warmUp);
            return studio;
        } catch (JavalinBindException e) {
            studio.close();
            throw new IOException(
                    "port " + settings.port()
                            + ": cannot be listened at: another program uses it, it is not allowed, or the address is not this machine's;"
                            + " choose another one with --port",
                    e);
        } catch (IOException e) {
            studio.close();
            throw e;
        }
    }

    /**
     * Jetty asks for all locales as it starts, which is a seventh of the time until the first answer. What the studio writes is the same
     * for all of them, so Java's root locale will do.
     */
    private static void spareLocales() {
        if (System.getProperty(LOCALE_PROVIDERS) == null) {
            System.setProperty(LOCALE_PROVIDERS, "SPI");
        }
    }

    /** Where it listens. */
    public int port() {
        return server.port();
    }

    /** Its address for a browser on this machine, with the token where one is needed. */
    public String url() {
        InetAddress address = settings.address();
        String numbers = address.getHostAddress();
        String host = address.isLoopbackAddress() || address.isAnyLocalAddress()
                ? "localhost"
                : address instanceof Inet6Address ? "[" + numbers + "]" : numbers;
        return "http://" + host + ":" + port() + "/"
                + settings.token().map(token -> "?token=" + token).orElse("");
    }

    private void configure(JavalinConfig config) {
        Limits limits = settings.limits();
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.http.maxRequestSize = limits.bodyBytes();
        config.http.prefer405over404 = true;
        config.jetty.modifyServer(jetty -> {
            jetty.addBean(new NetworkConnectionLimit(limits.connections(), jetty));
            jetty.setErrorHandler(new BrokenRequest());
        });
        Entrance.addresses(settings.address())
                .forEach(address ->
                        config.jetty.addConnector((jetty, http) -> new Entrance(jetty, http, address, settings)));
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setRequestHeaderSize(HEADER_BYTES);
            http.setIdleTimeout(limits.idle().toMillis());
        });
        config.jetty.modifyWebSocketServletFactory(sockets -> {
            sockets.setIdleTimeout(limits.idle());
            sockets.setMaxBinaryMessageSize(limits.frameBytes());
            sockets.setMaxFrameSize(limits.frameBytes());
            sockets.setMaxTextMessageSize(limits.frameBytes());
            sockets.setMaxOutgoingFrames(StreamRoute.MOST_WAITING);
        });
        route(config.routes);
        refuse(config.routes);
    }

    private void route(RoutesConfig routes) {
        routes.before(guard::check);
        routes.before(this::refuseWhileEnding);
        routes.wsBeforeUpgrade(guard::checkStream);
        routes.wsBeforeUpgrade(ctx -> refuseWhileEnding());
        PageFiles.configure(routes);
        routes.post("/v1/recognize", new RecognizeRoute(shelf, bodies, settings.limits(), meters)::handle);
        routes.ws("/v1/stream", new StreamRoute(shelf, settings.limits(), meters)::configure);
        routes.get("/v1/models", shelf::list);
        routes.get("/healthz", ctx -> Answer.json(ctx, Answer.object().put("status", "ok")));
        routes.get(
                "/metrics",
                ctx -> ctx.contentType("text/plain;version=0.0.4;charset=utf-8").result(meters.text()));
        new WordRoutes(words, bodies, settings.limits(), events).configure(routes);
        routes.post("/studio/teach", teaching::start);
        routes.get("/studio/models/{name}", this::download);
        routes.delete("/studio/models/{name}", events.changing("models", ctx -> shelf.delete(ctx.pathParam("name"))));
        routes.get("/studio/corpora", corpora::list);
        routes.get("/studio/folder", ctx -> Answer.json(ctx, Answer.object().put("corpora", settings.shownCorpora())));
        routes.get("/studio/networks", Networks::list);
        routes.get("/studio/runs", ctx -> Answer.json(ctx, runs.list()));
        routes.post("/studio/runs/{name}", ctx -> {
            runs.begin(ctx.pathParam("name"), RunSettings.of(Answer.read(ctx)));
            ctx.status(HttpStatus.ACCEPTED);
        });
        routes.post("/studio/runs/{name}/stop", ctx -> runs.stop(ctx.pathParam("name")));
        routes.post("/studio/runs/{name}/resume", ctx -> {
            runs.resume(ctx.pathParam("name"));
            ctx.status(HttpStatus.ACCEPTED);
        });
        routes.delete("/studio/runs/{name}", events.changing("runs", ctx -> runs.delete(ctx.pathParam("name"))));
        pages.configure(routes);
        routes.get("/studio/job", ctx -> Answer.json(ctx, jobs.last()));
        routes.get("/studio/events", events::watch);
    }

    /** Who looks may go on while work ends; who wants something done is told why it is not. */
    private void refuseWhileEnding(Context ctx) {
        if (!Guard.isSafe(ctx.method().name())) {
            refuseWhileEnding();
        }
    }

    private void refuseWhileEnding() {
        if (jobs.isEnding()) {
            throw Jobs.ending();
        }
    }

    private void download(Context ctx) throws IOException {
        String name = shelf.named(ctx.pathParam("name")).name();
        if (name.equals(Shelf.BOX)) {
            throw Refusal.missing("the model in the box is in Onda already");
        }
        ctx.contentType("application/octet-stream")
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"" + name.replaceAll("[^A-Za-z0-9-]", "_") + ".safetensors\"")
                .result(Files.newInputStream(shelf.file(name)));
    }

    /** What went wrong, in a line that says nothing of this machine. */
    private void refuse(RoutesConfig routes) {
        routes.exception(Refusal.class, (e, ctx) -> {
            meters.refused();
            if (e.status() == HttpStatus.UNAUTHORIZED) {
                guard.refuseToken(ctx, e);
            } else {
                Answer.refuse(ctx, e);
            }
        });
        routes.exception(HttpResponseException.class, (e, ctx) -> {
            HttpStatus status = HttpStatus.forStatus(e.getStatus());
            Answer.refuse(ctx, new Refusal(status, status.getMessage().toLowerCase(Locale.ROOT)));
        });
        routes.exception(HttpException.RuntimeException.class, (e, ctx) -> {
            meters.refused();
            Answer.refuse(ctx, Refusal.bad("the request is broken"));
        });
        routes.exception(IOException.class, (e, ctx) -> {
            LOG.warn("{} {}: {}", ctx.method(), ctx.path(), e.toString());
            Answer.refuse(ctx, new Refusal(HttpStatus.INTERNAL_SERVER_ERROR, "a file could not be read or written"));
        });
        routes.exception(Exception.class, (e, ctx) -> {
            LOG.error("{} {}", ctx.method(), ctx.path(), e);
            Answer.refuse(
                    ctx, new Refusal(HttpStatus.INTERNAL_SERVER_ERROR, "a defect in Onda; the terminal says more"));
        });
        routes.wsException(Exception.class, (e, ctx) -> {
            LOG.warn("a stream ended: {}", e.toString());
            ctx.closeSession(WsCloseStatus.SERVER_ERROR, "a file could not be read, or a defect in Onda");
        });
        routes.error(404, ctx -> {
            if (ctx.result() == null || !"application/json".equals(ctx.res().getContentType())) {
                Answer.refuse(ctx, Refusal.missing("nothing here"));
            }
        });
    }

    /**
     * Begins to end: takes no more work, and asks what is under way to stop. {@link #close} waits for that.
     *
     * @return what is waited for, in words; nothing where nothing is under way
     */
    public Optional<String> end() {
        Optional<String> waitsFor = jobs.end();
        events.tell("ending", Answer.object());
        return waitsFor;
    }

    /** Ends work under way, a training with a checkpoint, and all connections. */
    @Override
    public void close() {
        end();
        jobs.close(PATIENCE_MS);
        events.close();
        server.stop();
        shelf.close();
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("the folder's lock stays until this process ends: {}", e.getMessage());
        }
    }
}
