package dev.onda.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.onda.audio.Wave;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One clip a defect among good ones: long, as there are many defects. */
final class AuditTest {
    /** A speaker of the training partition who has no clip in the clean corpus. */
    private static final String NEW = SpokenClips.speaker(Partition.TRAINING, 30);

    private static final String PATH = "yes/" + NEW + "_nohash_0.wav";

    @TempDir
    Path root;

    @BeforeEach
    void nothingWrong() throws IOException {
        SpokenClips.cleanCorpus(root);
    }

    private Audit audit() throws IOException {
        return Audit.of(TestClips.scan(root), 2, _ -> {});
    }

    private Finding onlyFinding() throws IOException {
        List<Finding> findings = audit().findings();
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }

    private void assertFound(Wave wave, FindingKind kind, double figure, String detail) throws IOException {
        SpokenClips.write(root, PATH, wave);
        Finding finding = onlyFinding();
        assertThat(finding).isEqualTo(new Finding(kind, PATH, "yes", Partition.TRAINING, finding.figure(), detail));
        assertThat(finding.figure()).isCloseTo(figure, within(1e-3));
    }

    @Test
    void findsNothingInACleanCorpus() throws IOException {
        Audit audit = audit();
        assertThat(audit.findings()).isEmpty();
        assertThat(audit.clips()).isEqualTo(80);
        assertThat(audit.words()).containsExactly("no", "yes");
        assertThat(audit.speakers()).isEqualTo(40);
        assertThat(audit.clipsWithoutSpeaker()).isZero();
    }

    @Test
    void findsLengthsOtherThanASecond() throws IOException {
        assertFound(SpokenClips.word(1, 4001), FindingKind.SHORT, 4001 / 8000.0, "shorter than a second");
        assertFound(SpokenClips.word(1, 8001), FindingKind.LONG, 8001 / 8000.0, "longer than a second");
        assertFound(
                SpokenClips.word(1, 16_001),
                FindingKind.TOO_LONG,
                16_001 / 8000.0,
                "2.001 s long, at most 2.0 s; cut it first");
        assertFound(
                SpokenClips.word(1, 399), FindingKind.TOO_SHORT, 399 / 8000.0, "too short: 0.049 s, at least 0.05 s");
    }

    @Test
    void measuresTheShortestClipThatCanBeUsed() throws IOException {
        SpokenClips.write(root, PATH, SpokenClips.word(1, 400));
        assertThat(audit().findings()).extracting(Finding::kind).containsExactly(FindingKind.SHORT);
    }

    @Test
    void findsWhatCannotBeRead() throws IOException {
        TestClips.write(root.resolve(PATH), "no sound".getBytes(StandardCharsets.UTF_8));
        assertThat(onlyFinding().kind()).isEqualTo(FindingKind.UNREADABLE);
        byte[] cut = Arrays.copyOf(TestClips.wav(SpokenClips.word(1)), 1000);
        TestClips.write(root.resolve(PATH), cut);
        assertThat(onlyFinding())
                .isEqualTo(new Finding(
                        FindingKind.UNREADABLE,
                        PATH,
                        "yes",
                        Partition.TRAINING,
                        44,
                        "data chunk claims 16000 bytes, the file has 956"));
        TestClips.write(root.resolve(PATH), new byte[0]);
        assertThat(onlyFinding().detail()).isEqualTo("empty file");
    }

    @Test
    void findsAWordThatIsCutOff() throws IOException {
        Wave word = SpokenClips.word(1, 12_000);
        SpokenClips.write(root, PATH, SpokenClips.part(word, 4000, 12_000));
        Finding start = onlyFinding();
        assertThat(start.kind()).isEqualTo(FindingKind.CUT_AT_START);
        assertThat(start.figure()).isBetween(-1.0, 0.0);
        assertThat(start.detail())
                .matches("its first 20 ms are only 0\\.\\d dB softer than its loudest part, and 4\\d\\.\\d dB above its"
                        + " background");
        SpokenClips.write(root, PATH, SpokenClips.part(word, 0, 8000));
        assertThat(onlyFinding().kind()).isEqualTo(FindingKind.CUT_AT_END);
        assertThat(onlyFinding().detail()).startsWith("its last 20 ms are only ");
    }

