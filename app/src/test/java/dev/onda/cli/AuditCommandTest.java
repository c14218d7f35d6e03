package dev.onda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onda.audio.WavWriter;
import dev.onda.audio.Wave;
import dev.onda.corpus.Partition;
import dev.onda.model.ModelFile;
import dev.onda.model.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code onda audit}, and what {@code --exclude} does with its findings. */
class AuditCommandTest extends TypedCommands {

    private static final int RATE_HZ = 8_000;
    private static final List<String> WORDS = List.of("left", "up");

    @TempDir
    private Path folder;

    private Path corpus = Path.of("");
    private String silent = "";
    private String copy = "";

    /** Six clips of each word to learn from and three to judge by; then a silent one, a copy, a short one and a broken one. */
    @BeforeEach
    void corpus() throws IOException {
        corpus = folder.resolve("corpus");
        for (String word : WORDS) {
            for (Partition partition : List.of(Partition.TRAINING, Partition.VALIDATION)) {
                for (int i = 0; i < (partition == Partition.TRAINING ? 6 : 3); i++) {
                    write(
                            word + "/" + speaker(partition, i) + "_nohash_0.wav",
                            tone(word, (partition + "/" + i).hashCode(), RATE_HZ));
                }
            }
        }
        silent = "up/" + speaker(Partition.TRAINING, 0) + "_nohash_1.wav";
        copy = "left/" + speaker(Partition.TRAINING, 0) + "_nohash_1.wav";
        write(silent, new Wave(new float[RATE_HZ], RATE_HZ));
        Files.copy(corpus.resolve("left/" + speaker(Partition.TRAINING, 0) + "_nohash_0.wav"), corpus.resolve(copy));
        write("up/" + speaker(Partition.TRAINING, 1) + "_nohash_1.wav", tone("up", 99, RATE_HZ / 2));
        Files.writeString(corpus.resolve("up/" + speaker(Partition.TRAINING, 2) + "_nohash_1.wav"), "no sound");
    }

    private void write(String path, Wave wave) throws IOException {
        Path file = corpus.resolve(path);
        Files.createDirectories(file.getParent());
        WavWriter.write(file, wave);
    }

    private static String speaker(Partition partition, int n) {
        int found = -1;
        for (int candidate = 1; ; candidate++) {
            String name = String.format("%08x", candidate * 0x9e3779b9);
            if (Partition.ofFileName(name + "_nohash_0.wav") == partition && ++found == n) {
                return name;
            }
        }
    }

    private static Wave tone(String word, long seed, int samples) {
        SplittableRandom random = new SplittableRandom(seed);
        double hertz = 300 * (1 + WORDS.indexOf(word));
        float[] x = new float[samples];
        for (int i = 0; i < samples; i++) {
            double loud = i > samples / 4 && i < samples * 3 / 4 ? 0.3 : 0;
            x[i] = (float) (loud * Math.sin(2 * Math.PI * hertz * i / RATE_HZ) + 0.001 * random.nextGaussian());
        }
        return new Wave(x, RATE_HZ);
    }

