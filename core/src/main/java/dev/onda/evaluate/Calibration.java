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
     * The least threshold that lets through no more than a wanted share; 0 where there is no clip without a word.
     *
     * @param falseAccepts wanted share of the clips without a word, in [0, 1]
     */
    public static Calibration choose(
            Evaluator evaluator, LabelledClips clips, List<String> classes, double falseAccepts) {
        double[] believed = new double[clips.size()];
        boolean[] right = new boolean[clips.size()];
        evaluator.forEach(clips, Evaluator.Disturbance.NONE, (clip, p, loss) -> {
            int best = Evaluator.largest(p);
            believed[clip] = Model.isWord(classes.get(best)) ? p[best] : 0;
            right[clip] = best == clips.labels()[clip];
        });
        double[] others = new double[clips.size()];
        int n = 0;
        for (int clip = 0; clip < clips.size(); clip++) {
            if (!Model.isWord(classes.get(clips.labels()[clip]))) {
                others[n++] = believed[clip];
            }
        }
        others = Arrays.copyOf(others, n);
        Arrays.sort(others);
        int allowed = (int) (falseAccepts * n);
        double threshold = allowed < n && others[n - 1 - allowed] > 0 ? Math.nextUp(others[n - 1 - allowed]) : 0;
        double limit = Math.min(1, threshold);
        int accepted = 0;
        int words = 0;
        int missed = 0;
        for (int clip = 0; clip < clips.size(); clip++) {
            boolean accepts = believed[clip] > 0 && believed[clip] >= limit;
            if (Model.isWord(classes.get(clips.labels()[clip]))) {
                words++;
                missed += accepts && right[clip] ? 0 : 1;
            } else {
                accepted += accepts ? 1 : 0;
            }
        }
        return new Calibration(limit, n == 0 ? 0 : accepted / (double) n, words == 0 ? 0 : missed / (double) words);
    }
}
