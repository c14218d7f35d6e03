package dev.onda.recognize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onda.audio.AudioFile;
import dev.onda.audio.WavWriter;
import dev.onda.audio.Wave;
import dev.onda.model.Architecture;
import dev.onda.model.InputFormat;
import dev.onda.model.Memory;
import dev.onda.model.Model;
import dev.onda.model.ModelFile;
import dev.onda.model.Normalization;
import dev.onda.model.Provenance;
import dev.onda.nn.Network;
import dev.onda.nn.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recognition needs no more than 64 MiB of heap. */
class SmallHeapTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"article", "m5"})
    void namesAWordIn64MiB(String architecture) throws IOException, InterruptedException {
        Path model = folder.resolve("model.safetensors");
        ModelFile.write(model, untrained(Architecture.named(architecture).orElseThrow()));
        Path clip = folder.resolve("clip.wav");
        WavWriter.write(clip, noise(16_000));

        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path")));
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        }
        command.addAll(List.of(Use.class.getName(), model.toString(), clip.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("heard word");
    }

    /** With the 30 words of Speech Commands. */
    private static Model untrained(Architecture architecture) {
        int rate = architecture.sampleRateHz();
        List<String> words =
                IntStream.range(0, 30).mapToObj(word -> "word" + word).toList();
        Network network = new Network(architecture.layers().apply(words.size()), new Shape(1, rate))
                .initialize(architecture.initialization(), new SplittableRandom(1));
        InputFormat input = new InputFormat(rate, rate, Normalization.PEAK);
        return new Model(architecture.name(), network, words, input, 0, Memory.NONE, Provenance.NONE);
    }

    private static Wave noise(int rateHz) {
        SplittableRandom random = new SplittableRandom(1);
        float[] samples = new float[rateHz];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.1 * random.nextGaussian());
        }
        return new Wave(samples, rateHz);
    }

    /** What runs in the small heap. */
    static final class Use {
        public static void main(String[] args) throws IOException {
            Recognizer recognizer = Recognizer.load(Path.of(args[0]));
            System.out.println("heard "
                    + recognizer.recognize(AudioFile.read(Path.of(args[1]))).word());
        }
    }
}