    @Test
    void takesSteadyNoiseForNoCutWord() throws IOException {
        SpokenClips.write(root, PATH, TestClips.noise(8000, 8000, 1));
        assertThat(audit().findings())
                .extracting(Finding::kind)
                .as("some of its samples are at full scale by chance")
                .isSubsetOf(FindingKind.CLIPPED);
    }

    @Test
    void findsSilence() throws IOException {
        assertFound(
                new Wave(new float[8000], 8000),
                FindingKind.NEAR_SILENT,
                -120,
                "its loudest 20 ms are softer than -40 dBFS");
        float[] soft = new float[8000];
        for (int i = 0; i < soft.length; i++) {
            soft[i] = i % 2 == 0 ? 64 / 32768f : -64 / 32768f;
        }
        soft[4000] = 0.04f; // a click makes no speech
        SpokenClips.write(root, PATH, new Wave(soft, 8000));
        assertThat(onlyFinding().kind()).isEqualTo(FindingKind.NEAR_SILENT);
        assertThat(onlyFinding().figure()).isBetween(-54.0, -45.0);
    }

    @Test
    void findsSamplesAtFullScale() throws IOException {
        Wave word = SpokenClips.word(1);
        word.samples()[4000] = 1;
        assertFound(word, FindingKind.CLIPPED, 1, "1 sample at full scale, perhaps as it was normalised");
        word.samples()[4100] = -1;
        assertFound(word, FindingKind.CLIPPED, 2, "2 samples at full scale");
    }

    @Test
    void findsADcOffset() throws IOException {
        Wave word = SpokenClips.word(1);
        float[] x = word.samples();
        for (int i = 0; i < x.length; i++) {
            x[i] -= 0.05f;
        }
        SpokenClips.write(root, PATH, word);
        Finding found = onlyFinding();
        assertThat(found.kind()).isEqualTo(FindingKind.DC_OFFSET);
        assertThat(found.figure()).isBetween(4.9, 5.1);
        assertThat(found.detail()).matches("its mean is -[45]\\.\\d\\d % of full scale, not 0");
    }

    @Test
    void findsSampleRatesThatDiffer() throws IOException {
        Wave slow = SpokenClips.word(1, 11_025);
        SpokenClips.write(root, PATH, new Wave(slow.samples(), 11_025));
        assertThat(onlyFinding())
                .isEqualTo(new Finding(
                        FindingKind.OTHER_RATE,
                        PATH,
                        "yes",
                        Partition.TRAINING,
                        11_025,
                        "11025 Hz, most clips have 8000 Hz"));
    }

    private static Finding repeat(FindingKind kind, String path, Partition partition, int files, String other) {
        String word = path.substring(0, path.indexOf('/'));
        return new Finding(kind, path, word, partition, files, "the same bytes as " + other);
    }

    @Test
    void saysOfWhichClipAClipIsACopy() throws IOException {
        String training = "yes/" + SpokenClips.speaker(Partition.TRAINING, 0) + "_nohash_0.wav";
        Files.copy(root.resolve(training), root.resolve(PATH));
        String kept = training.compareTo(PATH) < 0 ? training : PATH;
        String found = kept.equals(training) ? PATH : training;
        assertThat(onlyFinding())
                .isEqualTo(repeat(FindingKind.REPEATED, found, Partition.TRAINING, 2, kept + " (training)"));

        String testing = "yes/" + SpokenClips.speaker(Partition.TESTING, 0) + "_nohash_1.wav";
        Files.copy(root.resolve(training), root.resolve(testing));
        assertThat(audit().findings())
                .as("the clip to judge by stays")
                .containsExactlyInAnyOrder(
                        repeat(
                                FindingKind.REPEATED_ACROSS_PARTITIONS,
                                training,
                                Partition.TRAINING,
                                3,
                                testing + " (testing)"),
                        repeat(
                                FindingKind.REPEATED_ACROSS_PARTITIONS,
                                PATH,
                                Partition.TRAINING,
                                3,
                                testing + " (testing)"));
    }

