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
