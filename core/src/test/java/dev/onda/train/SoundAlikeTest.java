package dev.onda.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onda.corpus.ClipStore;
import dev.onda.corpus.LabelledClips;
import dev.onda.corpus.Partition;
import dev.onda.model.Model;
import dev.onda.nn.kernel.Workers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoundAlikeTest {

    @TempDir
    private Path folder;

    @Test
    void findsANewWordThatIsAnOldOneByAnotherName() throws Exception {
        Path corpus = TinyTraining.corpus(folder.resolve("corpus"), "a", "c");
        Path fresh = folder.resolve("fresh");
        TinyTraining.addClips(fresh, "c", Partition.TRAINING, 5);
        Files.move(fresh.resolve("c"), fresh.resolve("wow"));
        TinyTraining.addClips(fresh, "a", Partition.TRAINING, 2);
        TinyTraining.addClips(fresh, "c", Partition.TRAINING, 3);
        mix(fresh.resolve("a"), fresh.resolve("c"), fresh.resolve("mixed"));
        List<String> words = List.of("mixed", "wow");
        try (ClipStore store = TinyTraining.store(corpus, folder.resolve("store"));
                ClipStore more = TinyTraining.store(fresh, folder.resolve("more"));
                Workers workers = new Workers(2)) {
            Model model = TinyTraining.train(
                    TinyTraining.task(store, TinyTraining.RECIPE.withEpochs(10)), folder.resolve("checkpoint"));
            LabelledClips clips = LabelledClips.of(more, words, Partition.TRAINING);
            List<SoundAlike> alike = SoundAlike.find(model, clips, words, workers);
            assertThat(alike)
                    .filteredOn(each -> each.word().equals("wow"))
                    .containsExactly(new SoundAlike("wow", "c", 10, 10));
            assertThat(alike)
                    .as("half of it like one, half like the other")
                    .noneMatch(each -> each.word().equals("mixed"));
            assertThat(alike.getFirst().warning())
                    .isEqualTo("most recordings of 'wow' (10 of 10) sound like 'c' to the model; choose another word,"
                            + " or expect mix-ups");
        }
    }

    /** As many clips of one word as of the other, four of each. */
    private static void mix(Path one, Path other, Path to) throws Exception {
        Files.createDirectories(to);
        for (Path from : List.of(one, other)) {
            List<Path> four;
            try (var clips = Files.list(from)) {
                four = clips.sorted().limit(4).toList();
            }
            for (int i = 0; i < four.size(); i++) {
                String name = four.get(i).getFileName().toString();
                Files.move(four.get(i), to.resolve(from.equals(one) ? name : name.replace("_nohash_", "_nohash_1")));
            }
            Path left = from;
            try (var clips = Files.list(left)) {
                for (Path each : clips.toList()) {
                    Files.delete(each);
                }
            }
            Files.delete(left);
        }
    }
}
