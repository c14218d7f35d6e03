package dev.onda.evaluate;

import dev.onda.corpus.LabelledClips;
import dev.onda.model.Model;
import java.util.Arrays;
import java.util.List;

/**
 * The threshold below which a word is not believed, chosen on clips that are none of the words.
 *
 * @param threshold least posterior probability that is believed
 * @param falseAccepts share of the clips without a word that are taken for one all the same
 * @param misses share of the clips with a word that are not taken for it
 */
public record Calibration(double threshold, double falseAccepts, double misses) {

    /**
     * The least threshold at which, of unknown words and of silence each, the share that comes nearest to the wanted one is
     * let through; 0 where there is no clip of either. Silence is easy and would hide what unknown words do.
     *
     * @param falseAccepts wanted share of the clips without a word, in [0, 1]
     */
    public static Calibration choose(
            Evaluator evaluator, LabelledClips clips, List<String> classes, double falseAccepts) {
        double[] unknown = new double[clips.size()];
        double[] silence = new double[clips.size()];
        double[] words = new double[clips.size()];
        int[] counts = new int[3];
        evaluator.forEach(clips, Evaluator.Disturbance.NONE, (clip, p, loss) -> {
            int best = Evaluator.largest(p);
            String said = classes.get(clips.labels()[clip]);
            if (Model.isWord(said)) {
                words[counts[0]++] = best == clips.labels()[clip] ? p[best] : 0;
                return;
            }
            double taken = Model.isWord(classes.get(best)) ? p[best] : 0;
            if (said.equals(Model.UNKNOWN)) {
                unknown[counts[1]++] = taken;
            } else {
                silence[counts[2]++] = taken;
            }
        });
        List<double[]> others = List.of(Arrays.copyOf(unknown, counts[1]), Arrays.copyOf(silence, counts[2]));
        return choose(others, Arrays.copyOf(words, counts[0]), falseAccepts);
    }

    /**
     * @param others of each kind of clips without a word, the posterior of the word that each was taken for; 0 if it was taken
     *     for none
     * @param words for each clip with a word, its posterior if it was recognised, else 0
     */
    static Calibration choose(List<double[]> others, double[] words, double falseAccepts) {
        double threshold = others.stream()
                .mapToDouble(kind -> threshold(kind, falseAccepts))
                .max()
                .orElse(0);
        double[] all = others.stream().flatMapToDouble(Arrays::stream).toArray();
        return new Calibration(threshold, share(all, threshold), words.length == 0 ? 0 : 1 - share(words, threshold));
    }

    private static double threshold(double[] others, double falseAccepts) {
        double[] sorted = others.clone();
        Arrays.sort(sorted);
        int allowed = (int) Math.round(falseAccepts * sorted.length);
        if (allowed >= sorted.length || sorted[sorted.length - 1 - allowed] == 0) {
            return 0;
        }
        // A posterior of 1 itself cannot be refused.
        return Math.min(1, Math.nextUp(sorted[sorted.length - 1 - allowed]));
    }

    /** Share of the posteriors that are believed. */
    private static double share(double[] posteriors, double threshold) {
        long believed =
                Arrays.stream(posteriors).filter(p -> p > 0 && p >= threshold).count();
        return posteriors.length == 0 ? 0 : believed / (double) posteriors.length;
    }
}