    @Test
    void findsAllCopiesWhereTheWordsDiffer() throws IOException {
        String no = "no/" + NEW + "_nohash_0.wav";
        SpokenClips.write(root, no, SpokenClips.word(7));
        SpokenClips.write(root, PATH, SpokenClips.word(7));
        assertThat(audit().findings())
                .containsExactly(
                        repeat(FindingKind.REPEATED_ACROSS_WORDS, no, Partition.TRAINING, 2, PATH + " (training)"),
                        repeat(FindingKind.REPEATED_ACROSS_WORDS, PATH, Partition.TRAINING, 2, no + " (training)"));
    }

    @Test
    void findsOneVoiceUnderTwoNames() throws IOException {
        assertThat(Partition.ofFileName("ben_nohash_0.wav")).isEqualTo(Partition.TESTING);
        String other =
                List.of("Ben", "BEN", "b-en", "ben ", "be n", "b_en", "ben.", "B-en", "-ben", "be-n", "bEn").stream()
                        .filter(name -> Partition.ofFileName(name + "_nohash_0.wav") != Partition.TESTING)
                        .findFirst()
                        .orElseThrow();
        Partition partition = Partition.ofFileName(other + "_nohash_0.wav");
        SpokenClips.write(root, "yes/ben_nohash_0.wav", SpokenClips.word(1));
        SpokenClips.write(root, "yes/ben_nohash_1.wav", SpokenClips.word(2));
        SpokenClips.write(root, "yes/" + other + "_nohash_0.wav", SpokenClips.word(3));
        assertThat(onlyFinding())
                .isEqualTo(new Finding(
                        FindingKind.SPEAKER_ACROSS_PARTITIONS,
                        "yes/" + other + "_nohash_0.wav",
                        "yes",
                        partition,
                        2,
                        "speaker '" + other + "' may be 'ben', who is in testing"));
    }

    @Test
    void findsWhatTheListsOfTheDataSetPutElsewhere() throws IOException {
        List<String> validation = new ArrayList<>();
        List<String> testing = new ArrayList<>();
        for (Clip clip : TestClips.scan(root).clips()) {
            String path = StoreWriter.slashes(root.relativize(clip.path()));
            switch (clip.partition()) {
                case TRAINING -> {}
                case VALIDATION -> validation.add(path);
                case TESTING -> testing.add(path);
            }
        }
        Files.write(root.resolve("validation_list.txt"), validation);
        String moved = testing.removeLast();
        Files.write(root.resolve("testing_list.txt"), testing);
        assertThat(onlyFinding())
                .isEqualTo(new Finding(
                        FindingKind.LISTED_ELSEWHERE,
                        moved,
                        "yes",
                        Partition.TESTING,
                        1,
                        "neither list has it, so it is for training; Onda has it in testing"));
        validation.add(moved);
        Files.write(root.resolve("validation_list.txt"), validation);
        assertThat(onlyFinding().detail()).isEqualTo("validation_list.txt has it; Onda has it in testing");
        Files.delete(root.resolve("testing_list.txt"));
        assertThat(audit().findings())
                .as("one list tells nothing of the other's clips")
                .isEmpty();
        Files.createDirectory(root.resolve("testing_list.txt"));
        assertThat(onlyFinding().detail()).isEqualTo("this list of clips cannot be read");
    }

