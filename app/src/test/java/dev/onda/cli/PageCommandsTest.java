package dev.onda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onda.report.TrainingPage;
import dev.onda.train.Epoch;
import dev.onda.train.RunFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands that write pages: {@code explore}, {@code report}, {@code train --watch}; a browser looks at them elsewhere. */
class PageCommandsTest extends TypedCommands {

    @TempDir
    private Path folder;

    private static long count(String text, String part) {
        return text.split(part, -1).length - 1L;
    }

    @Test
    void exploresACorpusWithABrokenClip() throws IOException {
        Path corpus = DemoCorpus.unpackTo(folder.resolve("corpus"));
        for (int i = 0; i < 22; i++) {
            Files.writeString(corpus.resolve(String.format("yes/%08x_nohash_0.wav", i)), "no sound");
        }
        Path page = folder.resolve("page");
        assertThat(onda("explore", "--data", corpus, "--out", page))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).isEqualTo(page.resolve("index.html") + ": open it in a browser\n");
        String html = Files.readString(page.resolve("index.html"));
        assertThat(html)
                .contains(
                        "1,200 clips of 10 words by 60 speakers",
                        "Sample rates: 8,000 Hz (1,200 clips).",
                        "Beside these, 22 clips could not be read and count nowhere here.",
                        "the first 20; onda audit names the 2 others",
                        "<tr><th scope=\"row\">yes/00000013_nohash_0.wav</th><td>",
                        "<tr><th scope=\"row\">yes</th><td class=\"n\">90</td>")
                .doesNotContain("00000014_nohash")
                .doesNotContain("http:", "https:", "<script");
        assertThat(count(html, "<img")).isEqualTo(count(html, " alt=\"[^\"]")).isGreaterThanOrEqualTo(10);
        assertThat(count(html, "<audio")).isEqualTo(10 + 3);
        assertThat(page.resolve("clips-per-word.png")).exists();
        assertThat(page.resolve("spectrogram-dark.png")).exists();
    }

    @Test
    void refusesToExploreIntoAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(onda("explore", "--data", folder, "--out", file)).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("onda: --out " + file + ": a file; name a folder\n");
    }

    @Test
    void aTrainingIsWatchedAndReported() throws IOException {
        Path corpus = DemoCorpus.unpackTo(folder.resolve("corpus"));
        Path model = folder.resolve("m.safetensors");
        assertThat(onda(
                        "train",
                        "--data",
                        corpus,
                        "--model",
                        "m5",
                        "--epochs",
                        1,
                        "--out",
                        model,
                        "--watch",
                        "--tensorboard",
                        folder.resolve("events")))
                .as(err.toString())
                .isZero();
        assertThat(Files.readString(folder.resolve("m.report/index.html")))
                .contains(
                        "<h1>m: training finished</h1>",
                        "<p>m5 learns 10 words from the clips in " + corpus + ". Finished after 1 of 1 epoch.</p>",
                        "<p>After epoch 1, ")
                .doesNotContain("http-equiv=\"refresh\"", "<nav");
        try (Stream<Path> files = Files.list(folder.resolve("events/m"))) {
            assertThat(files.toList()).singleElement().satisfies(f -> {
                assertThat(String.valueOf(f.getFileName())).startsWith("events.out.tfevents.");
                assertThat(new String(Files.readAllBytes(f), StandardCharsets.ISO_8859_1))
                        .contains("brain.Event:2", "accuracy/validation");
            });
        }
        Path page = folder.resolve("page");
        assertThat(onda("report", "--model", model, "--data", corpus, "--out", page))
                .as(err.toString())
                .isZero();
        String html = Files.readString(page.resolve("index.html")).replaceAll("data:[^\"]*", "");
        assertThat(html)
                .contains(
                        "id=\"summary\"",
                        "id=\"training\"",
                        "id=\"confusion\"",
                        "id=\"speakers\"",
                        "id=\"calibration\"")
                .contains("id=\"detection\"", "id=\"robustness\"", "id=\"filters\"", "id=\"suspects\"")
                .contains("<tr><th scope=\"row\">network</th><td>m5</td></tr>", "most of these are its own mistakes")
                .doesNotContain("NaN", "<script");
        assertThat(html).contains("<p>After epoch 1, ", "<p>One epoch makes no curve.</p>");
        assertThat(page.resolve("learning-rate.png")).doesNotExist();
        Path history = folder.resolve("m.history.csv");
        List<String> lines = Files.readAllLines(history);
        Files.write(history, List.of(lines.get(1).replaceFirst("1,", "2,")), StandardOpenOption.APPEND);
        assertThat(onda("report", "--model", model, "--data", corpus, "--out", page))
                .isZero();
        html = Files.readString(page.resolve("index.html")).replaceAll("data:[^\"]*", "");
        assertThat(html).contains("<p>After epoch 2, ");
        assertThat(count(html, "<img")).isEqualTo(count(html, " alt=\"[^\"]")).isGreaterThanOrEqualTo(9);
        assertThat(page.resolve("learning-rate.png")).exists();
        Files.delete(history);
        assertThat(onda("report", "--model", model, "--data", corpus, "--out", page))
                .isZero();
        assertThat(Files.readString(page.resolve("index.html")))
                .contains("<p>Not known: m.history.csv, which onda train leaves beside a model, does not lie beside");
    }

    @Test
    void aTrainingThatGoesOnKeepsItsFolderOfEvents() throws IOException {
        RunFiles files = new RunFiles(folder.resolve("m.safetensors"));
        Epoch epoch = new Epoch(1, 1e-4, 2, 0.3, 1.9, 0.4, 7);
        Path events = folder.resolve("events");
        Watched watched = new Watched();
        new CommandLine(watched.spec()).parseArgs("--watch", "--tensorboard", events.toString());
        ViewOptions options = watched.options;
        TrainingPage page = new TrainingPage(files.report(), "m5", 2, Path.of("corpus"), 2);
        Path html = files.report().resolve("index.html");
        try (TrainingViews views = TrainingViews.open(options, page, List.of(), line -> {})) {
            assertThat(Files.readString(html))
                    .contains("<h1>m: training goes on</h1>", "2 words from the clips in corpus. Now: epoch 1 of 2.");
            views.epochEnded(List.of(epoch));
            assertThat(Files.readString(html))
                    .contains("Now: epoch 2 of 2.", "After epoch 1, 40.0 %", "http-equiv=\"refresh\" content=\"7\"");
        }
        assertThat(Files.readString(html))
                .contains("<h1>m: training stopped</h1>", "Stopped in epoch 2 of 2; after Ctrl-C the same command with")
                .doesNotContain("http-equiv=\"refresh\"");
        try (TrainingViews views = TrainingViews.open(options, page, List.of(epoch), line -> {})) {
            views.epochEnded(List.of(epoch, epoch));
            views.finished();
        }
        assertThat(Files.readString(html)).contains("Finished after 2 of 2 epochs.");
        assertThat(events.resolve("m-2")).doesNotExist();
        TrainingViews.open(options, page, List.of(), line -> {}).close();
        assertThat(events.resolve("m-2")).isDirectory();
    }

    private static final class Watched extends Command {
        private final ViewOptions options = new ViewOptions(this);

        Watched() {
            super("watched");
        }

        @Override
        int call() {
            return 0;
        }
    }
}
