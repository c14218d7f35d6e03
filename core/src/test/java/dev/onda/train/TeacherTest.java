package dev.onda.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.onda.corpus.ClipStore;
import dev.onda.corpus.LabelledClips;
import dev.onda.corpus.Partition;
import dev.onda.evaluate.Evaluation;
import dev.onda.evaluate.Evaluator;
import dev.onda.model.Memory;
import dev.onda.model.Model;
import dev.onda.nn.kernel.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeacherTest {

    @TempDir
    private Path folder;

    @Test
    void learnsNewWordsAndKeepsTheOldOnes() throws Exception {
        Path corpus = TinyTraining.corpus(folder.resolve("corpus"), "a", "c", "e");
        Path fresh = folder.resolve("fresh");
        for (String word : List.of("d", "g")) {
            TinyTraining.addClips(fresh, word, Partition.TRAINING, 5);
            TinyTraining.addClips(fresh, word, Partition.VALIDATION, 6);
        }
        try (ClipStore store = TinyTraining.store(corpus, folder.resolve("store"));
                ClipStore more = TinyTraining.store(fresh, folder.resolve("more"));
                Workers workers = new Workers(2)) {
            Model trained = TinyTraining.train(
                    TinyTraining.task(store, TinyTraining.RECIPE.withEpochs(10)), folder.resolve("checkpoint"));
            Model old = trained.withStream(trained.stream().withThreshold(0.97, 5));
            LabelledClips clips = LabelledClips.of(more, List.of("d", "g"), Partition.TRAINING);
            Teacher teacher = new Teacher(old, RecipeFile.teaching(), workers);
            List<Double> losses = new ArrayList<>();
            Model taught = teacher.teach(clips, List.of("d", "g"), (step, steps, loss) -> {
                losses.add(loss);
                assertThat(step).isEqualTo(losses.size()).isLessThanOrEqualTo(steps);
            });
            assertThat(losses.getLast()).isLessThan(losses.getFirst());
            assertThat(taught.stream()).as("calibrated as before").isEqualTo(old.stream());
            assertThat(taught.words()).containsExactly("a", "c", "e", "d", "g");
            assertThat(judge(taught, more, workers).accuracy()).isGreaterThanOrEqualTo(0.9);
            assertThat(judge(taught, store, workers).accuracy())
                    .isGreaterThanOrEqualTo(judge(old, store, workers).accuracy() - 0.1);
            assertThat(teacher.teach(clips, List.of("d", "g"), (step, steps, loss) -> {})
                            .network()
                            .parameters())
                    .as("the same clips and seed give the same model")
                    .zipSatisfy(
                            taught.network().parameters(),
                            (a, b) -> assertThat(a.values()).containsExactly(b.values()));
            assertThat(taught.memory().clips()).isGreaterThan(old.memory().clips());
        }
    }

    @Test
    void doesNotHearNewWordsInOtherSpeech() throws Exception {
        Path corpus = TinyTraining.corpus(folder.resolve("corpus"), "a", "b", "c", "f");
        Path fresh = folder.resolve("fresh");
        TinyTraining.addClips(fresh, "d", Partition.TRAINING, 5);
        TinyTraining.addClips(fresh, "g", Partition.TRAINING, 5);
        List<String> classes = List.of("a", "c", Model.UNKNOWN);
        try (ClipStore store = TinyTraining.store(corpus, folder.resolve("store"));
                ClipStore more = TinyTraining.store(fresh, folder.resolve("more"));
                Workers workers = new Workers(2)) {
            TrainingTask task = new TrainingTask(
                    store, TinyTraining.ARCHITECTURE, classes, TinyTraining.RECIPE.withEpochs(10), "onda test");
            Model old = TinyTraining.train(task, folder.resolve("checkpoint"));
            int unknown = old.memory().count(classes.indexOf(Model.UNKNOWN));
            assertThat(unknown)
                    .as("much of other speech")
                    .isGreaterThan(10 * old.memory().count(0));
            LabelledClips clips = LabelledClips.of(more, List.of("d", "g"), Partition.TRAINING);
            Model taught = new Teacher(old, RecipeFile.teaching(), workers)
                    .teach(clips, List.of("d", "g"), (step, steps, loss) -> {});
            assertThat(taught.words()).containsExactly("a", "c", "d", "g", Model.UNKNOWN);
            assertThat(taught.memory().count(4)).isEqualTo(unknown);
            assertThat(Double.parseDouble(taught.provenance().figures().get(Teacher.FALSE_ACCEPTS)))
                    .isBetween(0.0, 0.05);
            Evaluation others = judge(taught, store, workers);
            assertThat(others.confusion()[4][2] + others.confusion()[4][3])
                    .as("other speech taken for a new word")
                    .isZero();
            assertThat(others.confusion()[4][4]).isGreaterThanOrEqualTo(12);
        }
    }

    private static Evaluation judge(Model model, ClipStore store, Workers workers) {
        LabelledClips clips = LabelledClips.of(store, model.words(), Partition.VALIDATION);
        return new Evaluator(model.network(), model.input().normalization(), 7, workers)
                .evaluate(clips, model.words(), done -> {});
    }

    @Test
    void refusesAModelWithoutAMemory() throws Exception {
        Path corpus = TinyTraining.corpus(folder.resolve("corpus"), "a", "c");
        try (ClipStore store = TinyTraining.store(corpus, folder.resolve("store"));
                Workers workers = new Workers(1)) {
            Model old = TinyTraining.train(
                    TinyTraining.task(store, TinyTraining.RECIPE.withEpochs(1)), folder.resolve("checkpoint"));
            Model blank = new Model(
                    old.architecture(),
                    old.network(),
                    old.words(),
                    old.input(),
                    old.threshold(),
                    Memory.NONE,
                    old.provenance());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Teacher(blank, RecipeFile.teaching(), workers))
                    .withMessageStartingWith("this model remembers nothing of its old words");
        }
    }
}
