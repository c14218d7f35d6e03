package dev.onda.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.onda.audio.WavWriter;
import dev.onda.audio.Wave;
import dev.onda.corpus.Partition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The commands from end to end, as a user types them: prepare, train, evaluate, recognize, describe. One class,
 * since one training serves all of its tests.
 */
class CommandsTest extends TypedCommands {

    private static final int RATE_HZ = 8_000;
    private static final List<String> WORDS = List.of("down", "left", "up");

    @TempDir
    private static Path shared;

    private static Path corpus;
    private static Path model;

    @TempDir
    private Path folder;

    @BeforeAll
    static void trainOnce() throws IOException {
        corpus = shared.resolve("corpus");
        for (String word : WORDS) {
            addClips(corpus, word, Partition.TRAINING, 6);
            addClips(corpus, word, Partition.VALIDATION, 3);
        }
        model = shared.resolve("m5.safetensors");
        CommandsTest run = new CommandsTest();
        assertThat(run.train(corpus, model)).as(run.err.toString()).isZero();
        assertThat(run.out.toString())
                .contains("training m5, 3 words, 18 training and 9 validation clips; epochs: 1, threads: 2, ")
                .containsPattern(": validation accuracy .* on 9 clips ")
                .contains("caution: only 9 clips judge this training, so its accuracy says next to nothing")
                .contains("next: ./onda recognize --model " + model);
    }

    private static void addClips(Path root, String word, Partition partition, int clips) throws IOException {
        Path words = Files.createDirectories(root.resolve(word));
        int found = 0;
        for (int candidate = 1; found < clips; candidate++) {
            String name = String.format("%08x_nohash_0.wav", candidate * 0x9e3779b9);
            if (Partition.ofFileName(name) == partition) {
                found++;
                WavWriter.write(words.resolve(name), tone(word, candidate));
            }
        }
    }

