package dev.onda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {

    @TempDir
    private Path folder;

    @Test
    void everyCommandOfARehearsalSucceeds() throws IOException {
        assertThat(Rehearsal.run(folder)).isTrue();
        assertThat(folder.resolve("store/clips.csv")).exists();
        assertThat(folder.resolve("m5.safetensors")).exists();
        assertThat(folder.resolve("article.safetensors")).exists();
    }

    @Test
    void aStudioThatRefusesEndsTheRehearsal() throws IOException {
        Files.writeString(folder.resolve("studio"), "a file where its folder would be");
        assertThat(Rehearsal.run(folder)).isFalse();
    }
}
