package dev.onda.train;

import dev.onda.augment.Augmentation;
import dev.onda.augment.Surroundings;
import dev.onda.corpus.LabelledClips;
import dev.onda.evaluate.Evaluator;
import dev.onda.model.InputFormat;
import dev.onda.model.Memory;
import dev.onda.model.Model;
import dev.onda.model.Provenance;
import dev.onda.nn.kernel.Hash;
import dev.onda.nn.kernel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Teaches a model new words from a few clips each. Its body stays as it is, and so does what its last layer says of the old
 * words; new rows of that layer learn to tell the new words from these, which the model remembers ("rehearsal", Robins 1995).
 * Ten clips of a word tell little of how voices differ in it, so to the features of their augmented copies differences are
 * added that clips of the old words have to their word's mean (an idea of Hariharan and Girshick 2017).
 */
public final class Teacher {

    /** Name of the figure that says which share of remembered other speech is taken for a new word. */
    public static final String FALSE_ACCEPTS = "taughtFalseAccepts";

    /** Name of the figure that lists the words that were taught. */
    public static final String TAUGHT = "taught";

    /** Hears how far the teaching is; called from its thread. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param step how many steps are done
         * @param steps how many there are
         * @param loss mean cross-entropy of the step, in nats
         */
        void learned(int step, int steps, double loss);
    }

    private static final int BATCH = 64;

    /** Augmented copies of all clips of a new word. */
    private static final int COPIES = 600;

    /** Differences added to one copy. */
    private static final int BORROWED = 4;
    /** Of so many remembered clips of other speech one is kept apart, to judge. */
    private static final int APART = 5;

    private final Model model;
    private final Recipe recipe;
    private final Workers workers;

    /**
     * @param recipe whose augmentations are used
     * @throws IllegalArgumentException if the model remembers nothing
     */
    public Teacher(Model model, Recipe recipe, Workers workers) {
        refuseWithoutMemory(model);
        this.model = model;
        this.recipe = recipe;
        this.workers = workers;
    }

    /**
     * Looks at a model before the long work.
     *
     * @throws IllegalArgumentException if it remembers nothing; the message says why, and what to do
     */
    public static void refuseWithoutMemory(Model model) {
        if (model.memory().clips() == 0) {
            throw new IllegalArgumentException(
                    model.provenance().recipe().containsKey(Provenance.IMPORTED)
                            ? "this model was imported, and weights alone remember no clips of their words, so it cannot be "
                                    + "taught: train a network on clips of the old and the new words"
                            : "this model remembers nothing of its old words, so it cannot be taught: it "
                                    + "was trained by an older Onda, or its architecture does not end with an average over time");
        }
    }

    /**
     * A model that knows the new words, too; special classes stay last. Where it knows other speech, a part of what it
     * remembers of that is kept apart to tell in how much of it new words are heard: {@link #FALSE_ACCEPTS} of its figures.
     *
     * @param clips of the new words, all of them to learn from; labels count in {@code words}
     * @param words the new words, none of which the model knows
     */
    public Model teach(LabelledClips clips, List<String> words, Listener listener) {
        List<String> classes = new ArrayList<>(model.words());
        int unknown = classes.indexOf(Model.UNKNOWN);
        int at = (int) classes.stream().filter(Model::isWord).count();
        NewWords place = new NewWords(at, words.size());
        classes.addAll(at, words);
        Memory old = model.memory();
        int[] apart = everyFifth(unknown);
        int[] others = IntStream.range(0, old.clips())
                .filter(clip -> Arrays.binarySearch(apart, clip) < 0)
                .toArray();
        Memory fresh = features(clips, words.size());
        WiderHead head = WiderHead.of(model.network(), place, unknown);
        head.learn(join(old.only(others), varied(fresh), place), recipe.labelSmoothing(), workers, listener);
        Memory all = shortened(join(old, fresh, place), head.unknown());
        Provenance base = model.provenance();
        Map<String, String> figures = figures(words);
        if (apart.length > 0) {
            double taken = taken(head, old.only(apart));
            figures.put(FALSE_ACCEPTS, String.format(Locale.ROOT, "%.4f", taken));
        }
        Provenance provenance = new Provenance(
                base.dataSha256(),
                base.software(),
                base.recipe(),
                figures,
                Provenance.both(base.attribution(), clips.store().attribution()));
        return new Model(
                        model.architecture(),
                        head.network(),
                        classes,
                        model.input(),
                        model.threshold(),
                        all,
                        provenance)
                .withStream(model.stream());
    }

    /** Of the remembered clips of a class every fifth. */
    private int[] everyFifth(int label) {
        int[] of = IntStream.range(0, model.memory().clips())
                .filter(clip -> model.memory().labels()[clip] == label)
                .toArray();
        return IntStream.range(0, of.length)
                .filter(i -> i % APART == 0)
                .map(i -> of[i])
                .toArray();
    }

    /** Share of clips that are taken for a new word. */
    private static double taken(WiderHead head, Memory clips) {
        double[][] posteriors = head.posteriors(clips);
        long taken = Arrays.stream(posteriors)
                .filter(p -> head.words().has(Evaluator.largest(p)))
                .count();
        return taken / (double) posteriors.length;
    }

    /** What was measured before is no longer so: it stays, as that of the base. */
    private Map<String, String> figures(List<String> words) {
        Map<String, String> old = model.provenance().figures();
        Map<String, String> figures = new LinkedHashMap<>();
        old.forEach((key, value) -> {
            if (!key.equals(TAUGHT)) {
                figures.put(key.startsWith(Provenance.BASE) ? key : Provenance.BASE + key, value);
            }
        });
        String fresh = String.join(",", words);
        figures.put(TAUGHT, old.containsKey(TAUGHT) ? old.get(TAUGHT) + "," + fresh : fresh);
        return figures;
    }

    private Memory features(LabelledClips clips, int words) {
        Body body = Body.of(model.network(), BATCH, workers).orElseThrow();
        InputFormat input = model.input();
        Surroundings surroundings = new Surroundings(
                input.sampleRateHz(), clips.store().background().of(clips.partition()));
        int window = input.windowSamples();
        int[] perWord = new int[words];
        Arrays.stream(clips.labels()).forEach(label -> perWord[label]++);
        List<Integer> turns = new ArrayList<>();
        for (int clip = 0; clip < clips.size(); clip++) {
            int copies = Math.max(1, COPIES / perWord[clips.labels()[clip]]);
            for (int copy = 0; copy < copies; copy++) {
                turns.add(clip);
            }
        }
        float[] batch = new float[BATCH * window];
        float[] features = new float[turns.size() * body.size()];
        for (int from = 0; from < turns.size(); from += BATCH) {
            int first = from;
            int some = Math.min(BATCH, turns.size() - from);
            workers.run(some, (i, worker) -> {
                SplittableRandom random = new SplittableRandom(Hash.child(recipe.seed(), first + i));
                clips.read(turns.get(first + i), 0, batch, i * window);
                for (Augmentation augmentation : recipe.augmentations()) {
                    augmentation.maybeApply(batch, i * window, window, surroundings, random);
                }
                input.normalization().apply(batch, i * window, window);
            });
            System.arraycopy(body.features(batch, some), 0, features, from * body.size(), some * body.size());
        }
        int[] labels = turns.stream().mapToInt(clip -> clips.labels()[clip]).toArray();
        return new Memory(body.size(), features, labels);
    }

    /** What was remembered, with classes where they are now, then what is fresh. */
    private static Memory join(Memory old, Memory fresh, NewWords words) {
        float[] features = Arrays.copyOf(old.features(), old.features().length + fresh.features().length);
        System.arraycopy(fresh.features(), 0, features, old.features().length, fresh.features().length);
        int[] labels = Arrays.copyOf(old.labels(), old.clips() + fresh.clips());
        for (int i = 0; i < old.clips(); i++) {
            labels[i] = words.moved(labels[i]);
        }
        for (int i = 0; i < fresh.clips(); i++) {
            labels[old.clips() + i] = words.at() + fresh.labels()[i];
        }
        return new Memory(old.size(), features, labels);
    }

    /** No more of a word than of the old ones: the new words can be rehearsed, too, when more are taught. */
    private Memory shortened(Memory all, int unknown) {
        int words = 0;
        int clips = 0;
        for (int label = 0; label < model.words().size(); label++) {
            if (!model.words().get(label).equals(Model.UNKNOWN)) {
                words++;
                clips += model.memory().count(label);
            }
        }
        int most = clips / words;
        int[] seen = new int[all.clips()];
        int[] chosen = Arrays.stream(new Chance(recipe.seed()).order(0, all.clips()))
                .filter(i -> all.labels()[i] == unknown || seen[all.labels()[i]]++ < most)
                .toArray();
        return all.only(chosen);
    }

    /** Features with differences of remembered clips to their class's mean added. */
    private Memory varied(Memory fresh) {
        Memory old = model.memory();
        int size = old.size();
        int classes = model.words().size();
        double[] means = new double[classes * size];
        int[] counts = new int[classes];
        for (int clip = 0; clip < old.clips(); clip++) {
            counts[old.labels()[clip]]++;
        }
        for (int clip = 0; clip < old.clips(); clip++) {
            int label = old.labels()[clip];
            for (int i = 0; i < size; i++) {
                means[label * size + i] += old.features()[clip * size + i] / counts[label];
            }
        }
        int[] ofWords = IntStream.range(0, old.clips())
                .filter(clip -> Model.isWord(model.words().get(old.labels()[clip])))
                .toArray();
        SplittableRandom random = new SplittableRandom(recipe.seed());
        float[] features = fresh.features().clone();
        for (int clip = 0; clip < fresh.clips(); clip++) {
            for (int k = 0; k < BORROWED; k++) {
                int from = ofWords[random.nextInt(ofWords.length)];
                int mean = old.labels()[from] * size;
                for (int i = 0; i < size; i++) {
                    features[clip * size + i] += (float) (old.features()[from * size + i] - means[mean + i]);
                }
            }
        }
        return new Memory(size, features, fresh.labels());
    }
}
