package dev.onda.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsEnabledOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import dev.onda.audio.Wave;
import dev.onda.corpus.Partition;
import dev.onda.model.Model;
import dev.onda.onnx.OnnxModel;
import dev.onda.recognize.Detection;
import dev.onda.recognize.StreamModel;
import dev.onda.recognize.StreamRecognizer;
import dev.onda.web.WebFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An exported page, served by a host of plain files, in a browser whose microphone hears real clips. */
class WebFolderTest {

    private static final double LONG_MS = 180_000;
    private static final int DESK = 1_000;
    private static final int PHONE = 390;

    @TempDir
    private static Path folder;

    private static Model model;
    private static Path web;
    private static HttpServer host;

    @BeforeAll
    static void exportAndServe() throws IOException {
        Assumptions.assumeTrue(hasNpm(), "no npm to get ONNX Runtime Web with");
        model = BoxedModel.orFile(Optional.empty());
        web = folder.toRealPath().resolve("web");
        WebFolder.write(
                web, file -> OnnxModel.write(file, model), Files.createDirectory(folder.resolve("work")), text -> {});
        host = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), web, OutputLevel.NONE);
        host.start();
    }

    @AfterAll
    static void stop() {
        if (host != null) {
            host.stop(0);
        }
    }

    private static boolean hasNpm() {
        return Pattern.compile(Pattern.quote(System.getProperty("path.separator")))
                .splitAsStream(System.getenv("PATH"))
                .anyMatch(part -> Files.isExecutable(Path.of(part, "npm")));
    }

    @Test
    void hearsInAFileWhatJavaHears() throws IOException {
        List<Path> clips = new ArrayList<>();
        for (String word : List.of("yes", "stop", "zero", "right", "happy")) {
            clips.addAll(Spoken.clips(Spoken.real(word), Partition.VALIDATION, 2));
        }
        Path file = folder.resolve("file.wav");
        List<Detection> expected = heardByJava(Spoken.write(file, clips));
        assertThat(expected).hasSizeGreaterThan(5);
        try (Chromium chromium = Chromium.start()) {
            Page page = open(chromium, ColorScheme.LIGHT, DESK);
            page.locator("#file").setInputFiles(file);
            assertThat(page.locator("#about"))
                    .containsText("heard to the end", new ContainsTextOptions().setTimeout(LONG_MS));
            List<Locator> heard = page.locator("#heard li").all().reversed();
            assertThat(heard).hasSameSizeAs(expected);
            for (int i = 0; i < heard.size(); i++) {
                Detection java = expected.get(i);
                Locator item = heard.get(i);
                assertThat(item.getAttribute("data-word")).isEqualTo(java.word());
                assertThat(number(item, "time")).isEqualTo(java.time());
                assertThat(number(item, "start")).isEqualTo(java.start());
                assertThat(number(item, "end")).isEqualTo(java.end());
                assertThat(number(item, "score")).isCloseTo(java.score(), within(1e-4));
            }
            assertThat(chromium.complaints()).isEmpty();
        }
    }

    private static double number(Locator item, String name) {
        return Double.parseDouble(item.getAttribute("data-" + name));
    }

    private static List<Detection> heardByJava(Wave wave) {
        List<Detection> heard = new ArrayList<>();
        StreamRecognizer stream = new StreamModel(model).open(wave.sampleRateHz(), 1, heard::add);
        stream.push(wave.samples());
        stream.finish();
        return heard;
    }

    @Test
    void aLongFileIsHeardOneWindowAtATimeWhileThePageGoesOn() {
        try (Chromium chromium = Chromium.start()) {
            Page page = open(chromium, ColorScheme.LIGHT, DESK);
            assertThat(page.evaluate("""
                    async () => {
                      const { StreamRecognizer } = await import('./recognizer.js');
                      let waiting = 0;
                      let most = 0;
                      let turns = 0;
                      const stream = { hop_ms: 100, smoothing_ms: 200, temperature: 1, threshold: 0.9, release: 0.5, suppression_ms: 200 };
                      const model = { words: ['a', '_unknown_'], rateHz: 1000, windowSamples: 1000, stream, async judge() {
                        most = Math.max(most, ++waiting);
                        const end = performance.now() + 5;
                        while (performance.now() < end) { /* a slow computer */ }
                        waiting--;
                        return [0, 1];
                      } };
                      const sound = new Float32Array(20000).map((_, i) => Math.sin(i) * (i % 1000 < 500 ? 1 : 0.01));
                      const recognizer = new StreamRecognizer(model, () => {});
                      const told = [];
                      const timer = setInterval(() => { turns++; });
                      await recognizer.hearAll(sound, (done) => told.push(done));
                      clearInterval(timer);
                      return [most, turns > 1, told.length > 1, recognizer.heard].join(' ');
                    }""")).isEqualTo("1 true true 20000");
        }
    }

    @Test
    void saysWhoIsToBeCreditedAndWhatToDoWithoutAServer() throws IOException {
        assertThat(Files.readString(web.resolve("index.html"))).contains("jwebserver -d");
        assertThat(Files.readString(web.resolve("LICENSE.txt"))).contains("Apache License");
        assertThat(Files.readString(web.resolve("ort-LICENSE.txt"))).contains("Microsoft", "AS IS");
        try (Chromium chromium = Chromium.start()) {
            Page page = open(chromium, ColorScheme.LIGHT, DESK);
            assertThat(page.locator("#about")).containsText("It knows: ");
            assertThat(page.locator("#attribution"))
                    .hasText("The model learned from: " + model.provenance().attribution());
            assertThat(model.provenance().attribution()).contains("Pete Warden");
        }
    }

    @Test
    void hearsTheMicrophone() throws IOException {
        Path spoken = folder.resolve("spoken.wav");
        Spoken.write(spoken, Spoken.clips(Spoken.real("stop"), Partition.VALIDATION, 4));
        try (Chromium chromium = Chromium.listeningTo(spoken)) {
            Page page = open(chromium, ColorScheme.LIGHT, DESK);
            page.locator("#listen").click();
            assertThat(page.locator("#heard")).containsText("stop", new ContainsTextOptions().setTimeout(LONG_MS));
            page.locator("#listen").click();
            assertThat(page.locator("#listen")).hasText("Listen");
            assertThat(chromium.complaints()).isEmpty();
        }
    }

    @Test
    void canBeReadByAll() {
        try (Chromium chromium = Chromium.start()) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                Page page = open(chromium, scheme, PHONE);
                assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
                assertThat(page.evaluate("document.documentElement.scrollWidth"))
                        .isEqualTo(PHONE);
            }
        }
    }

    @Test
    void refusesAnotherRateAndAnotherModel() throws IOException {
        try (Chromium chromium = Chromium.start()) {
            Page page = open(chromium, ColorScheme.LIGHT, DESK);
            assertThat(page.evaluate("""
                    async () => {
                      const { loadModel } = await import('./model.js');
                      const { StreamRecognizer } = await import('./recognizer.js');
                      try {
                        new StreamRecognizer(await loadModel(), () => {}).push(new Float32Array(10), 8000);
                        return 'heard';
                      } catch (e) {
                        return e.message;
                      }
                    }""")).isEqualTo("sound of 8000 Hz: the model hears 16000 Hz; resample it");
            byte[] original = Files.readAllBytes(web.resolve("model.onnx"));
            try {
                assertRefused(page, original, "onda-onnx-1", "onda-onnx-9", "\"onda-onnx-1\" is expected, this is");
                assertRefused(page, original, "\"happy\"", "\"hoppy\"", "its words or rate are not those");
            } finally {
                Files.write(web.resolve("model.onnx"), original);
            }
        }
    }

    private static void assertRefused(Page page, byte[] model, String from, String to, String why) throws IOException {
        String bytes = new String(model, StandardCharsets.ISO_8859_1);
        assertThat(bytes).contains(from);
        Files.write(web.resolve("model.onnx"), bytes.replace(from, to).getBytes(StandardCharsets.ISO_8859_1));
        page.reload();
        assertThat(page.locator("#complaint")).containsText(why, new ContainsTextOptions().setTimeout(LONG_MS));
        assertThat(page.locator("#listen")).isDisabled();
    }

    private static Page open(Chromium chromium, ColorScheme scheme, int width) {
        Page page =
                chromium.open(URI.create("http://localhost:" + host.getAddress().getPort() + "/"), scheme, width);
        assertThat(page.locator("#listen")).isEnabled(new IsEnabledOptions().setTimeout(LONG_MS));
        return page;
    }
}
