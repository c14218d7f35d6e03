package dev.onda.cli;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The system's Chromium, or a test that says that it is missing. */
final class Chromium implements AutoCloseable {

    private static final List<Path> PLACES = List.of(
            Path.of("/usr/bin/chromium"),
            Path.of("/usr/bin/chromium-browser"),
            Path.of("/usr/bin/google-chrome"),
            Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"));

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = new ArrayList<>();

    private Chromium(Path executable, List<String> more) {
        List<String> arguments = new ArrayList<>(List.of("--no-sandbox"));
        arguments.addAll(more);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(arguments));
    }

    static Chromium start() {
        return start(List.of());
    }

    /** One whose microphone hears a WAV file, again and again. */
    static Chromium listeningTo(Path sound) {
        return start(List.of(
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
                "--use-file-for-fake-audio-capture=" + sound));
    }

    private static Chromium start(List<String> arguments) {
        Optional<Path> executable = PLACES.stream().filter(Files::isExecutable).findFirst();
        Assumptions.assumeTrue(
                executable.isPresent(), "no Chromium in " + PLACES + ": install it to look at the pages in a browser");
        return new Chromium(executable.orElseThrow(), arguments);
    }

    /** A page of some width whose errors, console messages and requests to elsewhere are kept. */
    Page open(Path file, ColorScheme scheme, int width) {
        return open(file.toUri(), scheme, width);
    }

    /** The same with an address; what is asked for may come from there, too. */
    Page open(URI address, ColorScheme scheme, int width) {
        Page page = browser.newPage(
                new Browser.NewPageOptions().setColorScheme(scheme).setViewportSize(width, 900));
        page.onConsoleMessage(message -> complaints.add(message.type() + ": " + message.text()));
        page.onPageError(complaints::add);
        page.onRequest(request -> {
            URI asked = URI.create(request.url());
            boolean isOwn =
                    address.getAuthority() != null && address.getAuthority().equals(asked.getAuthority());
            if (!isOwn && !List.of("file", "data", "blob").contains(asked.getScheme())) {
                complaints.add("asks for " + request.url());
            }
        });
        page.navigate(address.toString());
        return page;
    }

    /** What went wrong on all pages so far. */
    List<String> complaints() {
        return complaints;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
