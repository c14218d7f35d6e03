package dev.onda.evaluate;

import dev.onda.augment.Surroundings;
import dev.onda.corpus.LabelledClips;
import dev.onda.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.IntConsumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What noise, level and band do to a model's accuracy. Decided with its threshold, silence and unknown words included, all on
 * the same clips.
 *
 * @param clips how many were judged each time
 * @param outOf how many there were to choose from; those judged are spread evenly over them
 * @param undisturbed the clips as they are
 * @param bySnrDb with background of their partition added, by signal-to-noise ratio in decibels, from quiet to loud noise;
 *     empty where there is no background
 * @param byGainDb louder or softer by so many decibels, then clipped and rounded to 16 bits
 * @param byRecordingHz recorded at a lower sample rate and resampled to the model's; empty where the model's is that low
 */
public record Robustness(
        int clips, int outOf, Point undisturbed, List<Point> bySnrDb, List<Point> byGainDb, List<Point> byRecordingHz) {

    private static final double[] SNR_DB = {20, 15, 10, 5, 0, -5};
    private static final double[] GAIN_DB = {-40, -30, -20, -10, 0, 10, 20};
    private static final double[] RECORDING_HZ = {4_000, 6_000, 8_000, 11_025, 16_000, 22_050, 32_000, 44_100};

    /**
     * One disturbance.
     *
     * @param setting ratio, gain or rate; 0 undisturbed
     * @param right how many of the clips were recognised
     */
    public record Point(double setting, int clips, int right) {

        /** Share of the clips that was recognised; 0 without clips. */
        public double accuracy() {
            return clips == 0 ? 0 : right / (double) clips;
        }

        /** The accuracy's 95 % interval. */
        public Interval interval() {
            return Interval.wilson(right, clips);
        }
    }

    /** Copies the lists. */
    public Robustness {
        bySnrDb = List.copyOf(bySnrDb);
        byGainDb = List.copyOf(byGainDb);
        byRecordingHz = List.copyOf(byRecordingHz);
    }

    /**
     * Disturbs and judges clips, about twenty times; the same clips give the same figures.
     *
     * @param evaluator of the model's network
     * @param clips labelled with the model's words; their partition's background is the noise
     * @param mostClips how many clips to judge each time at most, at least 1: 1,000 give an interval of about 3 points
     * @param done is told how many clips have been judged, each counted as often as it is disturbed
     * @throws IllegalArgumentException if no clip is allowed
     */
    public static Robustness of(
            Evaluator evaluator, LabelledClips clips, Model model, int mostClips, IntConsumer done) {
        if (mostClips < 1) {
            throw new IllegalArgumentException("at least 1 clip is judged, not " + mostClips);
        }
        LabelledClips some = some(clips, mostClips);
        int rateHz = model.input().sampleRateHz();
        Surroundings surroundings =
                new Surroundings(rateHz, clips.store().background().of(clips.partition()));
        Run run = new Run(evaluator, some, model, done);
        return new Robustness(
                some.size(),
                clips.size(),
                run.judge(0, Evaluator.Disturbance.NONE),
                run.judge(ratiosDb(clips), db -> Disturbances.noise(surroundings, db)),
                run.judge(GAIN_DB, Disturbances::gain),
                run.judge(ratesHz(model), hz -> Disturbances.band(rateHz, (int) hz)));
    }

    /** How often each clip is judged. */
    public static int turns(LabelledClips clips, Model model) {
        return 1 + ratiosDb(clips).length + GAIN_DB.length + ratesHz(model).length;
    }

    private static double[] ratiosDb(LabelledClips clips) {
        return clips.store().background().of(clips.partition()).isEmpty() ? new double[0] : SNR_DB;
    }

    private static double[] ratesHz(Model model) {
        return DoubleStream.of(RECORDING_HZ)
                .filter(hz -> hz < model.input().sampleRateHz())
                .toArray();
    }

    /** Evenly spread: a store has its clips by word and speaker, so each word has its share. */
    private static LabelledClips some(LabelledClips clips, int most) {
        int count = Math.min(clips.size(), most);
        int[] chosen = IntStream.range(0, count)
                .map(i -> (int) ((long) i * clips.size() / count))
                .toArray();
        return new LabelledClips(
                clips.store(),
                clips.partition(),
                IntStream.of(chosen).map(i -> clips.clips()[i]).toArray(),
                IntStream.of(chosen).map(i -> clips.labels()[i]).toArray());
    }

    /** The same clips, judged again and again. */
    private static final class Run {
        private final Evaluator evaluator;
        private final LabelledClips clips;
        private final Model model;
        private final IntConsumer listener;
        private int done;

        Run(Evaluator evaluator, LabelledClips clips, Model model, IntConsumer listener) {
            this.evaluator = evaluator;
            this.clips = clips;
            this.model = model;
            this.listener = listener;
        }

        List<Point> judge(double[] settings, DoubleFunction<Evaluator.Disturbance> disturbance) {
            List<Point> points = new ArrayList<>();
            for (double setting : settings) {
                points.add(judge(setting, disturbance.apply(setting)));
            }
            return points;
        }

        Point judge(double setting, Evaluator.Disturbance disturbance) {
            Evaluation evaluation = evaluator.evaluate(
                    clips, model.words(), model.threshold(), disturbance, now -> listener.accept(done + now));
            done += clips.size();
            return new Point(setting, clips.size(), evaluation.correct());
        }
    }
}
