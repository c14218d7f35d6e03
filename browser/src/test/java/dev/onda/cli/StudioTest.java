package dev.onda.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import dev.onda.audio.WavWriter;
import dev.onda.audio.Wave;
import dev.onda.corpus.Partition;
import dev.onda.model.ModelFile;
import dev.onda.studio.Limits;
import dev.onda.studio.Studio;
import dev.onda.studio.StudioSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The studio in a real browser whose microphone hears files. Long, as each test is a way through all its pages. */
class StudioTest {

    private static final int DESK = 1_200;
    private static final int PHONE = 390;
    /** For what takes computing: as long as the slowest machine may need. */
    private static final double LONG_MS = 180_000;

    /** For how long the page offers to take a deletion back. */
    private static final long UNDO_MS = 10_000;

    @TempDir
    private Path folder;

    private Studio studio;

    @BeforeEach
    void start() throws IOException {
        studio = start(folder.resolve("studio"), Optional.empty());
    }

    private static Studio start(Path folder, Optional<String> token) throws IOException {
        return Studio.start(
                new StudioSettings(
                        InetAddress.getLoopbackAddress(), 0, folder, List.of(), token, "onda test", Limits.defaults()),
                StudioCommand.BOX);
    }

    @AfterEach
    void stop() {
        studio.close();
    }

    @Test
    void namesAWordThatIsSpoken() throws IOException {
        Path sound = sound("spoken.wav", Spoken.clips(Spoken.real("yes"), Partition.VALIDATION, 4));
        try (Chromium chromium = Chromium.listeningTo(sound)) {
            Page page = open(chromium, "try", DESK);
            button(page, "Listen").click();
            assertThat(page.locator("#heard")).containsText("yes", new ContainsTextOptions().setTimeout(LONG_MS));
            assertThat(page.locator("#scores li").count()).isEqualTo(20);
            link(page, "Teach").click();
            link(page, "Try").click();
            assertThat(page.locator("#try-left")).containsText("Listening stopped when you left");
            assertThat(button(page, "Listen")).isVisible();
            page.locator("#files")
                    .setInputFiles(Spoken.clips(Spoken.real("stop"), Partition.TRAINING, 1)
                            .getFirst());
            assertThat(page.locator("#clips tbody tr").first()).containsText("stop");
            assertThat(chromium.complaints()).isEmpty();
        }
    }

    @Test
    void listsClipsInTheOrderChosenAndWhatIsNoneByItself() throws IOException {
        Path demo = DemoCorpus.unpackTo(folder.resolve("demo"));
        Path none = Files.writeString(folder.resolve("none.wav"), "no sound");
        Path yes = Files.copy(
                Spoken.clips(demo.resolve("yes"), Partition.TRAINING, 1).getFirst(), folder.resolve("b.wav"));
        Path stop = Files.copy(
                Spoken.clips(demo.resolve("stop"), Partition.TRAINING, 1).getFirst(), folder.resolve("a.wav"));
        try (Chromium chromium = Chromium.start()) {
            Page page = open(chromium, "try", DESK);
            page.locator("#files").setInputFiles(new Path[] {yes, none, stop});
            assertThat(page.locator("#clips tbody audio")).hasCount(2);
            assertThat(page.locator("#clips tbody th")).containsText(new String[] {"b.wav", "a.wav"});
            assertThat(page.locator("#unread li")).containsText("none.wav: not a WAV file");
            assertThat(seriousFaults(page)).isEmpty();
            keepPicture(page, "clips");
            assertThat(chromium.complaints()).allMatch(said -> said.contains("400"));
        }
    }

    @Test
    void saysInOneWayThatTheStudioIsGone() throws IOException {
        Path demo = DemoCorpus.unpackTo(folder.resolve("demo"));
        Path sound = sound("spoken.wav", Spoken.clips(demo.resolve("yes"), Partition.TRAINING, 4));
        try (Chromium chromium = Chromium.listeningTo(sound)) {
            Page page = open(chromium, "try", DESK);
            String lost =
                    "The studio does not answer. Is it still running? If not, start it again; this page goes on by itself.";
            stop();
            assertThat(page.locator("#complaint")).hasText(lost);
            button(page, "Listen").click();
            assertThat(button(page, "Listen")).isEnabled();
            assertThat(page.locator("#complaint")).hasText(lost);
            link(page, "Train").click();
            assertThat(page.locator("#complaint")).hasText(lost);
        }
    }

