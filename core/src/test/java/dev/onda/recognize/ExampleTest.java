package dev.onda.recognize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onda.audio.WavWriter;
import dev.onda.model.ModelFile;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** The project in examples/recognize: compiled and run as it stands there, against this library alone. */
class ExampleTest {

    private static final Path PROJECT = Path.of("..", "examples", "recognize");
    private static final String DEPENDENCY = "/project/dependencies/dependency";

    @TempDir
    private Path folder;

    @Test
    void namesTheWordInAClip() throws Exception {
        Path model = folder.resolve("m5.safetensors");
        ModelFile.write(model, RecognizerTest.model());
        Path clip = folder.resolve("clip.wav");
        WavWriter.write(clip, RecognizerTest.tone(3_000, 4_000, 8_000));
        compile(PROJECT.resolve(Path.of("src", "main", "java", "Recognize.java")));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        folder + System.getProperty("path.separator") + System.getProperty("java.class.path"),
                        "Recognize",
                        model.toString(),
                        clip.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).matches("high 0\\.[0-9]+\\R");
    }

    private void compile(Path source) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String classPath = System.getProperty("java.class.path");
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, said, said, "-d", folder.toString(), "-cp", classPath, source.toString());
        assertThat(status).as(said.toString(StandardCharsets.UTF_8)).isZero();
    }

    @Test
    void dependsOnWhatIsBuiltHere() throws Exception {
        Path pom = PROJECT.resolve("pom.xml");
        Path parent = Path.of("..", "pom.xml");
        assertThat(text(pom, "count(" + DEPENDENCY + ")")).isEqualTo("1");
        assertThat(text(pom, DEPENDENCY + "/groupId")).isEqualTo(text(parent, "/project/groupId"));
        assertThat(text(pom, DEPENDENCY + "/artifactId")).isEqualTo(text(Path.of("pom.xml"), "/project/artifactId"));
        assertThat(text(pom, DEPENDENCY + "/version")).isEqualTo(text(parent, "/project/version"));
        assertThat(text(pom, "/project/properties/maven.compiler.release"))
                .isNotEmpty()
                .isEqualTo(text(parent, "/project/properties/java.release"));
    }

    private static String text(Path pom, String path) throws Exception {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
        XPath reader = XPathFactory.newInstance().newXPath();
        return reader.evaluate(path, document);
    }
}
