package dev.onda.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onda.audio.AudioFile;
import dev.onda.audio.Wave;
import dev.onda.audio.Window;
import dev.onda.model.Model;
import dev.onda.model.ModelFile;
import dev.onda.recognize.Recognition;
import dev.onda.recognize.Recognizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The model in the box on people's voices: here and in ONNX Runtime. */
class RealClipsTest {

    private static final Path BOX = Path.of("..", "app/src/main/resources/dev/onda/box/onda.safetensors");
    private static final int CLIPS = 1_000;

    @Test
    void everyClipIsHeardAlike() throws IOException {
        List<Path> clips = RealClips.some(CLIPS);
        Model model = ModelFile.read(BOX);
        Recognizer recognizer = new Recognizer(model);
        assertThat(clips).isNotEmpty();
        try (Session session = new Session(OnnxModel.of(model))) {
            for (Path clip : clips) {
                Wave wave = AudioFile.read(clip);
                assertThat(wave.sampleRateHz()).isEqualTo(model.input().sampleRateHz());
                float[] audio = Window.fit(wave.samples(), model.input().windowSamples());
                float[] p = session.run(audio, 1, "probabilities")[0];
                Recognition heard = recognizer.recognize(wave);
                assertThat(word(model, p)).as(clip.toString()).isEqualTo(heard.word());
                for (Recognition.Guess guess : heard.ranking()) {
                    assertThat((double) p[model.words().indexOf(guess.word())])
                            .as("%s, %s", clip, guess.word())
                            .isCloseTo(guess.score(), Offset.offset(1e-4));
                }
            }
        }
    }

    /** As a user of the file decides: the likeliest word, if it is likely enough. */
    private static String word(Model model, float[] p) {
        int best = 0;
        for (int word = 1; word < p.length; word++) {
            best = p[word] > p[best] ? word : best;
        }
        String word = model.words().get(best);
        return !Model.isWord(word) || p[best] >= model.threshold() ? word : Model.UNKNOWN;
    }
}