    @Test
    void saysWhatIsWrongWithAWordBesideIt() {
        try (Chromium chromium = Chromium.start()) {
            Page page = open(chromium, "teach", DESK);
            Locator word = page.getByLabel("New word");
            word.fill("lights on");
            button(page, "Add").click();
            assertThat(page.locator("#word-fault")).containsText("no blanks");
            assertThat(word).isFocused();
            assertThat(word).hasAccessibleDescription(Pattern.compile("No blanks.*no blanks"));
            assertThat(page.locator("#complaint")).isEmpty();
            assertThat(seriousFaults(page)).isEmpty();
            word.fill("lights_on");
            assertThat(page.locator("#word-fault")).isEmpty();
            button(page, "Add").click();
            assertThat(button(page, "Record lights_on")).isFocused();
            assertThat(chromium.complaints()).allMatch(said -> said.contains("400"));
        }
    }

    @Test
    void learnsTwoWordsAndHearsThem() throws IOException {
        Path demo = DemoCorpus.unpackTo(folder.resolve("demo"));
        List<String> words = List.of("off", "on");
        for (String word : words) {
            Path sound = sound(word + ".wav", Spoken.clips(demo.resolve(word), Partition.TRAINING, 12));
            try (Chromium chromium = Chromium.listeningTo(sound)) {
                Page page = open(chromium, "teach", DESK);
                page.getByLabel("New word").fill(word);
                button(page, "Add").click();
                button(page, "Record " + word + " 5 times").click();
                assertThat(page.locator(".recordings li canvas[aria-label*='5 of " + word + "']"))
                        .isVisible(new IsVisibleOptions().setTimeout(LONG_MS));
                assertThat(page.locator("#recorded")).containsText("5 recordings of " + word);
                assertThat(chromium.complaints()).isEmpty();
            }
        }
        Path heard = sound("heard.wav", Spoken.clips(demo.resolve(words.getFirst()), Partition.TRAINING, 12));
        try (Chromium chromium = Chromium.listeningTo(heard)) {
            Page page = open(chromium, "teach", DESK);
            button(page, "Teach").click();
            Locator tryIt = button(page, "Try it");
            assertThat(tryIt).isVisible(new IsVisibleOptions().setTimeout(LONG_MS));
            keepPicture(page, "taught");
            tryIt.click();
            assertThat(page.locator("#try-model")).hasValue("my-words");
            assertThat(button(page, "Stop")).isFocused();
            assertThat(page.locator("#heard"))
                    .containsText(words.getFirst(), new ContainsTextOptions().setTimeout(LONG_MS));
            keepPicture(page, "heard");
            assertThat(chromium.complaints()).isEmpty();
        }
        assertThat(folder.resolve("studio/models/my-words.safetensors")).isRegularFile();
    }

    @Test
    void trainsToTheEndAndShowsIt() {
        try (Chromium chromium = Chromium.start()) {
            Page page = open(chromium, "train", DESK);
            assertThat(page.locator("#train-network")).hasValue("onda-s");
            page.locator("#train-network").selectOption("m5");
            assertThat(page.locator("#network-text")).containsText("Dai 2016");
            page.getByLabel("Epochs").fill("3");
            page.getByLabel("Name").last().fill("first");
            button(page, "Train").click();
            Locator row = page.locator("#runs tbody tr");
            assertThat(row).containsText("done", new ContainsTextOptions().setTimeout(LONG_MS));
            assertThat(row).containsText("3 of 3");
            assertThat(row.locator("[data-column='validation accuracy']")).containsText("the best");
            assertThat(page.locator("#confusion tbody tr").count()).isEqualTo(10);
            assertThat(page.locator("#accuracy-text")).containsText("after epoch 3");
            assertThat(page.locator("#accuracy-plot canvas")).isVisible();
            keepPicture(page, "trained");
            Page phone = open(chromium, "train", PHONE);
            BoundingBox delete = button(phone, "Delete first").boundingBox();
            assertThat(delete.x + delete.width).as("its right edge").isLessThanOrEqualTo(PHONE);
            assertThat(seriousFaults(phone)).isEmpty();
            keepPicture(phone, "trained-phone");
            button(page, "Report first").click();
            assertThat(page.locator("#report-pages iframe")).isVisible(new IsVisibleOptions().setTimeout(LONG_MS));
            assertThat(page.locator("#report-pages select")).containsText("first on demo, validation clips");
            assertThat(page.frameLocator("#report-pages iframe").locator("#summary"))
                    .containsText("140 validation clips are right");
            page.waitForFunction("() => { const frame = document.querySelector('#report-pages iframe');"
                    + " return frame.clientHeight >= frame.contentDocument.documentElement.scrollHeight"
                    + " && frame.clientHeight > 2000; }");
            link(page, "Try").click();
            assertThat(page.locator("#try-model option")).hasCount(2);
            assertThat(chromium.complaints()).isEmpty();
        }
    }

