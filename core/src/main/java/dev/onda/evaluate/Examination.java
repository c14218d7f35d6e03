package dev.onda.evaluate;

import dev.onda.audio.Wave;
import dev.onda.corpus.LabelledClips;
import dev.onda.model.Model;
import dev.onda.nn.kernel.Workers;
import dev.onda.recognize.Recognizer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/**
 * All that a report tells of a model's answers.
 *
 * @param judgement on the clips as they are
 * @param robustness on some of them, disturbed
 * @param latencyMs median time of one clip on one thread
 */
public record Examination(Judgement judgement, Robustness robustness, double latencyMs) {

    private static final int BATCH = 32;
    private static final int MOST_DISTURBED = 1_000;
    private static final int WARM_UP = 200;
    private static final int TIMED = 101;

    /** How many clips it takes, each as often as it is judged. */
    public static long clips(LabelledClips clips, Model model) {
        return clips.size() + (long) Math.min(clips.size(), MOST_DISTURBED) * Robustness.turns(clips, model);
    }

    /**
     * Examines a model.
     *
     * @param done told how many of {@link #clips} are judged, now and then
     */
    public static Examination of(LabelledClips clips, Model model, Workers workers, LongConsumer done) {
        Evaluator evaluator = new Evaluator(model.network(), model.input().normalization(), BATCH, workers);
        Judgement judgement = Judgement.of(evaluator, clips, model, done::accept);
        Robustness robustness = Robustness.of(
                evaluator, clips, model, MOST_DISTURBED, disturbed -> done.accept(clips.size() + (long) disturbed));
        return new Examination(judgement, robustness, latencyMs(model));
    }

    private static double latencyMs(Model model) {
        Recognizer recognizer = new Recognizer(model);
        float[] noise = new float[model.input().windowSamples()];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextDouble(-0.1, 0.1);
        }
        Wave wave = new Wave(noise, model.input().sampleRateHz());
        double[] ms = new double[TIMED];
        for (int i = -WARM_UP; i < TIMED; i++) {
            long from = System.nanoTime();
            recognizer.recognize(wave);
            if (i >= 0) {
                ms[i] = (System.nanoTime() - from) / 1e6;
            }
        }
        Arrays.sort(ms);
        return ms[TIMED / 2];
    }
}
