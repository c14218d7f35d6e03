package dev.onda.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import dev.onda.audio.Wave;
import dev.onda.corpus.Partition;
import dev.onda.model.Model;
import dev.onda.model.ModelFile;
import dev.onda.nn.SoftmaxCrossEntropy;
import dev.onda.nn.kernel.Workers;
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
    /** For the runtime's slow way, which computes step by step what ONNX says. */
    private static final int STEP_BY_STEP = 100;

    @Test
    void everyClipIsHeardAlike() throws IOException {
        List<Path> clips = RealClips.some(CLIPS);
        Model model = ModelFile.read(BOX);
        Recognizer recognizer = new Recognizer(model);
        assertThat(clips).isNotEmpty();
        try (Session session = new Session(OnnxModel.of(model))) {
            for (Path clip : clips) {
                float[] audio = RealClips.window(clip);
                float[] p = session.run(audio, 1, "probabilities")[0];
                Recognition heard =
                        recognizer.recognize(new Wave(audio, model.input().sampleRateHz()));
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
        String word = model.words().get(largest(p));
        return !Model.isWord(word) || p[largest(p)] >= model.threshold() ? word : Model.UNKNOWN;
    }

    private static int largest(float[] p) {
        int best = 0;
        for (int word = 1; word < p.length; word++) {
            best = p[word] > p[best] ? word : best;
        }
        return best;
    }

    /** With optimisations the runtime adds signals in a way of its own, so a bit here and there is another. */
    @Test
    void eightBitsAreHeardAsTheirFileDoes() throws IOException {
        List<Path> clips = RealClips.some(CLIPS);
        Model model = ModelFile.read(BOX);
        int alike = 0;
        int asWithAllBits = 0;
        int exact = 0;
        try (Workers workers = new Workers(1)) {
            Int8Model rounded = rounded(model, clips, workers);
            try (Session session = new Session(rounded.file());
                    Session slow = new Session(rounded.file(), OptLevel.NO_OPT);
                    Session whole = new Session(OnnxModel.of(model))) {
                for (int i = 0; i < clips.size(); i++) {
                    float[] audio = RealClips.window(clips.get(i));
                    float[] p = probabilities(rounded, model, audio);
                    int heard = largest(session.run(audio, 1, "logits")[0]);
                    alike += heard == largest(p) ? 1 : 0;
                    asWithAllBits += heard == largest(whole.run(audio, 1, "logits")[0]) ? 1 : 0;
                    if (i < STEP_BY_STEP) {
                        double error = difference(slow.run(audio, 1, "probabilities")[0], p);
                        assertThat(error).as(clips.get(i).toString()).isLessThan(0.05);
                        exact += error < 1e-4 ? 1 : 0;
                    }
                }
            }
        }
        assertThat(exact)
                .as("where no sum of floats lay just between two steps")
                .isGreaterThanOrEqualTo(Math.min(STEP_BY_STEP, clips.size()) / 2);
        assertThat(alike).isGreaterThanOrEqualTo(clips.size() * 995 / 1_000);
        assertThat(asWithAllBits).isGreaterThanOrEqualTo(clips.size() * 98 / 100);
    }

    private static double difference(float[] p, float[] q) {
        double largest = 0;
        for (int word = 0; word < p.length; word++) {
            largest = Math.max(largest, Math.abs(p[word] - q[word]));
        }
        return largest;
    }

    private static Int8Model rounded(Model model, List<Path> clips, Workers workers) {
        List<Path> training = clips.stream()
                .filter(clip -> Partition.ofFileName(clip.toString()) == Partition.TRAINING)
                .toList();
        return Int8Model.of(
                model,
                (i, into, at) -> {
                    float[] audio = RealClips.window(training.get(i));
                    System.arraycopy(audio, 0, into, at, audio.length);
                },
                Math.min(200, training.size()),
                workers,
                done -> {});
    }

    private static float[] probabilities(Int8Model rounded, Model model, float[] audio) {
        float[] x = audio.clone();
        model.input().normalization().apply(x, 0, x.length);
        double[] p = new double[model.words().size()];
        SoftmaxCrossEntropy.softmax(rounded.forward(x, 1), 0, p);
        float[] narrow = new float[p.length];
        for (int word = 0; word < p.length; word++) {
            narrow[word] = (float) p[word];
        }
        return narrow;
    }
}
