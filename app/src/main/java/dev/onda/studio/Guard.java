package dev.onda.studio;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask: on loopback, whoever names this machine as the host, so that no page of another site can have its own name lead here
 * (DNS rebinding); elsewhere, whoever knows the token. What changes something, and streams, must not come from a page of another
 * origin.
 *
 * <p>A browser that opens a page without the token gets a page that asks for it.
 */
final class Guard {

    /** For the studio's own page: scripts, styles and sounds come from here only, nothing inline. */
    static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self' data:; media-src 'self' blob:; frame-src 'self'; manifest-src 'self'; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'none'";

    /** For pages of explore and report: one file with everything inside, and no script at all. */
    static final String REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
            + "media-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    /** For the page that asks for the token: no script, and a form that leads here. */
    private static final String TOKEN_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
            + "form-action 'self'; frame-ancestors 'none'";

    /** Whether the server lives, for what watches over it, and how the page that asks for the token looks: nobody's secrets. */
    private static final Set<String> OPEN = Set.of("/healthz", "/studio.css", "/icon.svg");

    private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> FOREIGN_SITES = Set.of("cross-site", "same-site");
    private static final String COOKIE = "onda-token";
    private static final String BEARER = "Bearer ";
    private static final String TOKEN = "token";
    private static final int UNTIL_CLOSED = -1;

    private final Optional<String> token;
    private final String tokenPage;

    Guard(Optional<String> token) throws IOException {
        this.token = token;
        tokenPage = PageFiles.text("token.html");
    }

    /** Looks at a request before anything else does. */
    void check(Context ctx) {
        ctx.header("Content-Security-Policy", PAGE_POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Permissions-Policy", "microphone=(self), camera=(), geolocation=()")
                .header("Cache-Control", "no-store");
        checkHost(ctx.header("Host"));
        checkSite(ctx);
        if (!isSafe(ctx.method().name())) {
            checkOrigin(ctx.header("Host"), ctx.header("Origin"));
        }
        checkToken(ctx);
    }

    /** Looks at a stream before it is opened: the browser's rule of same origin does not hold there. */
    void checkStream(Context ctx) {
        checkHost(ctx.header("Host"));
        checkSite(ctx);
        checkOrigin(ctx.header("Host"), ctx.header("Origin"));
        checkToken(ctx);
    }

    /** Browsers say where a request comes from; from elsewhere the page can be opened, and nothing else. */
    private static void checkSite(Context ctx) {
        String site = ctx.header("Sec-Fetch-Site");
        boolean opens =
                "navigate".equals(ctx.header("Sec-Fetch-Mode")) && ctx.path().equals("/");
        if (site != null && FOREIGN_SITES.contains(site) && !opens) {
            throw new Refusal(HttpStatus.FORBIDDEN, "not from a page of another site");
        }
    }

    /** Whether a method changes nothing. */
    static boolean isSafe(String method) {
        return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    }

    private void checkHost(@Nullable String host) {
        if (token.isEmpty() && (host == null || !LOCAL_NAMES.contains(name(host)))) {
            throw new Refusal(HttpStatus.FORBIDDEN, "this server answers to localhost only");
        }
    }

    /** A host without its port, in lower case. */
    private static String name(String host) {
        return host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
    }

    private static void checkOrigin(@Nullable String host, @Nullable String origin) {
        if (origin == null) {
            return;
        }
        String authority;
        try {
            authority = URI.create(origin).getRawAuthority();
        } catch (IllegalArgumentException e) {
            authority = null;
        }
        if (authority == null || !authority.equalsIgnoreCase(host)) {
            throw new Refusal(HttpStatus.FORBIDDEN, "not from a page of another site");
        }
    }

    /**
     * The token is told in the header Authorization, or by a browser in a cookie, which it gets for opening the address that has the
     * token in it.
     */
    private void checkToken(Context ctx) {
        if (token.isEmpty() || OPEN.contains(ctx.path())) {
            return;
        }
        String header = ctx.header("Authorization");
        String query = ctx.queryParam(TOKEN);
        if ((header != null && header.startsWith(BEARER) && isToken(header.substring(BEARER.length())))
                || isToken(ctx.cookie(COOKIE))) {
            return;
        }
        if (!isToken(query)) {
            throw new Refusal(
                    HttpStatus.UNAUTHORIZED,
                    "a token is needed: open the address that the studio printed, or send the header Authorization: Bearer TOKEN");
        }
        ctx.cookie(new Cookie(COOKIE, token.orElseThrow(), "/", UNTIL_CLOSED, false, true, null, SameSite.STRICT));
    }

    /** Says that the token is missing: in a page to a browser that opens one, in a line to all others. */
    void refuseToken(Context ctx, Refusal refusal) {
        String accept = ctx.header("Accept");
        if (accept == null || !accept.contains("text/html")) {
            Answer.refuse(ctx, refusal);
            return;
        }
        String complaint = ctx.queryParam(TOKEN) == null ? "" : "That is not the token.";
        ctx.status(refusal.status())
                .header("Content-Security-Policy", TOKEN_POLICY)
                .contentType(PageFiles.PAGE)
                .result(tokenPage.formatted(complaint));
    }

    private boolean isToken(@Nullable String told) {
        return told != null
                && MessageDigest.isEqual(
                        told.getBytes(StandardCharsets.UTF_8),
                        token.orElseThrow().getBytes(StandardCharsets.UTF_8));
    }
}
