package dev.onda.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir
    private Path folder;

    private static void write(FileChannel channel, String text) throws IOException {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void replacesALongerFileWhichCanBeReadMeanwhile() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "a long old content");
        AtomicFile.write(file, channel -> {
            write(channel, "new");
            assertThat(file).hasContent("a long old content");
        });
        assertThat(file).hasContent("new");
        assertOnly("f");
    }

    @Test
    void anErrorLeavesTheOldContentAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "old");
        assertThatThrownBy(() -> AtomicFile.write(file, channel -> {
                    write(channel, "half of the n");
                    throw new IOException("disk full");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
        assertThatThrownBy(() -> AtomicFile.write(file, channel -> {
                    throw new IllegalStateException("defect");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(file).hasContent("old");
        assertOnly("f");
    }

    @Test
    void whatAKilledProcessLeftIsOverwritten() throws IOException {
        Files.writeString(folder.resolve(".f.part"), "a long part of a file that was never finished");
        AtomicFile.write(folder.resolve("f"), channel -> write(channel, "new"));
        assertThat(folder.resolve("f")).hasContent("new");
        assertOnly("f");
    }

    @Test
    void aFolderIsNeitherReplacedNorMade() throws IOException {
        Path taken = Files.createDirectory(folder.resolve("taken"));
        assertThatThrownBy(() -> AtomicFile.write(taken, channel -> write(channel, "new")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> AtomicFile.write(folder.resolve("none/f"), channel -> write(channel, "new")))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(taken).isDirectory();
        assertOnly("taken");
    }

    @Test
    void aLinkStaysAndItsFileIsReplaced() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("second"));
        Files.createSymbolicLink(folder.resolve("second"), elsewhere.resolve("f"));
        for (String content : new String[] {"made", "replaced"}) {
            AtomicFile.write(link, channel -> write(channel, content));
            assertThat(elsewhere.resolve("f")).hasContent(content);
        }
        assertThat(link).isSymbolicLink();
        assertOnly("elsewhere", "link", "second");
        Path round = Files.createSymbolicLink(folder.resolve("round"), Path.of("round"));
        assertThatThrownBy(() -> AtomicFile.write(round, channel -> write(channel, "new")))
                .isInstanceOf(FileSystemLoopException.class);
    }

    /** A pipe stands for devices here: where a test fails, it is no loss. */
    @Test
    void aPipeIsNotReplaced() throws Exception {
        Path pipe = folder.resolve("pipe");
        try {
            assumeThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                    .as("mkfifo")
                    .isZero();
        } catch (IOException e) {
            abort("no mkfifo here: " + e.getMessage());
        }
        Path link = Files.createSymbolicLink(folder.resolve("link"), pipe);
        for (Path target : List.of(pipe, link)) {
            assertThatThrownBy(() -> AtomicFile.write(target, channel -> write(channel, "new")))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessage(target + ": no file, but a folder, a device or a pipe; name a file");
        }
        assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther())
                .isTrue();
        assertOnly("pipe", "link");
    }

    @Test
    void whereNoFileCanBeMadeTheFileIsNamedThatWasAskedFor() {
        Path nowhere = Path.of("/proc/self/f");
        assumeThat(nowhere.getParent()).isDirectory();
        assertThatThrownBy(() -> AtomicFile.write(nowhere, channel -> write(channel, "new")))
                .isInstanceOf(FileSystemException.class)
                .hasMessageStartingWith(nowhere.toString())
                .message()
                .doesNotContain(".part");
    }

    private void assertOnly(String... names) throws IOException {
        try (var files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder(names);
        }
    }
}
