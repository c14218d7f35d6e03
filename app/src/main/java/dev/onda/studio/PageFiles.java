package dev.onda.studio;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The files of the page, from the jar. Only those that are named here are there. */
final class PageFiles {

    private static final String SCRIPT = "text/javascript";
    private static final String STYLE = "text/css";
    private static final String FOLDER = "/dev/onda/studio/page/";
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    static final String PAGE = "text/html;charset=utf-8";

    private static final Map<String, String> FILES = Map.ofEntries(
            Map.entry("index.html", PAGE),
            Map.entry("studio.css", STYLE),
            Map.entry("icon.svg", "image/svg+xml"),
            Map.entry("studio.js", SCRIPT),
            Map.entry("server.js", SCRIPT),
            Map.entry("dom.js", SCRIPT),
            Map.entry("deletion.js", SCRIPT),
            Map.entry("wave.js", SCRIPT),
            Map.entry("plot.js", SCRIPT),
            Map.entry("microphone.js", SCRIPT),
            Map.entry("capture.js", SCRIPT),
            Map.entry("try.js", SCRIPT),
            Map.entry("teach.js", SCRIPT),
            Map.entry("train.js", SCRIPT),
            Map.entry("pages.js", SCRIPT),
            Map.entry("openapi.json", "application/json"));

    private PageFiles() {}

    static void configure(RoutesConfig routes) {
        routes.get("/", ctx -> {
            if (ctx.queryParam("token") == null) {
                send(ctx, FOLDER + "index.html", PAGE);
            } else {
                ctx.redirect("/"); // the cookie has it now, the address bar need not
            }
        });
        FILES.forEach((name, type) -> routes.get("/" + name, ctx -> send(ctx, FOLDER + name, type)));
        routes.get("/uPlot.js", ctx -> send(ctx, UPLOT + "uPlot.esm.js", SCRIPT));
        routes.get("/uPlot.css", ctx -> send(ctx, UPLOT + "uPlot.min.css", STYLE));
    }

    /** A file that is no page by itself. */
    static String text(String name) throws IOException {
        return new String(read(FOLDER + name), StandardCharsets.UTF_8);
    }

    private static void send(Context ctx, String resource, String type) throws IOException {
        ctx.contentType(type).result(read(resource));
    }

    private static byte[] read(String resource) throws IOException {
        try (InputStream in = PageFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + ": not in this build");
            }
            return in.readAllBytes();
        }
    }
}
