package dev.onda.evaluate;

import dev.onda.model.Model;
import java.util.List;

/**
 * How posteriors become the class that is heard: the likeliest one, if it is likely enough to be believed.
 *
 * @param words the model's words, in its order
 * @param threshold least posterior at which a word is believed; what stays below counts for {@code _unknown_}, or, if there is
 *     no such class, for {@code _silence_}; without either, every word is believed
 */
record Decision(List<String> words, double threshold) {

    /** The place of the class that is heard. */
    int heard(double[] p) {
        int best = Evaluator.largest(p);
        if (p[best] >= threshold || !Model.isWord(words.get(best))) {
            return best;
        }
        int doubted = words.indexOf(words.contains(Model.UNKNOWN) ? Model.UNKNOWN : Model.SILENCE);
        return doubted < 0 ? best : doubted;
    }
}
