package dev.onda.report;

import dev.onda.audio.SampleFormat;
import dev.onda.audio.WavWriter;
import dev.onda.audio.Wave;
import dev.onda.file.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An HTML page with all its pictures and sounds inside: one file that needs nothing else, no address and no script. Pictures
 * follow the reader's choice of light or dark; each has text beside it. Long, as each kind of thing on a page has its markup here.
 */
final class Page {

    private static final String POLICY =
            "default-src 'none'; img-src data:; media-src data:; style-src 'unsafe-inline'";

    /** Rows that a table shows without scrolling. */
    private static final int MOST_SHOWN = 50;

    /** Rows of a table that is about as high as a picture. */
    private static final int MOST_BESIDE = 20;

    /** Fewer sections need no list of them. */
    private static final int LEAST_LISTED = 3;

    private final String title;
    private final Optional<Duration> reload;
    private final List<String> contents = new ArrayList<>();
    private final StringBuilder body = new StringBuilder();
    private final Map<String, byte[]> pictures = new LinkedHashMap<>();
    private boolean isInSection;
    private boolean isInPictures;

    Page(String title) {
        this(title, Optional.empty());
    }

    /**
     * @param reload how often a browser looks for a newer one
     */
    Page(String title, Optional<Duration> reload) {
        this.title = title;
        this.reload = reload;
    }

    /** Begins a section, which the list at the top of the page names if there are {@value #LEAST_LISTED} or more. */
    Page section(String id, String heading) {
        endSection();
        isInSection = true;
        contents.add("<li><a href=\"#%s\">%s</a></li>%n".formatted(id, escaped(heading)));
        body.append("<section id=\"%s\" aria-labelledby=\"%s-h\">%n<h2 id=\"%s-h\">%s</h2>%n"
                .formatted(id, id, id, escaped(heading)));
        return this;
    }

    private void endSection() {
        endPictures();
        if (isInSection) {
            body.append("</section>\n");
        }
    }

    private void beginPictures() {
        if (!isInPictures) {
            isInPictures = true;
            body.append("<div class=\"pictures\">\n");
        }
    }

    private void endPictures() {
        if (isInPictures) {
            isInPictures = false;
            body.append("</div>\n");
        }
    }

    Page text(String text) {
        endPictures();
        body.append("<p>%s</p>%n".formatted(escaped(text)));
        return this;
    }

    /** A heading inside a section. */
    Page heading(String text) {
        endPictures();
        body.append("<h3>%s</h3>%n".formatted(escaped(text)));
        return this;
    }

    /**
     * A picture. Those that follow each other stand side by side where the screen is wide enough.
     *
     * @param name of its PNG file, without the ending
     * @param text what is to be seen on it
     */
    Page picture(String name, Plot plot, String text) {
        byte[] light = plot.png(Theme.LIGHT);
        byte[] dark = plot.png(Theme.DARK);
        pictures.put(name + Theme.LIGHT.suffix() + ".png", light);
        pictures.put(name + Theme.DARK.suffix() + ".png", dark);
        beginPictures();
        body.append("""
                <figure><picture><source media="(prefers-color-scheme: dark)" srcset="%s">\
                <img src="%s" alt="%s" width="%s" height="%s"></picture>
                <figcaption>%s</figcaption></figure>
                """.formatted(
                        data("image/png", dark),
                        data("image/png", light),
                        escaped(plot.title()),
                        Integer.toString(plot.width()),
                        Integer.toString(plot.height()),
                        escaped(text)));
        return this;
    }

    /** Begins a row of players or of tables, which {@link #endRow} ends. */
    Page row() {
        endPictures();
        body.append("<div class=\"row\">\n");
        return this;
    }

    Page endRow() {
        body.append("</div>\n");
        return this;
    }

    /** Something to listen to, as a WAV file of 16 bits. */
    Page sound(String label, Wave wave) {
        body.append("""
                <figure class="sound"><figcaption>%s</figcaption>\
                <audio controls preload="none" aria-label="%s" src="%s"></audio></figure>
                """.formatted(escaped(label), escaped("play " + label), data("audio/wav", wav(wave))));
        return this;
    }

    /** A table that is shown on demand, for what few look up. */
    Page folded(String caption, List<String> header, List<List<String>> rows) {
        endPictures();
        body.append("<details><summary>%s</summary>%n".formatted(escaped(caption)));
        table(caption, header, rows);
        body.append("</details>\n");
        return this;
    }