    @Test
    void tellsPeopleALineAKind() {
        assertThat(onda("audit", "--data", corpus)).as(err.toString()).isZero();
        assertThat(out.toString())
                .startsWith(corpus + ": 22 clips of 2 words; speakers that file names tell: 9\n")
                .containsPattern("\nunreadable +1 +4\\.5 % +up/\\w+\\.wav: [^\n]+ skipped; mend or delete it\n")
                .containsPattern(
                        "\nempty-partition +1 +- +0 clips: testing +nothing; no training without training and validation, ")
                .containsPattern("\nfew-clips +4 +- +3 clips: left, validation +nothing; record more, ")
                .containsPattern("\nnear-silent +1 +4\\.5 % +-120\\.0 dBFS: " + silent + " +kept; listen, ")
                .containsPattern("\nrepeated +1 +4\\.5 % +2 files: " + copy + " +")
                .containsPattern("\nshort +1 +4\\.5 % +0\\.500 s: ")
                .containsPattern(
                        "a random split .* would leak: of its [67] clips to judge by, [0-9.]+ % have a speaker ");
        assertThat(out.toString())
                .endsWith("a list of what is better left out, with no good clip in it: ./onda audit --data " + corpus
                        + " --kinds unreadable --csv drop.csv\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aListOfAllKindsIsToldFromOneOfClipsToLeaveOut() throws IOException {
        Path all = folder.resolve("all.csv");
        Files.delete(corpus.resolve("up/" + speaker(Partition.TRAINING, 2) + "_nohash_1.wav"));
        assertThat(onda("audit", "--data", corpus, "--csv", all)).isZero();
        assertThat(out.toString())
                .endsWith("\n" + all + ": 8 findings; onda train --exclude leaves out every clip in it\n"
                        + "no clip has to be left out before somebody has listened to it\n");
    }

    @Test
    void tellsProgramsAll() {
        assertThat(onda("audit", "--data", corpus, "--json")).isZero();
        assertThat(out.toString().lines()).hasSize(1);
        JsonNode json = JsonMapper.shared().readTree(out.toString());
        assertThat(json.propertyNames())
                .containsExactly(
                        "data",
                        "clips",
                        "words",
                        "speakers",
                        "clipsWithoutSpeaker",
                        "randomSplit",
                        "summary",
                        "findings");
        assertThat(json.get("summary").size()).isEqualTo(6);
        assertThat(json.at("/summary/3/kind").asString()).isEqualTo("near-silent");
        assertThat(json.at("/summary/3/found").asInt()).isEqualTo(1);
        assertThat(json.at("/summary/3/worst/figure").asDouble()).isEqualTo(-120);
        assertThat(json.get("findings").size()).isEqualTo(9);
        assertThat(json.get("findings").get(0).propertyNames())
                .containsExactly("kind", "path", "word", "partition", "figure", "unit", "detail");
    }

    @Test
    void clipsThatItWroteDownAreLeftOutOfTraining() throws IOException {
        Path drop = folder.resolve("drop.csv");
        assertThat(onda("audit", "--data", corpus, "--kinds", "near-silent,repeated", "--csv", drop))
                .isZero();
        assertThat(out.toString()).contains(drop + ": 2 findings; onda train --exclude leaves out every clip in it");
        assertThat(Files.readAllLines(drop))
                .containsExactly(
                        "kind,path,word,partition,figure,unit,detail",
                        "near-silent," + silent + ",up,training,-120.0,dBFS,its loudest 20 ms are softer than -40 dBFS",
                        "repeated," + copy + ",left,training,2,files,the same bytes as "
                                + copy.replace("_1.wav", "_0.wav") + " (training)");
        assertThat(train("all")).as(err.toString()).isZero();
        assertThat(train("rest", "--exclude", drop)).as(err.toString()).isZero();
        assertThat(err.toString()).contains("onda: 2 clips left out, as " + drop + " says\n");
        assertThat(out.toString()).contains("2 words, 13 training and 6 validation clips");
        assertThat(dataSha256("rest")).isNotEqualTo(dataSha256("all"));
        assertThat(figures("all")).doesNotContainKeys(Provenance.EXCLUDED_CLIPS, Provenance.EXCLUDED_BY);
        assertThat(figures("rest"))
                .containsEntry(Provenance.EXCLUDED_CLIPS, "2")
                .containsEntry(Provenance.EXCLUDED_BY, "drop.csv");

        Path store = folder.resolve("store");
        Files.writeString(drop, silent + "\nup/none.wav\n" + copy + "\n");
        assertThat(onda("prepare", "--data", corpus, "--out", store, "--exclude", drop))
                .isZero();
        assertThat(out.toString()).isEqualTo(store + ": 19 clips of 2 words at 8,000 Hz\n");
        assertThat(err.toString()).contains("onda: warning: 1 of the 3 paths in " + drop + " are not in " + corpus);
    }

    private int train(String name, Object... more) {
        Object[] fixed = {
            "train", "--data", corpus, "--model", "m5", "--out", folder.resolve(name), "--epochs", 1, "--threads", 2
        };
        Object[] args = new Object[fixed.length + more.length];
        System.arraycopy(fixed, 0, args, 0, fixed.length);
        System.arraycopy(more, 0, args, fixed.length, more.length);
        return onda(args);
    }

    private String dataSha256(String name) throws IOException {
        return ModelFile.read(folder.resolve(name)).provenance().dataSha256();
    }

    private Map<String, String> figures(String name) throws IOException {
        return ModelFile.read(folder.resolve(name)).provenance().figures();
    }

    @Test
    void clipsOfAListDoNotJudge() throws IOException {
        Path list = Files.writeString(
                folder.resolve("drop.txt"),
                silent + "\nleft/" + speaker(Partition.VALIDATION, 0) + "_nohash_0.wav\nup/"
                        + speaker(Partition.VALIDATION, 1) + "_nohash_0.wav\n");
        Path store = folder.resolve("store");
        assertThat(onda("prepare", "--data", corpus, "--out", store, "--exclude", list))
                .isZero();
        assertThat(onda("train", "--data", store, "--model", "m5", "--out", folder.resolve("m"), "--epochs", 1))
                .as(err.toString())
                .isZero();
        assertThat(figures("m")).containsEntry(Provenance.EXCLUDED_CLIPS, "3");
        Object[] judge = {"evaluate", "--model", folder.resolve("m"), "--exclude", list, "--data"};
        assertThat(onda(with(judge, corpus))).as(err.toString()).isZero();
        assertThat(out.toString())
                .containsPattern(
                        "^validation: [0-4] of 4 clips right: [^\n]+\n2 more are left out, as drop.txt says\n");
        assertThat(err.toString()).contains("onda: 3 clips left out, as " + list + " says\n");
        assertThat(onda(with(judge, corpus, "--json"))).isZero();
        assertThat(JsonMapper.shared().readTree(out.toString()).get("excluded").asInt())
                .isEqualTo(2);
        assertRefused(onda(with(judge, store)), store + " is a prepared store; prepare it anew without these clips");
        Path page = folder.resolve("page");
        assertThat(onda("report", "--model", folder.resolve("m"), "--data", store, "--out", page))
                .as(err.toString())
                .isZero();
        assertThat(Files.readString(page.resolve("index.html")))
                .contains(
                        "<p>2 more are left out, as drop.txt says.</p>",
                        "<p>It was trained without 3 clips of its corpus, as drop.txt said.</p>");
        Files.writeString(list, silent);
        assertThat(onda(with(judge, corpus))).isZero();
        assertThat(out.toString()).doesNotContain("left out");
        assertThat(err.toString()).contains("onda: 1 clip left out, as " + list + " says\n");
        assertThat(onda("explore", "--data", corpus, "--exclude", list, "--out", page))
                .as(err.toString())
                .isZero();
        assertThat(Files.readString(page.resolve("index.html")))
                .contains("<p>20 clips of 2 words by 9 speakers,", "<p>1 more is left out, as drop.txt says.</p>");
    }

    private static Object[] with(Object[] args, Object... more) {
        return Stream.concat(Stream.of(args), Stream.of(more)).toArray();
    }

    @Test
    void refusesAListThatNamesNoClip() throws IOException {
        Path list = folder.resolve("list.csv");
        assertRefused(train("x", "--exclude", list), "no such file or folder: " + list);
        Files.writeString(list, "kind,word\nshort,up\n");
        assertRefused(
                train("x", "--exclude", list),
                "--exclude " + list
                        + ": names no clip; expected a table (CSV) with a column path, or a clip's path a line");
        assertRefused(train("x", "--exclude", folder), "--exclude " + folder + ": a folder; expected a table");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void refusesToLeaveClipsOutOfAStore() throws IOException {
        Path store = folder.resolve("store");
        assertThat(onda("prepare", "--data", corpus, "--out", store)).isZero();
        Path list = Files.writeString(folder.resolve("list.txt"), silent);
        assertRefused(
                onda("train", "--data", store, "--model", "m5", "--out", folder.resolve("x"), "--exclude", list),
                store + " is a prepared store; prepare it anew without these clips: ./onda prepare --exclude " + list);
        assertRefused(onda("audit", "--data", store), store + ": a prepared store");
    }

    @Test
    void aStoppedTrainingDoesNotGoOnWithClipsThatAreToBeLeftOut() throws IOException {
        assertThat(onda("prepare", "--data", corpus, "--out", folder.resolve("m.clips")))
                .isZero();
        Files.writeString(folder.resolve("m.checkpoint.safetensors"), "");
        Path list = Files.writeString(folder.resolve("list.txt"), silent);
        assertRefused(
                train("m.safetensors", "--resume", "--exclude", list),
                "--exclude " + list + ": the stopped training has 1 of its clips; go on without this option");
    }

    @Test
    void refusesWhatCannotBeAudited() {
        assertRefused(onda("audit", "--data", folder.resolve("none")), "none: no such folder");
        assertRefused(
                onda("audit", "--data", corpus, "--kinds", "loud"), "--kinds loud: no such kind; there are unread");
        assertRefused(onda("audit", "--data", corpus, "--csv", folder), "a folder; name a file, such as");
        assertRefused(
                onda("audit", "--data", corpus, "--csv", folder.resolve("none/x.csv")),
                "does not exist; make it first");
        assertRefused(onda("audit", "--data", corpus, "--threads", 0), "at least 1 thread, not 0");
    }
}
