package dev.onda.evaluate;

import dev.onda.model.Model;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a model answered on clips whose words are known.
 *
 * @param words the model's words, in its order
 * @param confusion {@code confusion[said][heard]}: clips of word {@code said} that the model took for {@code heard}; not
 *     copied
 * @param loss mean cross-entropy, in nats, without label smoothing
 */
public record Evaluation(List<String> words, int[][] confusion, double loss) {

    /** One word's figures. */
    public record WordScore(String word, int clips, int correct, Interval interval) {

        /** Share of its clips that were recognised (recall); 0 without clips. */
        public double accuracy() {
            return clips == 0 ? 0 : correct / (double) clips;
        }
    }

    /** Clips of one word taken for another. */
    public record Mistake(String said, String heard, int clips) {}

    /** How many clips were judged. */
    public int clips() {
        return IntStream.range(0, words.size()).map(this::clips).sum();
    }

    private int clips(int word) {
        return IntStream.of(confusion[word]).sum();
    }

    /** How many were recognised. */
    public int correct() {
        return IntStream.range(0, words.size()).map(w -> confusion[w][w]).sum();
    }

    /** Share of clips recognised; 0 without clips. */
    public double accuracy() {
        return clips() == 0 ? 0 : correct() / (double) clips();
    }

    /** The accuracy's 95 % interval. */
    public Interval interval() {
        return Interval.wilson(correct(), clips());
    }

    /** Clips of a class that is no word, such as {@code _unknown_}, and how many of them were taken for a word. */
    public record FalseAccepts(String said, int clips, int accepted, Interval interval) {}

    /** What was taken for a word and was none, by class; empty where the model has only words. */
    public List<FalseAccepts> falseAccepts() {
        return IntStream.range(0, words.size())
                .filter(said -> !Model.isWord(words.get(said)))
                .mapToObj(said -> {
                    int accepted = IntStream.range(0, words.size())
                            .filter(heard -> Model.isWord(words.get(heard)))
                            .map(heard -> confusion[said][heard])
                            .sum();
                    return new FalseAccepts(
                            words.get(said), clips(said), accepted, Interval.wilson(accepted, clips(said)));
                })
                .toList();
    }

    /** All clips of words as one score, without those of classes that are no words, such as silence that was made up. */
    public WordScore wordsAlone() {
        List<WordScore> scores =
                perWord().stream().filter(w -> Model.isWord(w.word())).toList();
        int clips = scores.stream().mapToInt(WordScore::clips).sum();
        int correct = scores.stream().mapToInt(WordScore::correct).sum();
        return new WordScore("words", clips, correct, Interval.wilson(correct, clips));
    }

    /** Word by word, in the model's order. */
    public List<WordScore> perWord() {
        return IntStream.range(0, words.size())
                .mapToObj(w -> new WordScore(
                        words.get(w), clips(w), confusion[w][w], Interval.wilson(confusion[w][w], clips(w))))
                .toList();
    }

    /** All pairs that were confused, the most frequent first, then in the order of the words. */
    public List<Mistake> mistakes() {
        return IntStream.range(0, words.size() * words.size())
                .filter(i -> i / words.size() != i % words.size())
                .mapToObj(i -> new Mistake(
                        words.get(i / words.size()),
                        words.get(i % words.size()),
                        confusion[i / words.size()][i % words.size()]))
                .filter(m -> m.clips() > 0)
                .sorted((a, b) -> Integer.compare(b.clips(), a.clips()))
                .toList();
    }
}