    private static Wave tone(String word, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double hertz = 300 * (1 + WORDS.indexOf(word));
        float[] x = new float[RATE_HZ / 2];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (0.3 * Math.sin(2 * Math.PI * hertz * i / RATE_HZ) + 0.03 * random.nextGaussian());
        }
        return new Wave(x, RATE_HZ);
    }

    private int train(Path data, Path to, Object... more) {
        Object[] args = new Object[13 + more.length];
        Object[] fixed = {
            "train", "--data", data, "--model", "m5", "--out", to, "--epochs", "1", "--batch", "9", "--threads", "2"
        };
        System.arraycopy(fixed, 0, args, 0, fixed.length);
        System.arraycopy(more, 0, args, fixed.length, more.length);
        return onda(args);
    }

    @Test
    void aFinishedTrainingLeavesItsModelAndItsHistory() throws IOException {
        try (var files = Files.list(shared)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("corpus", "m5.safetensors", "m5.history.csv");
        }
        assertThat(Files.readAllLines(shared.resolve("m5.history.csv"))).hasSize(2);
    }

    @Test
    void trainingFromAStoreGivesTheSameBytesAndKeepsTheStore() throws IOException {
        // The name that the training would give its own clips.
        Path store = folder.resolve("again.clips");
        assertThat(onda("prepare", "--data", corpus, "--out", store)).isZero();
        assertThat(out.toString()).isEqualTo(store + ": 27 clips of 3 words at 8,000 Hz\n");
        assertThat(train(store, folder.resolve("again.safetensors")))
                .as(err.toString())
                .isZero();
        assertThat(folder.resolve("again.safetensors")).hasSameBinaryContentAs(model);
        assertThat(store.resolve("clips.npy")).as("the user's own store").exists();
        assertThat(store.resolve("clips.csv")).exists();
    }

    @Test
    void severalSeedsGiveSeveralModelsAndTheirMean() throws IOException {
        Path to = folder.resolve("s.safetensors");
        assertThat(train(corpus, to, "--seeds", 2)).as(err.toString()).isZero();
        assertThat(out.toString())
                .containsPattern(
                        "2 seeds: validation accuracy [0-9.]+ % on average, standard deviation [0-9.]+ points\n");
        assertThat(folder.resolve("s-seed-1.safetensors")).hasSameBinaryContentAs(model);
        assertThat(Files.mismatch(folder.resolve("s-seed-2.safetensors"), model))
                .isNotNegative();
        assertThat(to).doesNotExist();
        assertThat(folder.resolve("s.clips")).doesNotExist();
        assertRefused(train(corpus, to, "--seeds", 2), "s-seed-1.safetensors: exists already");
        Files.delete(folder.resolve("s-seed-2.safetensors"));
        assertThat(train(corpus, to, "--seeds", 2, "--resume")).isZero();
        assertThat(out.toString()).contains("s-seed-1.safetensors: this training is finished already", "2 seeds: ");
        assertRefused(train(corpus, to, "--seeds", 1), "--seeds: 2 to 100 trainings make a row, not 1");
        assertRefused(train(corpus, to, "--seeds", 2, "--folds", 2), "--seeds and --folds: one of them at a time");
    }

    @Test
    void foldsJudgeEachClipOnce() {
        assertThat(train(corpus, folder.resolve("f.safetensors"), "--folds", 2))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains(
                        "each clip judged once, by a model that never heard its speaker, at the epoch that is best on its fold: ",
                        " of 27 clips\n");
    }

    @Test
    void searchLeavesTheBestRecipe() throws IOException {
        Path space = folder.resolve("space.toml");
        Files.writeString(space, "learning-rate = { from = 1e-4, to = 1e-2, scale = 'log' }\nbatch = [4, 9]\n");
        Path to = folder.resolve("search");
        Object[] command = {
            "search", "--data", corpus, "--model", "m5", "--space", space, "--out", to, "--trials", 3, "--epochs", 3
        };
        assertThat(onda(command)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("searching in 2 rounds: 3 of 1 epochs, 1 of 3 epochs\n", "next: ");
        assertThat(Files.readAllLines(to.resolve("search.csv")))
                .hasSize(5)
                .first()
                .asString()
                .contains("learning-rate");
        String first = Files.readString(to.resolve("best.toml"));
        assertThat(onda(command)).as("again, all of it is there").isZero();
        assertThat(to.resolve("best.toml")).hasContent(first);
        assertThat(train(corpus, folder.resolve("best.safetensors"), "--recipe", to.resolve("best.toml")))
                .as(err.toString())
                .isZero();
        Files.writeString(space, "batch = [3]");
        assertRefused(onda(command), "of a training with another network, other clips, words or settings");
        Files.writeString(space, "batch = 3");
        assertRefused(onda(command), "--space " + space + ": batch: a list of values");
    }

    @Test
    void theArticleAgain() throws IOException {
        Path to = folder.resolve("article");
        assertThat(onda("article", "--data", corpus, "--out", to, "--epochs", 1))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains(
                        "| Single Conv1D | 21.91 % | ",
                        "| Extra Conv1D Augmented V3 | 79.34 % | ", "the split is worth");
        assertThat(Files.readString(to.resolve("table.md"))).contains("its split, 3 words");
        assertThat(onda("article", "--data", corpus, "--out", to, "--epochs", 1))
                .isZero();
        assertThat(out.toString()).contains("finished already").doesNotContain("training article");
    }

    @Test
    void whatElseIsInTheFolderOfClipsStays() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("x.clips")).resolve("mine.txt");
        Files.writeString(mine, "precious");
        assertThat(train(corpus, folder.resolve("x.safetensors"))).isZero();
        assertThat(mine).hasContent("precious");
        assertThat(mine.resolveSibling("clips.npy")).doesNotExist();
    }

    @Test
    void brokenClipsAreListedAndTrainingGoesOn() throws IOException {
        Path mixed = folder.resolve("mixed");
        for (String word : WORDS) {
            addClips(mixed, word, Partition.TRAINING, 2);
            addClips(mixed, word, Partition.VALIDATION, 1);
        }
        Files.writeString(mixed.resolve("up/00000000_nohash_0.wav"), "no sound");
        Files.write(mixed.resolve("up/00000001_nohash_0.wav"), new byte[0]);
        assertThat(train(mixed, folder.resolve("m.safetensors"))).isZero();
        assertThat(err.toString())
                .startsWith("onda: warning: 2 clips skipped:")
                .contains("up/00000001_nohash_0.wav: empty");
        assertRefused(train(mixed, folder.resolve("s.safetensors"), "--strict"), "00000000_nohash_0.wav");
    }

    @Test
    void evaluatesForPeopleAndForPrograms() {
        assertThat(onda("evaluate", "--model", model, "--data", corpus)).isZero();
        assertThat(out.toString())
                .contains("of 9 clips right: accuracy ", "confusion (said down, heard across)", "left");
        assertThat(onda("evaluate", "--model", model, "--data", corpus, "--json", "--partition", "all"))
                .isZero();
        JsonNode json = JsonMapper.shared().readTree(out.toString());
        assertThat(json.propertyNames())
                .containsExactly(
                        "partition",
                        "clips",
                        "skipped",
                        "excluded",
                        "correct",
                        "accuracy",
                        "interval",
                        "loss",
                        "wordsAlone",
                        "perWord",
                        "falseAccepts",
                        "words",
                        "confusion");
        assertThat(json.get("clips").asInt()).isEqualTo(27);
        int clips = 0;
        int correct = 0;
        int confused = 0;
        for (int w = 0; w < 3; w++) {
            JsonNode word = json.get("perWord").get(w);
            assertThat(word.get("word").asString()).isEqualTo(WORDS.get(w));
            assertThat(word.get("correct").asInt())
                    .isEqualTo(json.at("/confusion/" + w + "/" + w).asInt());
            clips += word.get("clips").asInt();
            correct += word.get("correct").asInt();
            for (JsonNode heard : json.get("confusion").get(w)) {
                confused += heard.asInt();
            }
        }
        assertThat(clips).isEqualTo(27);
        assertThat(confused).isEqualTo(27);
        assertThat(json.get("correct").asInt()).isEqualTo(correct);
        double accuracy = json.get("accuracy").asDouble();
        assertThat(accuracy).isCloseTo(correct / 27.0, within(1e-12));
        assertThat(accuracy)
                .isBetween(
                        json.at("/interval/0").asDouble(),
                        json.at("/interval/1").asDouble());
    }

    @Test
    void recognizesFilesAndFolders() {
        Path clip = corpus.resolve("up").resolve("9e3779b9_nohash_0.wav");
        assertThat(onda("recognize", "--model", model, "--top", "9", corpus.resolve("up")))
                .isZero();
        assertThat(out.toString().lines()).hasSize(9).allSatisfy(line -> {
            assertThat(line.split("\t", -1)).hasSize(7);
            assertThat(line.split("\t", -1)[0]).startsWith(corpus.resolve("up").toString());
        });
        assertThat(Files.exists(clip)).isTrue();
        assertThat(onda("recognize", "--model", model, "--json", clip)).isZero();
        JsonNode json = JsonMapper.shared().readTree(out.toString());
        assertThat(json.propertyNames()).containsExactly("path", "word", "score", "top");
        assertThat(json.get("word").asString()).isIn(WORDS);
        assertThat(json.get("top").size()).isEqualTo(1);
    }

    @Test
    void recognizesStandardInput() throws IOException {
        Path clip = corpus.resolve("up").resolve("9e3779b9_nohash_0.wav");
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(Files.readAllBytes(clip)));
        try {
            assertThat(onda("recognize", "--model", model, "-"))
                    .as(err.toString())
                    .isZero();
        } finally {
            System.setIn(before);
        }
        String heard = out.toString();
        assertThat(onda("recognize", "--model", model, clip)).isZero();
        assertThat(out.toString()).isEqualTo(clip + heard.substring(1));
    }

    @Test
    void aBadClipAmongGoodOnesIsNamedAndTheOthersAreHeard() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.wav"), "no sound");
        Path good = corpus.resolve("up").resolve("9e3779b9_nohash_0.wav");
        assertRefused(onda("recognize", "--model", model, bad, good), bad.toString());
        assertThat(out.toString().lines()).singleElement().asString().startsWith(good + "\t");
    }

    @Test
    void describesArchitecturesAndModels() {
        assertThat(onda("describe", "--model", "article")).isZero();
        assertThat(out.toString()).contains("1,970,830", "544 are not trained");
        assertThat(onda("describe")).isZero();
        assertThat(out.toString())
                .as("the model in the box")
                .contains("onda-m, 16,000 Hz", "threshold: none, ", "in streams: ");
        assertThat(onda("describe", "--model", model)).isZero();
        assertThat(out.toString())
                .contains("m5, 8,000 Hz, window of 8,000 samples, 3 words: down, left, up", "\n  epochs = 1\n");
    }

    @Test
    void aNetworkOfOnesOwnIsTrainedFromAFile() throws IOException {
        Path own = Files.writeString(folder.resolve("mine.toml"), """
                sample-rate = 2000

                [[layers]]
                type = "conv1d"
                channels = 4
                kernel = 9
                stride = 4

                [[layers]]
                type = "activation"
                function = "relu"

                [[layers]]
                type = "global-average-pool"

                [[layers]]
                type = "dense"
                units = "words"

                [recipe]
                epochs = 2
                """);
        assertThat(onda("describe", "--model", own, "--words", 3))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("layer1 conv 4x9 stride 4", "(3, 1)");
        Path mine = folder.resolve("mine.safetensors");
        assertThat(onda("train", "--data", corpus, "--model", own, "--out", mine))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("training mine, 3 words", "epochs: 2");
        assertThat(onda("describe", "--model", mine)).isZero();
        assertThat(out.toString()).contains("layer1 conv 4x9 stride 4", "mine, 2,000 Hz");
        Files.writeString(own, Files.readString(own).replace("kernel = 9", "kernels = 9"));
        assertRefused(
                onda("train", "--data", corpus, "--model", own, "--out", folder.resolve("x")),
                own + ": layer 1 (conv1d): unknown key kernels");
        Files.writeString(
                own, Files.readString(own).replace("kernels = 9", "kernel = 9").replace("epochs", "epoch"));
        assertRefused(
                onda("train", "--data", corpus, "--model", own, "--out", folder.resolve("x")),
                "recipe: unknown key epoch; there are augmentations, ");
        Files.writeString(own, """
                [[layers]]
                type = "conv1d"
                channels = 4
                kernel = 9

                [[layers]]
                type = "dense"
                units = "words"
                """);
        assertRefused(
                onda("train", "--data", corpus, "--model", own, "--out", folder.resolve("x")),
                "put a flatten or global-average-pool layer in front of a last dense layer");
        Path settings = Files.writeString(folder.resolve("r.toml"), "batch = 0");
        assertRefused(
                train(corpus, folder.resolve("x"), "--recipe", settings),
                "r.toml: a batch holds 1 to 4,096 clips, not 0");
        Files.write(settings, new byte[] {(byte) 0xff, '\n'});
        assertRefused(
                train(corpus, folder.resolve("x"), "--recipe", settings),
                "r.toml: not UTF-8 text, so not TOML; save it");
    }

    @Test
    void unknownWordsAndSilenceAreClassesOfTheirOwn() throws IOException {
        Path noise = Files.createDirectories(folder.resolve("c/_background_noise_"));
        for (String word : WORDS) {
            addClips(folder.resolve("c"), word, Partition.TRAINING, 6);
            addClips(folder.resolve("c"), word, Partition.VALIDATION, 3);
        }
        assertRefused(train(folder.resolve("c"), folder.resolve("x"), "--silence"), "has no background recordings");
        assertRefused(train(folder.resolve("c"), folder.resolve("x"), "--unknown"), "name the words to be told from");
        float[] hum = new float[20 * RATE_HZ];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < hum.length; i++) {
            hum[i] = (float) random.nextDouble(-0.1, 0.1);
        }
        WavWriter.write(noise.resolve("hum.wav"), new Wave(hum, RATE_HZ));
        Path file = folder.resolve("two.safetensors");
        assertThat(train(folder.resolve("c"), file, "--words", "up,down", "--unknown", "--silence"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("training m5, 4 words, 24 training and 12 validation clips")
                .containsPattern(
                        "a word is believed from a score of [0-9.]+ on: on validation [0-9.]+ % of what is no word ");
        assertThat(onda("describe", "--model", file)).isZero();
        assertThat(out.toString()).contains("4 words: down, up, _unknown_, _silence_", "threshold", "misses = ");
        assertThat(onda("evaluate", "--model", file, "--data", folder.resolve("c"), "--noise-snr", "10", "--json"))
                .as(err.toString())
                .isZero();
        JsonNode json = JsonMapper.shared().readTree(out.toString());
        assertThat(json.get("clips").asInt()).isEqualTo(12);
        assertThat(json.at("/wordsAlone/clips").asInt()).isEqualTo(6);
        assertThat(onda("evaluate", "--model", file, "--data", folder.resolve("c")))
                .isZero();
        assertThat(out.toString())
                .containsPattern("of 12 clips right: [^\n]+\nof the words alone [0-6] of 6: accuracy ");
    }

    @Test
    void newWordsAreTaughtAndOldOnesStay() throws IOException {
        Path fresh = folder.resolve("fresh");
        for (String word : List.of("stop", "go")) {
            addClips(fresh, word, Partition.TRAINING, 5);
            addClips(fresh, word, Partition.VALIDATION, 3);
        }
        Path taught = folder.resolve("taught.safetensors");
        assertThat(onda("teach", "--model", model, "--data", fresh, "--out", taught))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("knows go, stop now, from 10 clips, beside down, left, up")
                .containsPattern("of 6 clips of the new words by other speakers [0-6] (is|are) right: ");
        assertThat(onda("describe", "--model", taught)).isZero();
        assertThat(out.toString()).contains("5 words: down, left, up, go, stop");
        assertRefused(onda("teach", "--model", model, "--data", fresh, "--out", taught), "exists already");
        assertRefused(
                onda("teach", "--model", taught, "--data", fresh, "--out", folder.resolve("x")),
                "the model knows all its words already: go, stop");
        Path own = folder.resolve("own");
        for (int i = 0; i < 12; i++) {
            WavWriter.write(
                    Files.createDirectories(own.resolve("lamp")).resolve("take " + i + ".wav"), tone("left", i));
        }
        assertThat(onda("teach", "--model", model, "--data", own, "--out", folder.resolve("own.safetensors")))
                .as(err.toString())
                .isZero();
        assertThat(err.toString()).as("no word of a split").isEmpty();
        assertThat(out.toString())
                .contains("knows lamp now, from 12 clips", "no clips of other speakers to judge by: ");
        Path one = folder.resolve("one");
        addClips(one, "wow", Partition.TRAINING, 1);
        assertRefused(
                onda("teach", "--model", model, "--data", one, "--out", folder.resolve("x")),
                "1 clip of wow to learn from; at least 2 are needed");
    }

    @Test
    void modelsAreListed() {
        assertThat(onda("models", "--words", "18")).isZero();
        assertThat(out.toString().lines().filter(l -> l.startsWith("m5 ")))
                .singleElement()
                .asString()
                .contains("26,194", "7,674,496", "yes", "Dai 2016");
        assertRefused(onda("models", "--words", "1"), "2 to 10000 words, not 1");
    }

    @Test
    void augmentationsAreWrittenToBeHeard() throws IOException {
        Path clip = corpus.resolve("up").resolve("9e3779b9_nohash_0.wav");
        Path heard = folder.resolve("heard");
        assertThat(onda("augment", clip, "--out", heard, "--background", clip, "--mix", clip))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().lines())
                .hasSize(12)
                .allSatisfy(file -> assertThat(Path.of(file)).isNotEmptyFile());
        assertThat(onda("augment", clip, "--out", folder.resolve("less"))).isZero();
        assertThat(out.toString().lines()).hasSize(9);
    }

    @Test
    void refusesWhatCannotBeTrained() throws IOException {
        Path free = folder.resolve("free.safetensors");
        assertRefused(
                onda("train", "--data", corpus, "--model", "m6", "--out", free),
                "--model m6: no such architecture; there are article-single, ");
        assertRefused(train(folder.resolve("none"), free), "none: no such folder");
        assertRefused(train(corpus, model), "exists already; name another file, or delete it");
        assertRefused(train(corpus, folder), "a folder; name a file");
        assertRefused(train(corpus, folder.resolve("none/m")), "does not exist; make it first");
        assertRefused(train(corpus, free, "--words", "up,side"), "side");
        assertRefused(
                train(corpus, free, "--rate", "999"), "a sample rate of 1,000 to 192,000 Hz is expected, not 999");
        Files.writeString(folder.resolve("old.checkpoint.safetensors"), "");
        assertRefused(train(corpus, folder.resolve("old.safetensors")), "add --resume to go on, or delete it");
        assertRefused(train(corpus, folder.resolve("old.safetensors"), "--resume"), "at least 8 are needed");
        assertThat(free).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--epochs|0|at least 1 epoch is needed, not 0",
                "--batch|0|a batch holds 1 to 4,096 clips, not 0",
                "--learning-rate|-1|a learning rate is above 0 and at most 1, not -1.0",
                "--threads|0|at least 1 thread, not 0",
                "--epochs|many|--epochs"
            })
    void refusesSettingsOutOfRange(String option, String value, String reason) {
        assertRefused(
                onda("train", "--data", corpus, "--model", "m5", "--out", folder.resolve("x"), option, value), reason);
        assertThat(folder).as("nothing is left").isEmptyDirectory();
    }

    @Test
    void refusesToTrainWithoutValidation() throws IOException {
        Path few = folder.resolve("few");
        addClips(few, "up", Partition.TRAINING, 2);
        addClips(few, "down", Partition.TRAINING, 2);
        assertRefused(train(few, folder.resolve("m.safetensors")), "no clip in the validation partition");
    }

    @Test
    void aFinishedTrainingIsNotResumed() {
        assertThat(train(corpus, model, "--resume")).isZero();
        assertThat(out.toString()).isEqualTo(model + ": this training is finished already\n");
    }

    @Test
    void clipsLeftBehindByAnotherTrainingAreNotTakenWithoutItsCheckpoint() throws IOException {
        Path other = folder.resolve("other");
        addClips(other, "down", Partition.TRAINING, 1);
        addClips(other, "left", Partition.TRAINING, 1);
        assertThat(onda("prepare", "--data", other, "--out", folder.resolve("m.clips")))
                .isZero();
        assertThat(train(corpus, folder.resolve("m.safetensors"), "--resume"))
                .as(err.toString())
                .isZero();
        assertThat(folder.resolve("m.safetensors")).hasSameBinaryContentAs(model);
        assertThat(err.toString())
                .contains("m.checkpoint.safetensors: no checkpoint here, so this training starts anew");
    }

    @Test
    void refusesWhatCannotBeUsed() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.safetensors"), "no model at all");
        Path clip = corpus.resolve("up").resolve("9e3779b9_nohash_0.wav");
        assertRefused(onda("recognize", "--model", bad, clip), "bad.safetensors: not a .safetensors file");
        assertRefused(onda("recognize", "--model", folder.resolve("none"), clip), "no such file or folder");
        assertRefused(
                onda("recognize", "--model", model, "--top", "0", clip), "--top: at least 1 word is shown, not 0");
        assertRefused(onda("recognize", "--model", model, folder), "no sound file in this folder");
        assertRefused(onda("recognize", "--model", model, folder.resolve("none.wav")), "none.wav");
        assertRefused(onda("evaluate", "--model", bad, "--data", corpus), "not a .safetensors file");
        assertRefused(
                onda("evaluate", "--model", model, "--data", corpus, "--partition", "testing"),
                "no clip of the model's words in the partition testing");
        assertRefused(onda("evaluate", "--model", model, "--data", folder.resolve("none")), "no such folder");
        assertRefused(onda("describe", "--model", bad), "not a .safetensors file");
        assertRefused(onda("describe", "--model", "m5", "--words", "1"), "--words: 2 to 10000 words, not 1");
    }

    @Test
    void refusesToPrepareIntoTheCorpus() {
        String data = corpus.toString();
        assertRefused(onda("prepare", "--data", data, "--out", data), "in the corpus itself; name a folder outside");
    }

    @Test
    void refusesASecondTrainingIntoOneModel() throws IOException {
        Path busy = shared.resolve("busy.safetensors");
        try (RunLock _ = RunLock.of(busy)) {
            assertRefused(train(corpus, busy), "another training writes this model just now");
        }
        assertThat(shared.resolve(".busy.safetensors.lock")).doesNotExist();
    }

    @Test
    void refusesMoreThreadsThanAnyMachineHas() {
        int status = onda("evaluate", "--model", model, "--data", corpus, "--threads", "100000");
        assertRefused(status, "at most 256 threads, not 100000");
    }

    @Test
    void saysThatResultsWereLost() {
        PrintWriter broken = new PrintWriter(new Writer() {
            @Override
            public void write(char[] text, int from, int count) throws IOException {
                throw new IOException("no space left");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        int status = new Main(broken, new PrintWriter(err)).execute("describe", "--model", "m5");
        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).contains("the results could not be written to standard output");
    }
}
