package dev.onda.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.onda.audio.Wave;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PreparationTest {
    private static final PrepareOptions TWO_THREADS = new PrepareOptions(2, false);

    @TempDir
    Path temporary;

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(".lock"))
                    .sorted()
                    .toList();
        }
    }

    private static ClipStore open(Path folder) {
        try {
            return ClipStore.open(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void givesTheSameBytesForAnyNumberOfThreads() throws IOException {
        Path root = TestClips.corpus(temporary.resolve("words"), 150, "yes", "no", "cat");
        for (int i = 0; i < 150; i += 7) {
            TestClips.write(root.resolve("no/bad" + i + ".wav"), new byte[i]);
        }
        Path one = temporary.resolve("1");
        Preparation.Report report = TestClips.prepare(root, one, 1);
        assertThat(report.stored()).isEqualTo(450);
        assertThat(report.skipped()).hasSize(22);
        assertThat(names(one)).containsExactly("clips.csv", "clips.npy", "skipped.csv");
        for (int threads : new int[] {2, 5}) {
            Path more = temporary.resolve("" + threads);
            assertThat(TestClips.prepare(root, more, threads)).isEqualTo(report);
            for (String name : names(one)) {
                assertThat(more.resolve(name)).hasSameBinaryContentAs(one.resolve(name));
            }
        }
    }

    @Test
    void writesATableThatOthersCanRead() throws IOException {
        Path root = temporary.resolve("words");
        TestClips.write(root.resolve("no/take 1.wav"), TestClips.wav(TestClips.noise(4000, 8000, 1)));
        TestClips.write(root.resolve("yes/105e72bb_nohash_0.wav"), TestClips.wav(TestClips.noise(9000, 8000, 1)));
        Path folder = temporary.resolve("store");
        TestClips.prepare(root, folder, 1);
        assertThat(Files.readString(folder.resolve("clips.csv"))).isEqualTo("""
                        index,path,word,speaker,partition,sample_rate_hz,original_samples,original_rate_hz
                        0,no/take 1.wav,no,,training,8000,4000,8000
                        1,yes/105e72bb_nohash_0.wav,yes,105e72bb,validation,8000,9000,8000
                        """);
        assertThat(names(folder)).containsExactly("clips.csv", "clips.npy");
    }

    @Test
    void keepsStrangeNames() throws IOException {
        assumeTrue(TestClips.namesAreUnicode(), "file names are not UTF-8 in this locale");
        Path root = temporary.resolve("words");
        List<String> words = List.of("a,b", "say \"hi\"", "señor 語🎵", "two\nlines");
        for (String word : words) {
            TestClips.clip(root.resolve(word).resolve("x,\"y\"\n.wav"));
            TestClips.write(root.resolve(word).resolve("bad,\"y\"\n語.wav"), new byte[0]);
        }
        Path folder = temporary.resolve("store");
        Preparation.Report report = TestClips.prepare(root, folder, 2);
        try (ClipStore store = ClipStore.open(folder)) {
            assertThat(store.words()).isEqualTo(words);
            assertThat(store.clip(1).path()).isEqualTo("say \"hi\"/x,\"y\"\n.wav");
            assertThat(store.skipped()).isEqualTo(report.skipped()).hasSize(4);
        }
    }

    @Test
    void resamplesToTheStoresRate() throws IOException {
        Path root = TestClips.corpus(temporary.resolve("words"), 2, "yes");
        float[] constant = new float[16_000];
        Arrays.fill(constant, 0.25f);
        TestClips.write(root.resolve("no/a.wav"), TestClips.wav(new Wave(constant, 16_000)));
        Path folder = temporary.resolve("store");
        TestClips.prepare(root, folder, 1);
        float[] samples = new float[8000];
        try (ClipStore store = ClipStore.open(folder)) {
            store.read(0, samples, 0);
        }
        assertThat(samples[4000]).isBetween(0.249f, 0.251f);
    }

    @Test
    void tellsHowFarItIsOneAtATime() throws IOException {
        Corpus corpus = TestClips.scan(TestClips.corpus(temporary.resolve("words"), 150, "yes", "no"));
        List<Integer> heard = new ArrayList<>();
        Preparation.prepare(corpus, TestClips.FORMAT, temporary.resolve("store"), TWO_THREADS, (done, total) -> {
            assertThat(total).isEqualTo(300);
            heard.add(done);
        });
        assertThat(heard)
                .hasSizeGreaterThan(3)
                .isSorted()
                .doesNotHaveDuplicates()
                .endsWith(300);
    }

    @Test
    void keepsTheOldStoreUntilTheNewOneIsWhole() throws IOException {
        Path folder = temporary.resolve("store");
        TestClips.prepare(TestClips.corpus(temporary.resolve("old"), 2, "yes", "no"), folder, 1);
        Corpus corpus = TestClips.scan(TestClips.corpus(temporary.resolve("new"), 3, "yes", "no", "cat"));
        Preparation.prepare(corpus, TestClips.FORMAT, folder, TWO_THREADS, (_, _) -> {
            try (ClipStore old = open(folder)) {
                assertThat(old.size()).isEqualTo(4);
            }
        });
        try (ClipStore store = ClipStore.open(folder)) {
            assertThat(store.size()).isEqualTo(9);
        }
    }

    @Test
    void dropsTheListOfSkippedClipsWhenNoneIsSkipped() throws IOException {
        Path root = TestClips.corpus(temporary.resolve("words"), 2, "yes", "no");
        Path bad = TestClips.write(root.resolve("no/bad.wav"), new byte[0]);
        Path folder = temporary.resolve("store");
        TestClips.prepare(root, folder, 1);
        assertThat(names(folder)).contains("skipped.csv");
        Files.delete(bad);
        TestClips.prepare(root, folder, 1);
        assertThat(names(folder)).containsExactly("clips.csv", "clips.npy");
    }

    @Test
    void hasOnlyUnfinishedNamesBeforeItIsDoneAndNoneAfterItFailed() throws IOException {
        Corpus corpus = TestClips.scan(TestClips.corpus(temporary.resolve("words"), 150, "yes", "no"));
        Path folder = temporary.resolve("store");
        assertThatThrownBy(() -> Preparation.prepare(corpus, TestClips.FORMAT, folder, TWO_THREADS, (_, _) -> {
                    try {
                        assertThat(names(folder)).containsExactly("clips.csv.tmp", "clips.npy.tmp");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    throw new IllegalStateException("the listener fails");
                }))
                .hasMessage("the listener fails");
        assertThat(names(folder)).isEmpty();
    }

    @Test
    void writesOverWhatAKilledRunLeft() throws IOException {
        Path root = TestClips.corpus(temporary.resolve("words"), 2, "yes", "no");
        Path folder = temporary.resolve("store");
        TestClips.write(folder.resolve("clips.npy.tmp"), new byte[1_000_000]);
        TestClips.write(folder.resolve("clips.csv.tmp"), new byte[1_000_000]);
        TestClips.prepare(root, folder, 1);
        ClipStore.open(folder).close();
        assertThat(names(folder)).containsExactly("clips.csv", "clips.npy");
    }

    @Test
    void stopsWhenInterrupted() throws IOException {
        Corpus corpus = TestClips.scan(TestClips.corpus(temporary.resolve("words"), 150, "yes", "no"));
        Path folder = temporary.resolve("store");
        assertThatThrownBy(() -> Preparation.prepare(
                        corpus,
                        TestClips.FORMAT,
                        folder,
                        TWO_THREADS,
                        (_, _) -> Thread.currentThread().interrupt()))
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("preparing clips was interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(names(folder)).isEmpty();
    }

    @Test
    void refusesASecondRunInTheSameFolder() throws IOException {
        Corpus corpus = TestClips.scan(TestClips.corpus(temporary.resolve("words"), 2, "yes", "no"));
        Path folder = temporary.resolve("store");
        Preparation.prepare(
                corpus,
                TestClips.FORMAT,
                folder,
                TWO_THREADS,
                (_, _) -> assertThatThrownBy(() ->
                                Preparation.prepare(corpus, TestClips.FORMAT, folder, TWO_THREADS, TestClips.SILENT))
                        .isInstanceOf(CorpusException.class)
                        .hasMessage(folder
                                + ": another preparation is writing here; wait for it or choose another folder"));
        ClipStore.open(folder).close();
    }

    @Test
    void refusesAFileForAFolder() throws IOException {
        Path root = TestClips.corpus(temporary.resolve("words"), 2, "yes", "no");
        Path file = TestClips.write(temporary.resolve("file"), new byte[1]);
        assertThatThrownBy(() -> TestClips.prepare(root, file, 1))
                .isInstanceOf(CorpusException.class)
                .hasMessage(file + ": a file, not a folder; choose another place for the clips");
        Path below = file.resolve("store");
        assertThatThrownBy(() -> TestClips.prepare(root, below, 1))
                .isInstanceOf(CorpusException.class)
                .hasMessageStartingWith(below + ": cannot be written to (")
                .hasMessageEndingWith("); choose another folder");
    }

    @Test
    void refusesAFolderItMayNotWriteTo() throws IOException {
        TestClips.assumePermissionsCount(temporary);
        Path root = TestClips.corpus(temporary.resolve("words"), 2, "yes", "no");
        Path folder = Files.createDirectory(temporary.resolve("store"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        assertThatThrownBy(() -> TestClips.prepare(root, folder, 1))
                .isInstanceOf(CorpusException.class)
                .hasMessage(folder + ": cannot be written to (no permission); choose another folder");
    }

    @Test
    void refusesBeforeTheWorkWhatTheDiskCannotHold() throws IOException {
        Clip clip = new Clip(temporary.resolve("yes/a.wav"), "yes", "", Partition.TRAINING);
        Corpus corpus = new Corpus(
                temporary, List.of("no", "yes"), Collections.nCopies(20_000_000, clip), List.of(), List.of());
        ClipFormat format = new ClipFormat(8000, ClipFormat.MAX_WINDOW_SAMPLES);
        Path folder = temporary.resolve("store");
        assertThatThrownBy(() -> Preparation.prepare(corpus, format, folder, TWO_THREADS, TestClips.SILENT))
                .isInstanceOf(CorpusException.class)
                .hasMessageMatching("\\Q" + folder + "\\E: 20000000 clips of 16777216 samples need 671093760\\.0 MB,"
                        + " the disk has \\d+\\.\\d MB free; make room or choose another folder");
        assertThat(names(folder)).isEmpty();
    }

    @Test
    void refusesACorpusWithoutClips() {
        Corpus corpus = new Corpus(temporary, List.of(), List.of(), List.of(), List.of());
        assertThatThrownBy(() -> Preparation.prepare(
                        corpus, TestClips.FORMAT, temporary.resolve("store"), TWO_THREADS, TestClips.SILENT))
                .isInstanceOf(CorpusException.class)
                .hasMessage(temporary + ": no clips to prepare");
    }

    @Test
    void refusesValuesOutOfRange() {
        assertThatThrownBy(() -> new PrepareOptions(0, false)).hasMessage("preparing takes at least 1 thread, not 0");
        assertThatThrownBy(() -> new ClipFormat(0, 1)).hasMessage("a sample rate is 1 to 768000 Hz, not 0");
        assertThatThrownBy(() -> new ClipFormat(1, 0)).hasMessage("a window is 1 to 16777216 samples, not 0");
        assertThatThrownBy(() -> new SkippedClip(Path.of("a"), "", -1))
                .hasMessage("a byte offset is at least 0, not -1");
    }
}
