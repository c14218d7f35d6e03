package dev.onda.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.onda.audio.AudioFile;
import dev.onda.audio.Window;
import dev.onda.corpus.SharedClips;
import dev.onda.export.CSource.Weights;
import dev.onda.model.Model;
import dev.onda.model.ModelFile;
import dev.onda.recognize.Recognition;
import dev.onda.recognize.Recognizer;
import dev.onda.recognize.StreamModel;
import dev.onda.recognize.StreamRecognizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model in the box as C, on real clips. */
class RealClipsTest {

    private static final Path BOX = Path.of("../app/src/main/resources/dev/onda/box/onda.safetensors");
    /** Of a word's clips, one in so many. */
    private static final int STEP = 10;

    @TempDir
    private Path folder;

    @Test
    void hearsInRealClipsWhatTheRecognizerHears() throws IOException {
        Compiled.needCompiler();
        Model model = ModelFile.read(BOX);
        int rate = model.input().sampleRateHz();
        List<short[]> windows = windows(SharedClips.folder().resolve("wav"), model);
        List<Compiled.Heard> heard = Compiled.of(CSource.of(model, Weights.FLOAT, "onda test"), folder)
                .hear(windows, rate);
        List<Compiled.Heard> inBytes = Compiled.of(CSource.of(model, Weights.INT8, "onda test"), folder)
                .hear(windows, rate);
        Recognizer recognizer = new Recognizer(model);
        int same = 0;
        for (int i = 0; i < windows.size(); i++) {
            Recognition expected = recognizer.recognize(Compiled.wave(windows.get(i), rate));
            assertThat(heard.get(i).word()).isEqualTo(expected.word());
            for (Recognition.Guess guess : expected.ranking()) {
                assertThat(heard.get(i).probabilities()[model.words().indexOf(guess.word())])
                        .isCloseTo(guess.score(), within(1e-4));
            }
            same += inBytes.get(i).word().equals(expected.word()) ? 1 : 0;
        }
        // Measured: 179 of 180.
        assertThat(same).as("the same word with weights of a byte").isGreaterThanOrEqualTo(windows.size() * 98 / 100);
    }

    /** The program that docs/export.md shows. */
    @Test
    void theDocumentedProgramHearsInAStreamWhatOndaHears() throws IOException {
        Compiled.needCompiler();
        Model model = ModelFile.read(BOX);
        int rate = model.input().sampleRateHz();
        List<short[]> windows = windows(SharedClips.folder().resolve("wav"), model);
        short[] stream = new short[windows.size() / 6 * 2 * rate];
        for (int i = 0; i < stream.length / rate; i += 2) {
            System.arraycopy(windows.get(i * 3), 0, stream, i * rate, rate);
        }
        List<String> expected = new ArrayList<>();
        StreamRecognizer recognizer = new StreamModel(model).open(rate, 1, heard -> expected.add(heard.word()));
        recognizer.push(Compiled.wave(stream, rate).samples());
        assertThat(expected).hasSizeGreaterThan(15);
        CSource.of(model, Weights.FLOAT, "onda test").write(folder);
        Compiled.writeDocumented(Path.of("../docs/export.md"), folder.resolve("listen.c"));
        Compiled.compile(folder, new String[0], "-o", "listen", "listen.c", "onda_model.c", "-lm");
        assertThat(Compiled.run(folder, "listen", stream).output().lines()).containsExactlyElementsOf(expected);
    }

    private static List<short[]> windows(Path clips, Model model) throws IOException {
        List<short[]> windows = new ArrayList<>();
        for (String word : model.words().stream().filter(Model::isWord).toList()) {
            try (Stream<Path> all = Files.list(clips.resolve(word))) {
                List<Path> sorted = all.sorted().toList();
                for (int i = 0; i < sorted.size(); i += STEP) {
                    windows.add(window(sorted.get(i), model.input().windowSamples()));
                }
            }
        }
        assertThat(windows).hasSizeGreaterThan(100);
        return windows;
    }

    private static short[] window(Path clip, int length) throws IOException {
        float[] samples = Window.fit(AudioFile.read(clip).samples(), length);
        short[] window = new short[length];
        for (int i = 0; i < length; i++) {
            window[i] = (short) (samples[i] * 0x1p15f);
        }
        return window;
    }
}