    @Test
    void takesADeletionBack() throws IOException {
        Path clip = record("marvin", 0, tone(0.2, 0.8));
        Path other = record("marvin", 1, tone(0.2, 0.8));
        try (Chromium chromium = Chromium.start()) {
            Page page = open(chromium, "teach", DESK);
            page.clock().install();
            button(page, "Delete recording 1 of marvin").click();
            assertThat(page.locator("#words")).containsText("1 recording,");
            assertThat(button(page, "Undo deleting recording 1 of marvin")).isFocused();
            keepPicture(page, "undo");
            button(page, "Undo deleting recording 1 of marvin").click();
            assertThat(page.locator("#words")).containsText("2 recordings,");
            page.clock().runFor(UNDO_MS);
            button(page, "Delete recording 2 of marvin").click();
            page.clock().runFor(UNDO_MS);
            assertThat(page.locator(".recordings li")).hasCount(1);
            assertThat(clip).isRegularFile();
            assertThat(other).doesNotExist();
            assertThat(chromium.complaints()).isEmpty();
        }
    }

    @Test
    void takesDeletionsOfAWordAndAModelBack() throws IOException {
        Path clip = record("marvin", 0, tone(0.2, 0.8));
        Path model = ownModel("mine");
        try (Chromium chromium = Chromium.start()) {
            Page page = open(chromium, "teach", DESK);
            page.clock().install();
            for (String name : List.of("marvin", "mine")) {
                button(page, "Delete " + name).click();
                assertThat(button(page, "Undo deleting " + name)).isFocused();
                button(page, "Undo deleting " + name).click();
                assertThat(button(page, "Delete " + name)).isFocused();
            }
            page.clock().runFor(UNDO_MS);
            assertThat(clip).isRegularFile();
            assertThat(model).isRegularFile();
            button(page, "Delete marvin").click();
            page.clock().runFor(UNDO_MS);
            assertThat(button(page, "Undo deleting marvin")).hasCount(0);
            assertThat(clip.getParent()).doesNotExist();
            assertThat(chromium.complaints()).isEmpty();
        }
    }

    @Test
    void deletesWhatIsLeftToDeleteWhenThePageIsLeft() throws IOException {
        Path clip = record("marvin", 0, tone(0.2, 0.8));
        try (Chromium chromium = Chromium.start()) {
            Page page = open(chromium, "teach", DESK);
            Page other = open(chromium, "teach", DESK);
            button(page, "Delete recording 1 of marvin").click();
            page.reload();
            assertThat(other.locator("#words")).containsText("0 recordings,");
            assertThat(clip).doesNotExist();
            assertThat(chromium.complaints()).isEmpty();
        }
    }

    @Test
    void saysWhichRecordingsAreNoGood() throws IOException {
        record("marvin", 0, tone(0.2, 0.8));
        record("marvin", 1, tone(0, 0.5));
        record("marvin", 2, tone(0.5, 1));
        record("marvin", 3, new float[Spoken.RATE_HZ]);
        ownModel("mine");
        try (Chromium chromium = Chromium.start()) {
            Page page = open(chromium, "teach", DESK);
            Locator notes = page.locator(".recordings .note");
            assertThat(notes).containsText(new String[] {"cut off at the start", "cut off at the end", "too quiet"});
            button(page, "Delete recording 1 of marvin").click();
            assertThat(seriousFaults(page)).isEmpty();
            keepPicture(page, "faults");
            Page dark = open(chromium, "teach", ColorScheme.DARK, PHONE);
            assertThat(seriousFaults(dark)).isEmpty();
            keepPicture(dark, "faults-phone");
            assertThat(chromium.complaints()).isEmpty();
        }
    }

    @Test
    void tellsOtherTabsWhatChanged() throws IOException {
        ownModel("mine");
        try (Chromium chromium = Chromium.start()) {
            Page page = open(chromium, "teach", DESK);
            Page other = open(chromium, "teach", DESK);
            page.getByLabel("New word").fill("marvin");
            button(page, "Add").click();
            assertThat(button(other, "Record marvin")).isVisible();
            keepPicture(page, "models");
            page.clock().install();
            button(page, "Delete mine").click();
            assertThat(page.locator("#own-models")).containsText("(deleted)");
            page.clock().runFor(UNDO_MS);
            assertThat(page.locator("#no-models")).isVisible();
            assertThat(other.locator("#no-models")).isVisible();
            assertThat(other.locator("#try-model option")).hasCount(1);
            assertThat(folder.resolve("studio/models/mine.safetensors")).doesNotExist();
            assertThat(chromium.complaints()).isEmpty();
        }
    }

    @Test
    void remembersTheModelWhileItIsThere() throws IOException {
        Path file = ownModel("mine");
        try (Chromium chromium = Chromium.start()) {
            Page page = open(chromium, "try", DESK);
            page.locator("#try-model").selectOption("mine");
            reload(page);
            assertThat(page.locator("#try-model")).hasValue("mine");
            Files.delete(file);
            reload(page);
            assertThat(page.locator("#try-model")).hasValue("onda");
            assertThat(chromium.complaints()).isEmpty();
        }
    }

