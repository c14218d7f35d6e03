package dev.onda.corpus;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What a split of clips at random, 70 % to learn from and 30 % to judge by in each word, as in the article (Herrera 2020),
 * would give away: voices that are on both sides. Drawn once, with seed 1, from all clips.
 *
 * @param judged clips to judge by whose speaker is known
 * @param heard those of them whose speaker also has a clip to learn from
 */
public record RandomSplitLeak(int judged, int heard) {
    private static final long SEED = 1;

    static RandomSplitLeak of(Corpus corpus) {
        SplittableRandom random = new SplittableRandom(SEED);
        Set<String> learned = new HashSet<>();
        Set<Clip> judging = new HashSet<>();
        for (String word : corpus.words()) {
            List<Clip> own = corpus.clips().stream()
                    .filter(clip -> clip.word().equals(word))
                    .toList();
            List<Clip> mixed = ArticleSplit.shuffled(own, random);
            int cut = ArticleSplit.cut(mixed.size());
            mixed.subList(0, cut).forEach(clip -> learned.add(clip.speaker()));
            judging.addAll(mixed.subList(cut, mixed.size()));
        }
        List<Clip> known = judging.stream().filter(c -> !c.speaker().isEmpty()).toList();
        int heard =
                (int) known.stream().filter(c -> learned.contains(c.speaker())).count();
        return new RandomSplitLeak(known.size(), heard);
    }

    /** The share of clips to judge by whose voice was learned from; 0 if there are none. */
    public double share() {
        return judged == 0 ? 0 : heard / (double) judged;
    }
}
