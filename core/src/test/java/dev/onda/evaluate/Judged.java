package dev.onda.evaluate;

import dev.onda.corpus.Partition;
import dev.onda.corpus.StoredClip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judgements written down by hand, a clip a line. */
final class Judged {

    private final Decision decision;
    private final List<Integer> labels = new ArrayList<>();
    private final List<Optional<StoredClip>> sources = new ArrayList<>();
    private final List<double[]> posteriors = new ArrayList<>();

    Judged(double threshold, String... words) {
        this.decision = new Decision(List.of(words), threshold);
    }

    /** A clip of a speaker, whose path is its number. */
    Judged clip(String word, String speaker, double... p) {
        String path = "clip" + labels.size();
        sources.add(Optional.of(new StoredClip(path, word, speaker, Partition.TESTING)));
        return add(word, p);
    }

    Judged clip(String word, double... p) {
        return clip(word, "", p);
    }

    /** Silence that was made. */
    Judged silence(double... p) {
        sources.add(Optional.empty());
        return add("_silence_", p);
    }

    private Judged add(String word, double... p) {
        labels.add(decision.words().indexOf(word));
        posteriors.add(p);
        return this;
    }

    Judgement judgement() {
        Judgement judgement = new Judgement(
                decision, labels.stream().mapToInt(Integer::intValue).toArray(), sources);
        for (int clip = 0; clip < labels.size(); clip++) {
            double[] p = posteriors.get(clip);
            judgement.put(clip, p, -Math.log(p[labels.get(clip)]));
        }
        return judgement;
    }
}
