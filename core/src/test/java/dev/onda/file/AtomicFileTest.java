package dev.onda.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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

    private void assertOnly(String... names) throws IOException {
        try (var files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder(names);
        }
    }
}
