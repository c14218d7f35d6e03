package dev.onda.evaluate;

import dev.onda.corpus.StoredClip;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A clip whose label the model doubts: it is mislabelled or cut off, or the model has something to learn.
 *
 * @param label its class in the model's terms, {@code _unknown_} for words that the model does not know
 * @param likeliest the class that the model would give it
 * @param labelPosterior of the label
 * @param likeliestPosterior of the likeliest class
 * @param loss cross-entropy of the label, in nats
 */
public record Suspect(
        StoredClip clip,
        String label,
        String likeliest,
        double labelPosterior,
        double likeliestPosterior,
        double loss) {

    /**
     * The clips of which the label has the highest cross-entropy, the highest first, of equals in the judgement's order; never
     * silence that was made, which nobody can listen to.
     *
     * @param most how many at most
     */
    public static List<Suspect> of(Judgement judgement, int most) {
        return IntStream.range(0, judgement.size())
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(judgement::loss).reversed())
                .flatMap(clip -> judgement.source(clip).map(source -> of(judgement, clip, source)).stream())
                .limit(most)
                .toList();
    }

    private static Suspect of(Judgement judgement, int clip, StoredClip source) {
        int label = judgement.label(clip);
        int likeliest = judgement.likeliest(clip);
        float[] p = judgement.posteriors(clip);
        return new Suspect(
                source,
                judgement.words().get(label),
                judgement.words().get(likeliest),
                p[label],
                p[likeliest],
                judgement.loss(clip));
    }
}