    /** A table; columns of numbers stand to the right. A short one that follows a picture stands beside it. */
    Page table(String caption, List<String> header, List<List<String>> rows) {
        if (rows.size() > MOST_BESIDE) {
            endPictures();
        }
        beginTable(caption, rows.size() > MOST_SHOWN ? "long" : "whole", "plain");
        body.append("<thead><tr>");
        boolean[] isRight = new boolean[header.size()];
        for (int column = 0; column < header.size(); column++) {
            int c = column;
            isRight[c] = c > 0 && rows.stream().allMatch(row -> isNumber(row.get(c)));
            body.append("<th scope=\"col\"%s>%s</th>".formatted(right(isRight[c]), escaped(header.get(c))));
        }
        body.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            body.append("<tr><th scope=\"row\">%s</th>".formatted(escaped(row.getFirst())));
            for (int c = 1; c < row.size(); c++) {
                body.append("<td%s>%s</td>".formatted(right(isRight[c]), escaped(row.get(c))));
            }
            body.append("</tr>\n");
        }
        body.append("</tbody></table></div>\n");
        return this;
    }

    private void beginTable(String caption, String box, String kind) {
        body.append("""
                <div class="scroll %s" tabindex="0" role="region" aria-label="%s"><table class="%s"><caption>%s</caption>
                """.formatted(box, escaped(caption), kind, escaped(caption)));
    }

    private static String right(boolean isRight) {
        return isRight ? " class=\"n\"" : "";
    }

    /** Counts of pairs: the darker a cell, the larger its share of the row. */
    Page matrix(String caption, List<String> rowNames, List<String> columnNames, int[][] counts) {
        endPictures();
        beginTable(caption, "whole", "matrix");
        body.append("<thead><tr><td></td>");
        columnNames.forEach(name -> body.append("<th scope=\"col\"><span>%s</span></th>".formatted(escaped(name))));
        body.append("</tr></thead>\n<tbody>\n");
        for (int row = 0; row < counts.length; row++) {
            int total = Math.max(1, Arrays.stream(counts[row]).sum());
            body.append("<tr><th scope=\"row\">%s</th>".formatted(escaped(rowNames.get(row))));
            for (int count : counts[row]) {
                body.append(
                        count == 0
                                ? "<td></td>"
                                : String.format(
                                        Locale.ROOT,
                                        "<td style=\"--v:%.0f%%\">%d</td>",
                                        Math.max(6.0, 45.0 * count / total),
                                        count));
            }
            body.append("</tr>\n");
        }
        body.append("</tbody></table></div>\n");
        return this;
    }

    /** The whole page. */
    String html() {
        endSection();
        isInSection = false;
        String refresh = reload.map(d -> "<meta http-equiv=\"refresh\" content=\"" + d.toSeconds() + "\">\n")
                .orElse("");
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta http-equiv="Content-Security-Policy" content="%s">
                %s<link rel="icon" href="data:,">
                <title>%s</title>
                <style>
                %s</style>
                </head>
                <body>
                <a class="skip" href="#content">to the content</a>
                <header><h1>%s</h1>
                %s</header>
                <main id="content">
                %s</main>
                </body>
                </html>
                """.formatted(POLICY, refresh, escaped(title), style(), escaped(title), contents(), body);
    }

    private String contents() {
        return contents.size() < LEAST_LISTED
                ? ""
                : "<nav aria-label=\"on this page\"><ul>\n" + String.join("", contents) + "</ul></nav>";
    }

    /**
     * Writes {@code index.html} and a PNG file of each picture into a folder, which is made if it is not there.
     *
     * @throws IOException if a file cannot be written
     */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, byte[]> picture : pictures.entrySet()) {
            AtomicFile.write(folder.resolve(picture.getKey()), picture.getValue());
        }
        AtomicFile.write(folder.resolve("index.html"), html().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] wav(Wave wave) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            WavWriter.write(bytes, wave, SampleFormat.PCM_16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String data(String type, byte[] bytes) {
        return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes);
    }

    private static boolean isNumber(String cell) {
        return cell.isEmpty() || "0123456789-.".indexOf(cell.charAt(0)) >= 0;
    }

    private static String style() {
        try (InputStream in = Objects.requireNonNull(Page.class.getResourceAsStream("page.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }
}
