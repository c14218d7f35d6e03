package dev.onda.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether a posterior means what it says: of clips whose likeliest class has 0.8, are 80 % of that class? The threshold plays
 * no part. After Guo et al. 2017, "On Calibration of Modern Neural Networks", section 2.
 *
 * @param bins {@value #BINS} of equal width, from (0, 1/15] to (14/15, 1]; those without clips too
 * @param loss mean cross-entropy, in nats
 */
public record Reliability(List<Bin> bins, double loss) {

    private static final int BINS = 15;

    /**
     * Clips whose largest posterior is in (low, high].
     *
     * @param clips how many
     * @param right how many are of their likeliest class
     * @param confidence mean of their largest posteriors; 0 without clips
     */
    public record Bin(double low, double high, int clips, int right, double confidence) {

        /** Share that is of its likeliest class; 0 without clips. */
        public double accuracy() {
            return clips == 0 ? 0 : right / (double) clips;
        }

        /** The accuracy's 95 % interval. */
        public Interval interval() {
            return Interval.wilson(right, clips);
        }
    }

    /** Copies the list. */
    public Reliability {
        bins = List.copyOf(bins);
    }

    /** The reliability of a model's posteriors as they are. */
    public static Reliability of(Judgement judgement) {
        return of(judgement, IntStream.range(0, judgement.size()).toArray(), 1);
    }

    /** The reliability on some of the clips, after their logits were divided by a temperature. */
    static Reliability of(Judgement judgement, int[] clips, double temperature) {
        int[] count = new int[BINS];
        int[] right = new int[BINS];
        double[] confidence = new double[BINS];
        double[] p = new double[judgement.words().size()];
        double loss = 0;
        for (int clip : clips) {
            loss += Temperature.soften(judgement.posteriors(clip), temperature, p, judgement.label(clip));
            int likeliest = judgement.likeliest(clip);
            int bin = bin(p[likeliest]);
            count[bin]++;
            right[bin] += likeliest == judgement.label(clip) ? 1 : 0;
            confidence[bin] += p[likeliest];
        }
        List<Bin> bins = new ArrayList<>();
        for (int b = 0; b < BINS; b++) {
            double mean = count[b] == 0 ? 0 : confidence[b] / count[b];
            bins.add(new Bin(b / (double) BINS, (b + 1) / (double) BINS, count[b], right[b], mean));
        }
        return new Reliability(bins, clips.length == 0 ? 0 : loss / clips.length);
    }

    private static int bin(double confidence) {
        return Math.clamp((int) Math.ceil(confidence * BINS) - 1, 0, BINS - 1);
    }

    /** How many clips. */
    public int clips() {
        return bins.stream().mapToInt(Bin::clips).sum();
    }

    /** The expected calibration error: the mean distance of accuracy and confidence, bins weighted by clips (equation 3). */
    public double expectedCalibrationError() {
        double sum = bins.stream()
                .mapToDouble(bin -> bin.clips() * Math.abs(bin.accuracy() - bin.confidence()))
                .sum();
        return clips() == 0 ? 0 : sum / clips();
    }
}
