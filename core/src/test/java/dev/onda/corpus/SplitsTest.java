package dev.onda.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.onda.audio.WavWriter;
import dev.onda.audio.Wave;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other ways to cut the same clips: folds by speaker, and the article's own split. */
class SplitsTest {

    private static final int RATE_HZ = 1_000;
    private static final int SPEAKERS = 60;

    @TempDir
    private Path folder;

    private ClipStore store;

    @BeforeEach
    void prepare() throws IOException {
        for (String word : List.of("a", "b")) {
            Path words = Files.createDirectories(folder.resolve("corpus").resolve(word));
            for (int speaker = 0; speaker < SPEAKERS; speaker++) {
                float[] tone = new float[RATE_HZ];
                Arrays.fill(tone, 0.25f);
                String name = String.format("%08x_nohash_0.wav", speaker * 0x9e3779b9);
                WavWriter.write(words.resolve(name), new Wave(tone, RATE_HZ));
            }
        }
        store = store("store");
    }

    private ClipStore store(String name) throws IOException {
        Path to = folder.resolve(name);
        Preparation.prepare(
                Corpus.scan(folder.resolve("corpus"), CorpusOptions.defaults()),
                new ClipFormat(RATE_HZ, RATE_HZ),
                to,
                new PrepareOptions(1, true),
                (done, total) -> {});
        return ClipStore.open(to);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Set<String> speakers(ClipStore store, Partition partition) {
        Set<String> speakers = new HashSet<>();
        for (int clip : store.in(partition)) {
            speakers.add(store.clip(clip).speaker());
        }
        return speakers;
    }

    @Test
    void eachSpeakerJudgesInOneFoldAndIsLearnedFromInTheOthers() {
        int folds = 4;
        Set<String> testing = speakers(store, Partition.TESTING);
        assertThat(testing).isNotEmpty();
        Map<String, Integer> judged = new HashMap<>();
        Set<String> hashes = new HashSet<>(List.of(store.sha256()));
        for (int fold = 0; fold < folds; fold++) {
            ClipStore cut = new Folds(folds).of(store, fold);
            assertThat(speakers(cut, Partition.TESTING)).isEqualTo(testing);
            Set<String> validation = speakers(cut, Partition.VALIDATION);
            assertThat(speakers(cut, Partition.TRAINING)).doesNotContainAnyElementsOf(validation);
            assertThat(validation).hasSizeBetween(5, 25);
            validation.forEach(speaker -> judged.merge(speaker, 1, Integer::sum));
            assertThat(hashes.add(cut.sha256()))
                    .as("fold %d is other data", fold)
                    .isTrue();
        }
        assertThat(judged).hasSize(SPEAKERS - testing.size());
        assertThat(judged.values()).containsOnly(1);
    }

    @Test
    void theArticlesSplitAppendsNoisyCopiesAndCutsAtRandom() throws IOException {
        ArticleSplit.STRATIFIED.write(store, folder.resolve("split"), 1);
        try (ClipStore split = ClipStore.open(folder.resolve("split"))) {
            assertThat(split.size()).isEqualTo(2 * (SPEAKERS + 18));
            assertThat(split.in(Partition.TRAINING)).hasSize(2 * 55);
            assertThat(split.in(Partition.TESTING)).isEmpty();
            float[] samples = new float[RATE_HZ];
            List<String> noisy = new ArrayList<>();
            for (int clip = 0; clip < split.size(); clip++) {
                split.read(clip, samples, 0);
                double mean = 0;
                double least = 1;
                double most = 0;
                for (float sample : samples) {
                    mean += sample / samples.length;
                    least = Math.min(least, sample);
                    most = Math.max(most, sample);
                }
                if (split.clip(clip).path().endsWith(ArticleSplit.NOISY_SUFFIX)) {
                    noisy.add(split.clip(clip).path());
                    assertThat(mean).as("0.03 u, u uniform in [0, 1)").isCloseTo(0.265, within(0.002));
                    assertThat(least).isBetween(0.2499, 0.2505);
                    assertThat(most).isBetween(0.2795, 0.2801);
                } else {
                    assertThat(most - least).isZero();
                }
            }
            assertThat(noisy).hasSize(2 * 18).doesNotHaveDuplicates();
            assertThat(noisy)
                    .filteredOn(path -> path.startsWith("a/"))
                    .as("word by word")
                    .hasSize(18);
            assertThat(speakers(split, Partition.TRAINING))
                    .as("it leaks")
                    .containsAnyElementsOf(speakers(split, Partition.VALIDATION));
        }
    }

    @Test
    void theArticlesFirstSplitHasNoCopies() throws IOException {
        ArticleSplit.PLAIN.write(store, folder.resolve("split"), 1);
        try (ClipStore split = ClipStore.open(folder.resolve("split"))) {
            assertThat(split.size()).isEqualTo(2 * SPEAKERS);
            assertThat(split.in(Partition.VALIDATION)).hasSize(36);
        }
    }
}
