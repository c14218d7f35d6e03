package dev.onda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.ElementHandle;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages that commands write, in a real browser: everything loads, nothing complains, it fits a phone. */
class PagesTest {

    private static final int DESK = 1_200;
    private static final int PHONE = 390;

    @TempDir
    private Path folder;

    @Test
    void explorationLoadsWhole() throws Exception {
        try (Chromium chromium = Chromium.start()) {
            Path corpus = DemoCorpus.unpackTo(folder.resolve("corpus"));
            Path out = folder.resolve("page");
            assertThat(Main.run("explore", "--data", corpus.toString(), "--out", out.toString()))
                    .isZero();
            assertWhole(chromium, out.resolve("index.html"), 10, 13);
        }
    }

    @Test
    void reportLoadsWhole() throws Exception {
        try (Chromium chromium = Chromium.start()) {
            String corpus = DemoCorpus.unpackTo(folder.resolve("corpus")).toString();
            String model = folder.resolve("m.safetensors").toString();
            Path out = folder.resolve("page");
            assertThat(Main.run("train", "--data", corpus, "--model", "m5", "--epochs", "2", "--out", model))
                    .isZero();
            assertThat(Main.run("report", "--model", model, "--data", corpus, "--out", out.toString()))
                    .isZero();
            assertWhole(chromium, out.resolve("index.html"), 10, 20);
        }
    }

    @Test
    void watchedTrainingLoadsWhole() throws Exception {
        try (Chromium chromium = Chromium.start()) {
            String corpus = DemoCorpus.unpackTo(folder.resolve("corpus")).toString();
            String model = folder.resolve("m.safetensors").toString();
            assertThat(Main.run("train", "--data", corpus, "--model", "m5", "--epochs", "2", "--out", model, "--watch"))
                    .isZero();
            Path file = folder.resolve("m.report/index.html");
            assertWhole(chromium, file, 3, 0);
            Page page = chromium.open(file, ColorScheme.LIGHT, DESK);
            assertThat(page.querySelectorAll("h2").size()).isEqualTo(1);
            assertThat(page.querySelectorAll("nav"))
                    .as("no list of one section")
                    .isEmpty();
            assertThat(page.textContent("main")).contains("Finished after 2 of 2 epochs.");
            page.close();
        }
    }

    private static void assertWhole(Chromium chromium, Path file, int pictures, int sounds) {
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            Page page = chromium.open(file, scheme, DESK);
            assertThat(page.querySelectorAll("img").size()).isGreaterThanOrEqualTo(pictures);
            for (ElementHandle picture : page.querySelectorAll("img")) {
                assertThat((Boolean) picture.evaluate("i => i.decode().then(() => i.naturalWidth > 0)"))
                        .isTrue();
                assertThat(picture.getAttribute("alt")).isNotBlank();
            }
            assertThat(page.querySelectorAll("audio").size()).isGreaterThanOrEqualTo(sounds);
            for (ElementHandle sound : page.querySelectorAll("audio")) {
                assertThat((Double) sound.evaluate("a => new Promise((done, failed) => {"
                                + "a.onloadedmetadata = () => done(a.duration + 0.0001); a.onerror = failed;"
                                + "a.preload = 'auto'; a.load(); })"))
                        .isBetween(0.1, 10.0);
                assertThat(sound.getAttribute("aria-label")).isNotBlank();
            }
            keepPicture(page, scheme.name());
            page.close();
        }
        Page phone = chromium.open(file, ColorScheme.LIGHT, PHONE);
        assertThat((Integer) phone.evaluate("document.documentElement.scrollWidth"))
                .as("nothing is wider than a phone")
                .isLessThanOrEqualTo(PHONE);
        phone.keyboard().press("Tab");
        assertThat(phone.evaluate("document.activeElement.textContent"))
                .as("the first stop of a keyboard")
                .isEqualTo("to the content");
        keepPicture(phone, "phone");
        phone.close();
        assertThat(chromium.complaints()).isEmpty();
    }

    /** For people to look at: with -Donda.screenshots=DIR each page is kept as a picture. */
    private static void keepPicture(Page page, String how) {
        String pictures = System.getProperty("onda.screenshots", "");
        if (!pictures.isEmpty()) {
            String name = page.title().replaceAll("\\W+", "-") + "-" + how.toLowerCase(Locale.ROOT) + ".png";
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of(pictures).resolve(name)));
        }
    }
}
