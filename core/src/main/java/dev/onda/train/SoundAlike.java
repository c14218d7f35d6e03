package dev.onda.train;

import dev.onda.corpus.LabelledClips;
import dev.onda.evaluate.Evaluator;
import dev.onda.model.Model;
import dev.onda.nn.kernel.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A new word that sounds to a model like one that it knows: once it is taught, the two will be mixed up.
 *
 * @param word the new one
 * @param known the old one
 * @param heard how many recordings of the new word are heard as the old one, and believed
 * @param recordings of the new word
 */
public record SoundAlike(String word, String known, int heard, int recordings) {

    private static final int BATCH = 32;

    /**
     * Lets a model hear recordings of words that it does not know.
     *
     * @param clips labels count in {@code words}
     * @return of each word most of whose recordings are heard as the same old word, that one
     */
    public static List<SoundAlike> find(Model model, LabelledClips clips, List<String> words, Workers workers) {
        int[][] heard = new int[words.size()][model.words().size()];
        // Labels of words that the model lacks number none of its answers; the loss, which needs them, is not looked
        // at.
        LabelledClips unlabelled =
                new LabelledClips(clips.store(), clips.partition(), clips.clips(), new int[clips.size()]);
        new Evaluator(model.network(), model.input().normalization(), BATCH, workers)
                .forEach(unlabelled, Evaluator.Disturbance.NONE, (clip, p, loss) -> {
                    int best = Evaluator.largest(p);
                    if (Model.isWord(model.words().get(best)) && p[best] >= model.threshold()) {
                        heard[clips.labels()[clip]][best]++;
                    }
                });
        List<SoundAlike> alike = new ArrayList<>();
        for (int word = 0; word < words.size(); word++) {
            int label = word;
            int recordings = (int)
                    IntStream.of(clips.labels()).filter(each -> each == label).count();
            for (int known = 0; known < heard[word].length; known++) {
                if (2 * heard[word][known] > recordings) {
                    alike.add(
                            new SoundAlike(words.get(word), model.words().get(known), heard[word][known], recordings));
                }
            }
        }
        return alike;
    }

    /** What to say of it. */
    public String warning() {
        return String.format(
                Locale.ROOT,
                "most recordings of '%s' (%d of %d) sound like '%s' to the model; choose another word, or expect mix-ups",
                word,
                heard,
                recordings,
                known);
    }
}