    private static void reload(Page page) {
        page.reload();
        page.waitForSelector("body[data-ready]");
    }

    @Test
    void asksForTheToken() throws IOException {
        String token = "correct-horse-battery";
        try (Studio closed = start(folder.resolve("closed"), Optional.of(token));
                Chromium chromium = Chromium.start()) {
            URI address = URI.create("http://localhost:" + closed.port() + "/");
            for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                Page page = chromium.open(address, scheme, PHONE);
                assertThat(seriousFaults(page)).isEmpty();
                page.getByLabel("Token").fill("wrong-horse-battery");
                button(page, "Open").click();
                assertThat(page.locator("#complaint")).containsText("That is not the token.");
                keepPicture(page, "token-" + scheme);
                page.getByLabel("Token").fill(token);
                button(page, "Open").click();
                page.waitForSelector("body[data-ready]");
                assertThat(page).hasURL(address.toString());
                page.close();
            }
            assertThat(chromium.complaints()).isNotEmpty().allMatch(said -> said.contains("401"));
        }
    }

    @Test
    void exploresClips() {
        try (Chromium chromium = Chromium.start()) {
            Page page = open(chromium, "explore", DESK);
            button(page, "Make the page").click();
            Locator frame = page.locator("#explore-pages iframe");
            assertThat(frame).isVisible(new IsVisibleOptions().setTimeout(LONG_MS));
            assertThat(page.frameLocator("#explore-pages iframe").locator("h1")).containsText("demo");
            assertThat(chromium.complaints()).isEmpty();
        }
    }

    @Test
    void isForEveryone() {
        try (Chromium chromium = Chromium.start()) {
            for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                for (String part : List.of("try", "teach", "train", "explore", "report")) {
                    Page page = open(chromium, part, scheme, DESK);
                    assertThat(seriousFaults(page)).as("%s, %s", part, scheme).isEmpty();
                    keepPicture(page, part + "-" + scheme);
                    page.close();
                }
            }
            for (String part : List.of("try", "teach", "train", "explore", "report")) {
                Page phone = open(chromium, part, PHONE);
                assertThat((Integer) phone.evaluate("document.documentElement.scrollWidth"))
                        .as("nothing of %s is wider than a phone", part)
                        .isLessThanOrEqualTo(PHONE);
                keepPicture(phone, part + "-phone");
                phone.close();
            }
            Page start = chromium.open(URI.create(studio.url()), ColorScheme.LIGHT, DESK);
            start.keyboard().press("Tab");
            assertThat(start.evaluate("document.activeElement.textContent"))
                    .as("the first stop of a keyboard")
                    .isEqualTo("to the content");
            assertThat(chromium.complaints()).isEmpty();
        }
    }

    private static List<String> seriousFaults(Page page) {
        return new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .filter(v -> List.of("serious", "critical").contains(v.getImpact()))
                        .map(Rule::toString)
                        .toList();
    }

    private Path ownModel(String name) throws IOException {
        Path file = folder.resolve("studio/models/" + name + ".safetensors");
        ModelFile.write(file, StudioCommand.BOX.box());
        return file;
    }

    private Path record(String word, int number, float[] samples) throws IOException {
        Path file = folder.resolve("studio/words/" + word + "/0123abcd_nohash_" + number + ".wav");
        Files.createDirectories(file.getParent());
        WavWriter.write(file, new Wave(samples, Spoken.RATE_HZ));
        return file;
    }

    /** A second with a tone in a part of it. */
    private static float[] tone(double from, double to) {
        float[] samples = new float[Spoken.RATE_HZ];
        for (int i = (int) (from * Spoken.RATE_HZ); i < to * Spoken.RATE_HZ; i++) {
            samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * 440 * i / Spoken.RATE_HZ));
        }
        return samples;
    }

    private Page open(Chromium chromium, String part, int width) {
        return open(chromium, part, ColorScheme.LIGHT, width);
    }

    private Page open(Chromium chromium, String part, ColorScheme scheme, int width) {
        Page page = chromium.open(URI.create(studio.url() + "#" + part), scheme, width);
        page.waitForSelector("body[data-ready]");
        return page;
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Path sound(String name, List<Path> clips) throws IOException {
        Path file = folder.resolve(name);
        Spoken.write(file, clips);
        return file;
    }

    /** For people to look at, as in {@link PagesTest}. */
    private static void keepPicture(Page page, String how) {
        String pictures = System.getProperty("onda.screenshots", "");
        if (!pictures.isEmpty()) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of(pictures).resolve("studio-" + how.toLowerCase(Locale.ROOT) + ".png")));
        }
    }
}
