package dev.onda.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {
    private static final Archive.Limits LIMITS = new Archive.Limits(1000, 5);

    @TempDir
    Path temporary;

    @Test
    void unpacksFilesAndFolders() throws IOException {
        Path archive = tar(tar -> {
            folder(tar, "./");
            folder(tar, "./yes/");
            file(tar, "./yes/a.wav", "abc");
            file(tar, "no/b.wav", "");
        });
        List<Long> reads = new ArrayList<>();
        assertThat(Archive.unpackTarGz(archive, corpus(), LIMITS, reads::add)).isEqualTo(new Archive.Summary(2, 0, 3));
        assertThat(corpus().resolve("yes/a.wav")).hasContent("abc");
        assertThat(corpus().resolve("no/b.wav")).isEmptyFile();
        assertThat(reads).hasSize(2).last().isEqualTo(Files.size(archive));
    }

    @Test
    void keepsWhatIsThereInFullSize() throws IOException {
        Path archive = tar(tar -> {
            file(tar, "yes/a.wav", "abc");
            file(tar, "yes/b.wav", "def");
            file(tar, "yes/c.wav", "ghi");
        });
        Path kept = Files.createDirectories(corpus().resolve("yes")).resolve("a.wav");
        Files.writeString(kept, "ABC");
        Files.setLastModifiedTime(kept, FileTime.fromMillis(0));
        Files.writeString(corpus().resolve("yes/b.wav"), "d");
        Files.writeString(corpus().resolve("yes/c.wav.part"), "left by a break");
        assertThat(unpack(archive)).isEqualTo(new Archive.Summary(2, 1, 9));
        assertThat(Files.getLastModifiedTime(kept).toMillis()).isZero();
        assertThat(corpus().resolve("yes/b.wav")).hasContent("def");
        assertThat(corpus().resolve("yes/c.wav")).hasContent("ghi");
        assertThat(corpus().resolve("yes/c.wav.part")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "yes/../../evil", "yes/..", "a\\..\\..\\evil"})
    void refusesNamesThatLeadOut(String name) throws IOException {
        Path archive = tar(tar -> file(tar, name, "x"));
        assertThatThrownBy(() -> unpack(archive))
                .isInstanceOf(IOException.class)
                .hasMessage(archive + ", entry 1 \"" + name + "\": leads out of the folder, refused");
        assertNothingOutside();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tmp/evil", "C:/evil", "C:\\evil", "\\\\host\\evil"})
    void refusesAbsoluteNames(String name) throws IOException {
        Path archive = tar(tar -> {
            TarArchiveEntry entry = new TarArchiveEntry(name, true);
            entry.setSize(1);
            tar.putArchiveEntry(entry);
            tar.write('x');
            tar.closeArchiveEntry();
        });
        assertThatThrownBy(() -> unpack(archive))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("entry 1 ")
                .hasMessageEndingWith("expected a relative name, refused");
        assertNothingOutside();
    }

    @ParameterizedTest
    @ValueSource(
            bytes = {
                TarConstants.LF_SYMLINK,
                TarConstants.LF_LINK,
                TarConstants.LF_CHR,
                TarConstants.LF_BLK,
                TarConstants.LF_FIFO
            })
    void refusesLinksAndDevices(byte kind) throws IOException {
        Path archive = tar(tar -> {
            TarArchiveEntry entry = new TarArchiveEntry("yes/link", kind);
            entry.setLinkName("/etc/passwd");
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        });
        assertThatThrownBy(() -> unpack(archive))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        archive + ", entry 1 \"yes/link\": neither a file nor a folder (a link or a device?), refused");
    }

    @Test
    void doesNotWriteThroughALinkThatWasThere() throws IOException {
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        Files.createDirectories(corpus());
        Files.createSymbolicLink(corpus().resolve("yes"), outside);
        Path archive = tar(tar -> file(tar, "yes/a.wav", "abc"));
        assertThatThrownBy(() -> unpack(archive))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected a folder, found something else at " + corpus().resolve("yes"));
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void refusesMoreBytesThanTheLimit() throws IOException {
        Path archive = tar(tar -> {
            file(tar, "a", "x".repeat(600));
            file(tar, "b", "x".repeat(600));
        });
        assertThatThrownBy(() -> unpack(archive))
                .hasMessage(archive + ", entry 2 \"b\": more than 1000 bytes unpacked, refused");
        assertThat(corpus().resolve("b")).doesNotExist();
    }

    @Test
    void refusesMoreEntriesThanTheLimit() throws IOException {
        Path archive = tar(tar -> {
            for (int i = 0; i < 6; i++) {
                file(tar, "f" + i, "");
            }
        });
        assertThatThrownBy(() -> unpack(archive))
                .hasMessage(archive + ", entry 6 \"f5\": more than 5 entries, refused");
    }

    @Test
    void leavesNoFileOfACutOffArchiveUnderItsName() throws IOException {
        Path archive = tar(tar -> file(tar, "a", "x".repeat(900)));
        byte[] bytes = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(bytes, 60));
        assertThatThrownBy(() -> unpack(archive)).isInstanceOf(IOException.class);
        assertThat(corpus().resolve("a")).doesNotExist();
    }

    @Test
    void noticesADamagedChecksum() throws IOException {
        Path archive = tar(tar -> file(tar, "a", "abc"));
        byte[] bytes = Files.readAllBytes(archive);
        bytes[bytes.length - 8] ^= 1;
        Files.write(archive, bytes);
        assertThatThrownBy(() -> unpack(archive))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("CRC32");
    }

    @Test
    void unpacksAZipWhoseSizesAreToldTooLateWithinTheLimit() throws IOException {
        assertThat(Archive.unpackZip(zip(900), "a.zip", corpus(), LIMITS)).isEqualTo(new Archive.Summary(1, 0, 900));
        assertThat(corpus().resolve("yes/a.wav")).hasSize(900);
    }

    @Test
    void refusesAZipWhoseSizesAreToldTooLateBeyondTheLimit() throws IOException {
        ByteArrayInputStream zip = zip(100_000);
        assertThatThrownBy(() -> Archive.unpackZip(zip, "a.zip", corpus(), LIMITS))
                .hasMessage("a.zip, entry 1 \"yes/a.wav\": more than 1000 bytes unpacked, refused");
        assertThat(corpus().resolve("yes/a.wav")).doesNotExist();
    }

    private Archive.Summary unpack(Path archive) throws IOException {
        return Archive.unpackTarGz(archive, corpus(), LIMITS, bytes -> {});
    }

    private Path corpus() {
        return temporary.resolve("corpus");
    }

    private void assertNothingOutside() throws IOException {
        try (var files = Files.list(temporary)) {
            assertThat(files.map(file -> file.getFileName().toString())).isSubsetOf("corpus", "test.tar.gz");
        }
    }

    private interface Content {
        void writeTo(TarArchiveOutputStream tar) throws IOException;
    }

    private Path tar(Content content) throws IOException {
        Path archive = temporary.resolve("test.tar.gz");
        try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)))) {
            content.writeTo(tar);
        }
        return archive;
    }

    private static void folder(TarArchiveOutputStream tar, String name) throws IOException {
        tar.putArchiveEntry(new TarArchiveEntry(name));
        tar.closeArchiveEntry();
    }

    private static void file(TarArchiveOutputStream tar, String name, String content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length());
        tar.putArchiveEntry(entry);
        tar.write(content.getBytes(UTF_8));
        tar.closeArchiveEntry();
    }

    private static ByteArrayInputStream zip(int bytes) throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(written)) {
            zip.putNextEntry(new ZipEntry("yes/a.wav"));
            zip.write(new byte[bytes]);
        }
        return new ByteArrayInputStream(written.toByteArray());
    }
}
