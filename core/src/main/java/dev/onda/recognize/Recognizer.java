package dev.onda.recognize;

import dev.onda.audio.Resampler;
import dev.onda.audio.Wave;
import dev.onda.audio.Window;
import dev.onda.model.InputFormat;
import dev.onda.model.Model;
import dev.onda.model.ModelFile;
import dev.onda.nn.Pass;
import dev.onda.nn.SoftmaxCrossEntropy;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.ScalarKernels;
import dev.onda.nn.kernel.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Names the word in a clip. A clip of another rate is resampled; a shorter one is padded, of a longer one the loudest window
 * is taken, as in training. For one thread at a time.
 */
public final class Recognizer {

    private final Model model;
    private final Pass pass;

    /** Works with a model that is there already. */
    public Recognizer(Model model) {
        this(model, Kernels.best());
    }

    private Recognizer(Model model, Kernels kernels) {
        this.model = model;
        this.pass = new Pass(model.network(), Pass.Mode.USE, 1, kernels, new Workers(1));
    }

    /**
     * For a program that hears a few clips and ends: plain arithmetic, which Java compiles at once, where vectors take a third of a
     * second to become fast. The scores may differ in their last digits.
     */
    public static Recognizer forFewClips(Model model) {
        return new Recognizer(model, new ScalarKernels());
    }

    /**
     * Loads a model file.
     *
     * @throws IOException if it is no model, or cannot be read
     */
    public static Recognizer load(Path path) throws IOException {
        return new Recognizer(ModelFile.read(path));
    }

    /** The model at work. */
    public Model model() {
        return model;
    }

    /**
     * Names the word in a clip.
     *
     * @throws IllegalArgumentException if the wave is empty
     */
    public Recognition recognize(Wave wave) {
        InputFormat input = model.input();
        float[] samples = wave.samples();
        if (wave.sampleRateHz() != input.sampleRateHz()) {
            samples = Resampler.of(wave.sampleRateHz(), input.sampleRateHz()).resample(samples);
        }
        float[] window = Window.fit(samples, input.windowSamples()).clone();
        input.normalization().apply(window, 0, window.length);
        float[] logits = pass.forward(window, 1, 0);
        double[] p = new double[model.words().size()];
        SoftmaxCrossEntropy.softmax(logits, 0, p);
        List<Recognition.Guess> ranking = IntStream.range(0, p.length)
                .mapToObj(w -> new Recognition.Guess(model.words().get(w), p[w]))
                // Not by Comparator.comparingDouble, whose result is a class that Java makes at the start.
                .sorted((a, b) -> Double.compare(b.score(), a.score()))
                .toList();
        return Recognition.of(ranking, model.threshold());
    }
}
