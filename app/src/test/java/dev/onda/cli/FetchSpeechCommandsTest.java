package dev.onda.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onda.fetch.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchSpeechCommandsTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void downloadsChecksUnpacksAndNamesTheAuthor() throws Exception {
        byte[] archive = archive();
        String sha =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive));
        try (var server = new ScriptedServer(ScriptedServer.whole(archive, "\"v1\""))) {
            String url = server.uri("speech.tar.gz").toString();
            assertThat(fetch("--out", corpus().toString(), "--url", url, "--sha256", sha))
                    .isZero();
            assertThat(out.toString())
                    .isEqualTo(corpus() + ": 1 files, 3 bytes\nSpeech Commands v0.01, Pete Warden, CC BY 4.0\n");
            assertThat(corpus().resolve("yes/a.wav")).hasContent("abc");
            assertThat(corpus().resolve("FETCHED.txt")).content().contains("sha256: " + sha, "CC BY 4.0");
            assertThat(corpus().resolve("ATTRIBUTION.txt")).hasContent("Speech Commands v0.01, Pete Warden, CC BY 4.0");
            assertThat(folder.resolve("corpus.tar.gz")).doesNotExist();

            assertThat(fetch("--out", corpus().toString(), "--url", url, "--sha256", sha))
                    .isZero();
            assertThat(out.toString()).endsWith(corpus() + ": already complete\n");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void saysWhenNothingVouchesForTheDownload() throws Exception {
        try (var server = new ScriptedServer(ScriptedServer.whole(archive(), "\"v1\""))) {
            assertThat(fetch(
                            "--out",
                            corpus().toString(),
                            "--url",
                            server.uri("a").toString()))
                    .isZero();
        }
        assertThat(err.toString()).contains("unchecked", "--sha256 would check it");
    }

    @Test
    void aWrongChecksumIsOneLine() throws Exception {
        String wrong = "0".repeat(64);
        try (var server = new ScriptedServer(ScriptedServer.whole(archive(), "\"v1\""))) {
            String url = server.uri("a").toString();
            assertThat(fetch("--out", corpus().toString(), "--url", url, "--sha256", wrong))
                    .isEqualTo(2);
        }
        assertThat(err.toString().lines()).singleElement().asString().contains("expected SHA-256 " + wrong);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatIsNoAddressIsTheUsersError() {
        assertThat(fetch("--out", corpus().toString(), "--url", "file:///x")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("onda: a download starts with http://HOST or https://HOST, not file:///x\n");
    }

    @Test
    void aFolderMustBeNamed() {
        assertThat(fetch()).isEqualTo(2);
        assertThat(err.toString()).contains("--out=DIR").endsWith("see onda fetch speech-commands --help\n");
    }

    private int fetch(String... options) {
        String[] args = new String[options.length + 2];
        args[0] = "fetch";
        args[1] = "speech-commands";
        System.arraycopy(options, 0, args, 2, options.length);
        return new Main(new PrintWriter(out), new PrintWriter(err)).execute(args);
    }

    private Path corpus() {
        return folder.resolve("corpus");
    }

    private static byte[] archive() throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(written))) {
            TarArchiveEntry entry = new TarArchiveEntry("yes/a.wav");
            entry.setSize(3);
            tar.putArchiveEntry(entry);
            tar.write("abc".getBytes(UTF_8));
            tar.closeArchiveEntry();
        }
        return written.toByteArray();
    }
}
