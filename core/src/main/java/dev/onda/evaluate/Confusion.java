package dev.onda.evaluate;

import dev.onda.corpus.StoredClip;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Clips of one class that were taken for another, with some to listen to.
 *
 * @param clips how many
 * @param examples those that were taken for it most surely first; none of silence that was made
 */
public record Confusion(String said, String heard, int clips, List<StoredClip> examples) {

    /** Copies the list. */
    public Confusion {
        examples = List.copyOf(examples);
    }

    /**
     * The pairs that were confused, in {@link Evaluation#mistakes}' order.
     *
     * @param mostPairs how many pairs at most
     * @param mostExamples how many clips a pair at most
     */
    public static List<Confusion> of(Judgement judgement, int mostPairs, int mostExamples) {
        return judgement.evaluation().mistakes().stream()
                .limit(mostPairs)
                .map(mistake -> new Confusion(
                        mistake.said(), mistake.heard(), mistake.clips(), examples(judgement, mistake, mostExamples)))
                .toList();
    }

    private static List<StoredClip> examples(Judgement judgement, Evaluation.Mistake mistake, int most) {
        int said = judgement.words().indexOf(mistake.said());
        int heard = judgement.words().indexOf(mistake.heard());
        return IntStream.range(0, judgement.size())
                .filter(clip -> judgement.label(clip) == said && judgement.heard(clip) == heard)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(clip -> judgement.posteriors(clip)[heard])
                        .reversed())
                .flatMap(clip -> judgement.source(clip).stream())
                .limit(most)
                .toList();
    }
}
