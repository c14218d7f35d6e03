package dev.onda.evaluate;

import dev.onda.corpus.StoredClip;
import dev.onda.nn.kernel.Hash;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The one number by which logits must be divided for posteriors to be honest: above 1 for a model that is too sure (Guo et al.
 * 2017, section 4.2). It changes no ranking. It is fitted on the clips of one half of the speakers and judged on the other's.
 *
 * @param value the temperature, in [0.05, 20]
 * @param fittedClips how many clips it was fitted on
 * @param before the other half as it is
 * @param after the other half with the temperature
 */
public record Temperature(double value, int fittedClips, Reliability before, Reliability after) {

    /** Beyond these, and so without a mistake to learn from, more makes no difference that matters. */
    private static final double HIGHEST = 20;

    /** Halvings of the bounds' logarithm, from 6 down to 1e-12. */
    private static final int STEPS = 43;

    /** The temperature of a judgement; nothing if all clips are of one half. */
    public static Optional<Temperature> of(Judgement judgement) {
        IntPredicate isFitted = clip -> isFitted(judgement, clip);
        int[] fitted = IntStream.range(0, judgement.size()).filter(isFitted).toArray();
        int[] measured =
                IntStream.range(0, judgement.size()).filter(isFitted.negate()).toArray();
        if (fitted.length == 0 || measured.length == 0) {
            return Optional.empty();
        }
        double value = fit(judgement, fitted);
        return Optional.of(new Temperature(
                value,
                fitted.length,
                Reliability.of(judgement, measured, 1),
                Reliability.of(judgement, measured, value)));
    }

    /** By a hash of the speaker; clips that tell none are dealt by their path, and silence by its place. */
    private static boolean isFitted(Judgement judgement, int clip) {
        int hash = judgement.source(clip).map(Temperature::voice).orElse("").hashCode();
        return (Hash.mix(judgement.source(clip).isPresent() ? hash : clip) & 1) == 0;
    }

    private static String voice(StoredClip clip) {
        return clip.speaker().isEmpty() ? clip.path() : clip.speaker();
    }

    /**
     * The temperature of least cross-entropy on these clips. In 1 / temperature the cross-entropy is convex, so where its slope
     * changes its sign, there it is; halving finds that from anywhere.
     */
    static double fit(Judgement judgement, int[] clips) {
        double low = -StrictMath.log(HIGHEST);
        double high = StrictMath.log(HIGHEST);
        for (int step = 0; step < STEPS; step++) {
            double middle = (low + high) / 2;
            if (isTooSure(judgement, clips, StrictMath.exp(middle))) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return StrictMath.exp((low + high) / 2);
    }

    /** Whether the cross-entropy rises with 1 / temperature: sum of (expected log posterior - the label's). */
    private static boolean isTooSure(Judgement judgement, int[] clips, double temperature) {
        double[] p = new double[judgement.words().size()];
        double slope = 0;
        for (int clip : clips) {
            float[] posteriors = judgement.posteriors(clip);
            soften(posteriors, temperature, p, judgement.label(clip));
            for (int c = 0; c < p.length; c++) {
                slope += p[c] * log(posteriors[c]);
            }
            slope -= log(posteriors[judgement.label(clip)]);
        }
        return slope > 0;
    }

    /**
     * Fills {@code into} with softmax(log p / temperature).
     *
     * @return cross-entropy of the label, in nats
     */
    static double soften(float[] p, double temperature, double[] into, int label) {
        double largest = Double.NEGATIVE_INFINITY;
        for (float posterior : p) {
            largest = Math.max(largest, log(posterior) / temperature);
        }
        double sum = 0;
        for (int c = 0; c < p.length; c++) {
            into[c] = StrictMath.exp(log(p[c]) / temperature - largest);
            sum += into[c];
        }
        for (int c = 0; c < p.length; c++) {
            into[c] /= sum;
        }
        return largest + StrictMath.log(sum) - log(p[label]) / temperature;
    }

    /** A posterior that became 0 as a float counts as the least float, -103 nats. */
    private static double log(float posterior) {
        return StrictMath.log(Math.max(posterior, Float.MIN_VALUE));
    }
}
