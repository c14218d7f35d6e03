package dev.onda.studio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onda.audio.WavWriter;
import dev.onda.audio.Wave;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The README's examples with curl, run as they stand there but for the port. */
class ReadmeTest {

    private static final Pattern EXAMPLES = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);
    private static final Path CURL = Path.of("/usr/bin/curl");

    @TempDir
    private Path folder;

    @Test
    void allAreAnswered() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(CURL), "no curl at " + CURL);
        Matcher block = EXAMPLES.matcher(Files.readString(Path.of("..", "README.md")));
        assertThat(block.find()).isTrue();
        List<String> lines = block.group(1).lines().toList();
        assertThat(lines).hasSize(6).allMatch(line -> line.startsWith("curl "));
        WavWriter.write(folder.resolve("clip.wav"), new Wave(new float[16_000], 16_000));
        try (TestStudio studio = new TestStudio(folder.resolve("studio"))) {
            for (String line : lines) {
                String answer = run(line, studio.port());
                assertThat(answer).as(line).isNotEmpty().doesNotStartWith("{\"error\"");
                if (line.contains("recognize")) {
                    assertThat(JsonMapper.shared().readTree(answer).path("word").asString())
                            .isEqualTo("_silence_");
                }
            }
        }
    }

    private String run(String line, int port) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("curl", "--silent", "--fail-with-body"));
        for (String word : line.substring("curl ".length()).split(" ", -1)) {
            command.add(word.replace("'", "").replace("localhost:8017", "localhost:" + port));
        }
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", line, said).isZero();
        return said;
    }
}
