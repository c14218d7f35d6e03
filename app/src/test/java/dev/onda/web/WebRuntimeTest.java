package dev.onda.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A shell script stands for npm. */
@DisabledOnOs(OS.WINDOWS)
class WebRuntimeTest {

    private static final String HELLO = "hello";
    private static final String BRINGS = "cp ../got.tgz \"$5/onnxruntime-web-1.30.0.tgz\"\n";
    private static final List<WebRuntime.Piece> PIECES = List.of(new WebRuntime.Piece(
            "long.name.mjs", "short.js", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"));

    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();
    private Path work;
    private Path target;

    @BeforeEach
    void makeFolders() throws IOException {
        work = Files.createDirectory(folder.resolve("work"));
        target = Files.createDirectory(folder.resolve("target"));
    }

    private WebRuntime runtime(String script) throws IOException {
        Path npm = folder.resolve("npm");
        Files.writeString(npm, script);
        return new WebRuntime(PIECES, List.of("sh", npm.toString()), told::add);
    }

    private static byte[] archive(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (String name : List.of("package/dist/long.name.mjs.map", "package/dist/long.name.mjs")) {
                byte[] content = (name.endsWith("map") ? "another" : text).getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(name);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void npmBringsItOnce() throws IOException {
        Files.write(folder.resolve("got.tgz"), archive(HELLO));
        WebRuntime runtime = runtime("echo \"$@\" >>../asked; " + BRINGS);
        runtime.provide(target, work);
        runtime.provide(target, work);
        assertThat(target.resolve("short.js")).hasContent(HELLO);
        try (var files = Files.list(target)) {
            assertThat(files).hasSize(1);
        }
        assertThat(Files.readAllLines(folder.resolve("asked")))
                .containsExactly("pack onnxruntime-web@1.30.0 --silent --pack-destination " + work);
        assertThat(told).singleElement().asString().contains("with npm, 33 MB");
    }

    @Test
    void mendsAFileThatIsNotTheRightOne() throws IOException {
        Files.write(folder.resolve("got.tgz"), archive(HELLO));
        Files.writeString(target.resolve("short.js"), "an older version");
        runtime(BRINGS).provide(target, work);
        assertThat(target.resolve("short.js")).hasContent(HELLO);
    }

    @Test
    void takesNothingElse() throws IOException {
        Files.write(folder.resolve("got.tgz"), archive("hallo"));
        assertRefused(runtime("exit 1\n"), "npm failed");
        assertRefused(runtime("exit 0\n"), "npm brought nothing");
        assertRefused(runtime(BRINGS), "npm brought something else");
        assertRefused(
                new WebRuntime(PIECES, List.of(folder.resolve("none").toString()), told::add), "npm cannot be started");
        try (var files = Files.list(target)) {
            assertThat(files).isEmpty();
        }
    }

    private void assertRefused(WebRuntime runtime, String why) {
        assertThatIOException()
                .isThrownBy(() -> runtime.provide(target, work))
                .withMessage("onnxruntime-web 1.30.0: " + why
                        + "; install Node.js, or put long.name.mjs of this version as " + target.resolve("short.js")
                        + ", and try again");
    }
}