    @Test
    void findsWordsWithTooFewClips() throws IOException {
        Files.delete(root.resolve("no/" + SpokenClips.speaker(Partition.TRAINING, 3) + "_nohash_0.wav"));
        Files.write(root.resolve("yes/" + SpokenClips.speaker(Partition.TESTING, 3) + "_nohash_0.wav"), new byte[0]);
        assertThat(audit().of(FindingKind.FEW_CLIPS))
                .containsExactly(
                        new Finding(
                                FindingKind.FEW_CLIPS,
                                "",
                                "no",
                                Partition.TRAINING,
                                19,
                                "19 clips of 'no' to learn from, at least 20 are better"),
                        new Finding(
                                FindingKind.FEW_CLIPS,
                                "",
                                "yes",
                                Partition.TESTING,
                                9,
                                "9 clips of 'yes' for the final judgement, at least 10 are better"));
        for (String word : List.of("no", "yes")) {
            for (int i = 0; i < 10; i++) {
                Files.delete(root.resolve(word + "/" + SpokenClips.speaker(Partition.TESTING, i) + "_nohash_0.wav"));
            }
        }
        assertThat(audit().of(FindingKind.EMPTY_PARTITION))
                .as("once, not word by word")
                .containsExactly(new Finding(
                        FindingKind.EMPTY_PARTITION, "", "", Partition.TESTING, 0, "no clips for the final judgement"));
        assertThat(audit().of(FindingKind.FEW_CLIPS)).hasSize(1);
    }

    @Test
    void findsTheSameInTheSameOrderWithAnyNumberOfThreads() throws IOException {
        for (int i = 0; i < 200; i++) {
            String path = (i % 2 == 0 ? "no/" : "yes/") + "copy" + i + "_nohash_0.wav";
            SpokenClips.write(root, path, SpokenClips.word(i % 50, 7000 + 10 * (i % 5)));
            TestClips.write(root.resolve("no/bad" + i + ".wav"), new byte[i % 3]);
        }
        Corpus corpus = TestClips.scan(root);
        List<Integer> heard = new ArrayList<>();
        Audit one = Audit.of(corpus, 1, heard::add);
        assertThat(one.findings())
                .hasSizeGreaterThan(500)
                .extracting(Finding::kind)
                .contains(FindingKind.UNREADABLE, FindingKind.REPEATED_ACROSS_PARTITIONS, FindingKind.REPEATED);
        assertThat(Audit.of(corpus, 3, _ -> {})).isEqualTo(one);
        assertThat(heard).isSorted().doesNotHaveDuplicates().endsWith(480);
    }

    @Test
    void saysWhatARandomSplitWouldGiveAway() throws IOException {
        // 40 speakers say both words once each.
        RandomSplitLeak leak = audit().randomSplit();
        assertThat(leak.judged()).isEqualTo(24);
        assertThat(leak.share()).isBetween(0.5, 0.9);
        for (Clip clip : TestClips.scan(root).clips()) {
            for (int i = 1; i < 5; i++) {
                Files.copy(clip.path(), clip.path().resolveSibling(clip.speaker() + "_nohash_" + i + ".wav"));
            }
        }
        assertThat(audit().randomSplit()).isEqualTo(new RandomSplitLeak(120, 120));
        Path own = root.resolve("own");
        for (int i = 0; i < 20; i++) {
            SpokenClips.write(own, "a/" + i + ".wav", SpokenClips.word(i));
            SpokenClips.write(own, "b/" + i + ".wav", SpokenClips.word(-1 - i));
        }
        Audit unnamed = Audit.of(TestClips.scan(own), 1, _ -> {});
        assertThat(unnamed.randomSplit()).isEqualTo(new RandomSplitLeak(0, 0));
        assertThat(unnamed.clipsWithoutSpeaker()).isEqualTo(40);
    }

    @Test
    void writesATableThatOthersCanRead() throws IOException {
        TestClips.write(root.resolve("yes/a,b_nohash_0.wav"), new byte[0]);
        Path file = root.resolve("findings.csv");
        FindingsFile.write(file, audit().findings());
        String partition = StoreTable.name(Partition.ofFileName("a,b_nohash_0.wav"));
        assertThat(file).hasContent("""
                        kind,path,word,partition,figure,unit,detail
                        unreadable,"yes/a,b_nohash_0.wav",yes,%s,0,byte,empty file
                        """.formatted(partition));
    }
}
