package dev.onda.recognize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onda.audio.WavWriter;
import dev.onda.audio.Wave;
import dev.onda.model.ModelFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java examples of the README, compiled and run as they stand there, in a folder with the files that they name. */
class ReadmeTest {

    private static final int RATE_HZ = 8_000;
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    private final List<String> examples = EXAMPLE.matcher(Files.readString(readme()))
            .results()
            .map(match -> match.group(1))
            .toList();

    ReadmeTest() throws IOException {}

    /** Tests run in the module's folder. */
    private static Path readme() {
        return Path.of("..", "README.md");
    }

    @BeforeEach
    void write() throws IOException {
        ModelFile.write(folder.resolve("m5.safetensors"), RecognizerTest.model());
        ModelFile.write(folder.resolve("four.safetensors"), RecognizerTest.model());
        float[] tone = RecognizerTest.tone(3_000, RATE_HZ / 2, RATE_HZ).samples();
        float[] quietAround = new float[3 * RATE_HZ];
        System.arraycopy(tone, 0, quietAround, RATE_HZ, tone.length);
        WavWriter.write(folder.resolve("clip.wav"), new Wave(quietAround, RATE_HZ));
    }

    @Test
    void thereAreTwo() {
        assertThat(examples).hasSize(2);
    }

    @Test
    void oneNamesTheWordInAClip() throws Exception {
        assertThat(run(examples.getFirst())).matches("high 0\\.[0-9]+\\R");
    }

    @Test
    void oneListens() throws Exception {
        assertThat(run(examples.getLast(), "clip.wav")).matches("high 0\\.[0-9]+\\R");
    }

    private String run(String example, String... args) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("Example.java"), example);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "Example.java"));
        command.addAll(Arrays.asList(args));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
