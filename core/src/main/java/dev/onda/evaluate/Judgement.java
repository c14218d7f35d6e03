package dev.onda.evaluate;

import dev.onda.corpus.LabelledClips;
import dev.onda.corpus.StoredClip;
import dev.onda.model.Model;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * What a model made of every clip: asked once, kept, and enough for all figures that need no other sound. Posteriors are kept
 * as floats, (clips, classes), 4 bytes each.
 */
public final class Judgement {

    private final Decision decision;
    private final int[] labels;
    private final List<Optional<StoredClip>> sources;
    private final float[][] posteriors;
    private final int[] heard;
    private final double[] losses;

    /**
     * Clips that wait to be judged.
     *
     * @param labels the place of each clip's class among the words
     * @param sources each clip, or nothing for silence that was made
     */
    Judgement(Decision decision, int[] labels, List<Optional<StoredClip>> sources) {
        this.decision = decision;
        this.labels = labels.clone();
        this.sources = List.copyOf(sources);
        this.posteriors = new float[labels.length][];
        this.heard = new int[labels.length];
        this.losses = new double[labels.length];
    }

    /**
     * Runs every clip through the network.
     *
     * @param evaluator of the model's network
     * @param clips labelled with the model's words
     * @param done is told how many clips are done
     */
    public static Judgement of(Evaluator evaluator, LabelledClips clips, Model model, IntConsumer done) {
        List<Optional<StoredClip>> sources = IntStream.of(clips.clips())
                .mapToObj(clip -> clip < 0
                        ? Optional.<StoredClip>empty()
                        : Optional.of(clips.store().clip(clip)))
                .toList();
        Judgement judgement = new Judgement(new Decision(model.words(), model.threshold()), clips.labels(), sources);
        evaluator.forEach(clips, Evaluator.Disturbance.NONE, (clip, p, loss) -> {
            judgement.put(clip, p, loss);
            done.accept(clip + 1);
        });
        return judgement;
    }

    /** Notes what was made of a clip. */
    void put(int clip, double[] p, double loss) {
        float[] row = new float[p.length];
        for (int c = 0; c < p.length; c++) {
            row[c] = rounded(p[c]);
        }
        posteriors[clip] = row;
        heard[clip] = decision.heard(p);
        losses[clip] = loss;
    }

    /** To float, but never across the threshold, which lies right beside some clip's posterior. */
    private float rounded(double p) {
        float rounded = (float) p;
        if (p >= threshold()) {
            return rounded >= threshold() ? rounded : Math.nextUp(rounded);
        }
        return rounded < threshold() ? rounded : Math.nextDown(rounded);
    }

    /** The model's words, in its order, with its classes that are no words. */
    public List<String> words() {
        return decision.words();
    }

    /** The model's: least posterior at which a word is believed. */
    public double threshold() {
        return decision.threshold();
    }

    /** How many clips. */
    public int size() {
        return labels.length;
    }

    /** The clip, or nothing for silence that was made of background. */
    public Optional<StoredClip> source(int clip) {
        return sources.get(clip);
    }

    /** The place of the clip's class. */
    public int label(int clip) {
        return labels[clip];
    }

    /** The place of the class that it was taken for, as {@link Evaluator#evaluate} decides with the model's threshold. */
    public int heard(int clip) {
        return heard[clip];
    }

    /** The posterior of each class, not copied; none lies on another side of the threshold than it did as a double. */
    public float[] posteriors(int clip) {
        return posteriors[clip];
    }

    /** The place of the likeliest class, the first of them, believed or not. */
    public int likeliest(int clip) {
        float[] p = posteriors[clip];
        int best = 0;
        for (int c = 1; c < p.length; c++) {
            if (p[c] > p[best]) {
                best = c;
            }
        }
        return best;
    }

    /** Cross-entropy of its label, in nats. */
    public double loss(int clip) {
        return losses[clip];
    }

    /** What {@link Evaluator#evaluate} would have counted. */
    public Evaluation evaluation() {
        int[][] confusion = new int[words().size()][words().size()];
        double sum = 0;
        for (int clip = 0; clip < size(); clip++) {
            confusion[labels[clip]][heard[clip]]++;
            sum += losses[clip];
        }
        return new Evaluation(words(), confusion, size() == 0 ? 0 : sum / size());
    }
}
