package dev.onda.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onda.corpus.ClipStore;
import dev.onda.corpus.LabelledClips;
import dev.onda.corpus.Partition;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InventedSpeechTest {

    @TempDir
    private Path folder;

    private ClipStore store(String... words) throws Exception {
        return TinyTraining.store(TinyTraining.corpus(folder.resolve("corpus"), words), folder.resolve("store"));
    }

    private static InventedSpeech of(ClipStore store, List<String> words) {
        return new InventedSpeech(
                LabelledClips.of(store, words, Partition.TRAINING),
                words,
                TinyTraining.WINDOW,
                TinyTraining.RATE_HZ,
                1);
    }

    @Test
    void isNoneOfTheClips() throws Exception {
        try (ClipStore store = store("a", "b", "c")) {
            InventedSpeech invented = of(store, store.words());
            Set<List<Float>> clips = new HashSet<>();
            float[] clip = new float[TinyTraining.WINDOW];
            for (int i = 0; i < store.size(); i++) {
                store.read(i, clip, 0);
                clips.add(list(clip));
            }
            SplittableRandom random = new SplittableRandom(5);
            for (int i = 0; i < 300; i++) {
                float[] into = new float[TinyTraining.WINDOW + 7];
                invented.invent(into, 3, random, 0);
                assertThat(clips)
                        .as("clip " + i)
                        .doesNotContain(list(Arrays.copyOfRange(into, 3, 3 + TinyTraining.WINDOW)));
                assertThat(into[2]).as("in front").isZero();
                assertThat(into[3 + TinyTraining.WINDOW]).as("behind").isZero();
            }
        }
    }

    private static List<Float> list(float[] x) {
        Float[] boxed = new Float[x.length];
        Arrays.setAll(boxed, i -> x[i]);
        return List.of(boxed);
    }

    @Test
    void ofHalvesNoWordIsLeftWhole() throws Exception {
        try (ClipStore store = store("a", "b")) {
            InventedSpeech invented = of(store, store.words());
            SplittableRandom random = new SplittableRandom(9);
            float[] scratch = new float[TinyTraining.WINDOW];
            int length = TinyTraining.WINDOW / 4;
            for (int i = 0; i < 300; i++) {
                float[] into = new float[TinyTraining.WINDOW + 7];
                say(into, 3 + random.nextInt(TinyTraining.WINDOW - length), length, 0.5f);
                float[] other = new float[TinyTraining.WINDOW];
                say(other, random.nextInt(TinyTraining.WINDOW - length), length, -0.25f);
                invented.halve(into, 3, other, random, scratch);
                assertThat(share(into, 0.5f, length))
                        .as("of the first, clip " + i)
                        .isBetween(0.2, 0.8);
                assertThat(share(into, -0.25f, length))
                        .as("of the second, clip " + i)
                        .isBetween(0.0, 0.8);
            }
        }
    }

    private static void say(float[] clip, int at, int length, float value) {
        Arrays.fill(clip, at, at + length, value);
    }

    /** How much of a word of one value is left. */
    private static double share(float[] clip, float value, int length) {
        int left = 0;
        for (float sample : clip) {
            left += Math.signum(sample) == Math.signum(value) && Math.abs(sample) > Math.abs(value) / 2 ? 1 : 0;
        }
        return left / (double) length;
    }

    @Test
    void equalSeedsInventTheSame() throws Exception {
        try (ClipStore store = store("a", "b")) {
            InventedSpeech invented = of(store, store.words());
            for (int seed = 0; seed < 20; seed++) {
                float[] first = new float[TinyTraining.WINDOW];
                float[] second = new float[TinyTraining.WINDOW];
                invented.invent(first, 0, new SplittableRandom(seed), 0);
                invented.invent(second, 0, new SplittableRandom(seed), 0);
                assertThat(second).as("seed " + seed).isEqualTo(first);
            }
        }
    }

    @Test
    void ofOneWordItTurnsAround() throws Exception {
        try (ClipStore store = store("a", "b")) {
            InventedSpeech invented = of(store, List.of("a", "_unknown_"));
            float[] clip = new float[TinyTraining.WINDOW];
            Set<List<Float>> backwards = new HashSet<>();
            for (int i = 0; i < store.size(); i++) {
                store.read(i, clip, 0);
                backwards.add(list(clip).reversed());
            }
            for (int seed = 0; seed < 20; seed++) {
                invented.invent(clip, 0, new SplittableRandom(seed), 0);
                assertThat(backwards).contains(list(clip));
            }
        }
    }
}
