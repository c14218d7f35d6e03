package dev.onda.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.onda.audio.AudioFile;
import dev.onda.audio.AudioFormatException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Good clips with broken ones of every kind between them. */
final class BadClipsTest {
    private static final int GOOD = 12;

    @TempDir
    Path temporary;

    private Path root = Path.of("");
    private Path folder = Path.of("");
    private final List<SkippedClip> expected = new ArrayList<>();

    @BeforeEach
    void goodClips() throws IOException {
        root = TestClips.corpus(temporary.resolve("words"), GOOD / 2, "yes", "no");
        folder = temporary.resolve("store");
    }

    private Path expect(String name, String reason) {
        expected.add(new SkippedClip(Path.of(name), reason, 0));
        return root.resolve(name);
    }

    /** A file whose refusal is the reader's: its words and its offset must arrive as they are. */
    private void expectAsRead(String name, byte[] content) throws IOException {
        Path file = TestClips.write(root.resolve(name), content);
        try {
            AudioFile.read(file);
            throw new AssertionError(name + " can be read");
        } catch (AudioFormatException e) {
            expected.add(new SkippedClip(Path.of(name), e.reason(), e.byteOffset()));
        }
    }

    private static byte[] seconds(double seconds) throws IOException {
        return TestClips.wav(TestClips.noise((int) Math.round(seconds * 8000), 8000, 5));
    }

    private static byte[] patched(int at, int value, int bytes) throws IOException {
        byte[] wav = seconds(1);
        for (int i = 0; i < bytes; i++) {
            wav[at + i] = (byte) (value >>> (8 * i));
        }
        return wav;
    }

    private void assertExactlyTheExpectedAreSkipped() throws IOException {
        expected.sort(Comparator.comparing(clip -> clip.path().toString()));
        Preparation.Report report = TestClips.prepare(root, folder, 2);
        assertThat(report.skipped()).isEqualTo(expected);
        assertThat(report.stored()).isEqualTo(GOOD);
        try (ClipStore store = ClipStore.open(folder)) {
            assertThat(store.size()).isEqualTo(GOOD);
            assertThat(store.skipped()).isEqualTo(expected);
            for (int i = 0; i < GOOD; i++) {
                float[] samples = new float[8000];
                store.read(i, samples, 0);
                assertThat(samples).isNotEqualTo(new float[8000]);
            }
        }
    }

    @Test
    void skipsWhatIsTooLongOrTooShortAndNothingBetween() throws IOException {
        TestClips.write(expect("no/long.wav", "3.2 s long, at most 2.0 s; cut it first"), seconds(3.2));
        TestClips.write(
                expect("no/longer.wav", "2.001 s long, at most 2.0 s; cut it first"), seconds(2.0 + 1 / 8000.0));
        TestClips.write(expect("yes/short.wav", "too short: 0.049 s, at least 0.05 s"), seconds(0.05 - 1 / 8000.0));
        TestClips.write(expect("yes/sample.wav", "too short: 0.0 s, at least 0.05 s"), seconds(1 / 8000.0));
        Files.write(root.resolve("yes").resolve(firstName("yes")), seconds(2));
        Files.write(root.resolve("no").resolve(firstName("no")), seconds(0.05));
        assertExactlyTheExpectedAreSkipped();
    }

    private String firstName(String word) throws IOException {
        return TestClips.scan(root).clips().stream()
                .filter(clip -> clip.word().equals(word))
                .map(clip -> clip.path().getFileName().toString())
                .filter(name -> name.contains("_nohash_"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void skipsWhatIsNoFileToRead() throws IOException {
        TestClips.write(expect("no/empty.wav", "empty file"), new byte[0]);
        Files.createDirectory(expect("no/folder.wav", "a folder, expected a sound file"));
        Files.createSymbolicLink(expect("no/gone.wav", "no such file"), root.resolve("nowhere.wav"));
        Files.createSymbolicLink(expect("yes/folder-link.wav", "a folder, expected a sound file"), root);
        try (RandomAccessFile file = new RandomAccessFile(
                expect("yes/huge.wav", "100.0 MB, too large for a clip of at most 2.0 s; cut it first")
                        .toFile(),
                "rw")) {
            file.setLength(100_000_000);
        }
        assertExactlyTheExpectedAreSkipped();
    }

    @Test
    void skipsALinkToItself() throws IOException {
        Path loop = root.resolve("no/loop.wav");
        Files.createSymbolicLink(loop, loop);
        List<SkippedClip> skipped = TestClips.prepare(root, folder, 2).skipped();
        assertThat(skipped).hasSize(1);
        assertThat(skipped.getFirst().reason()).startsWith("unreadable: ");
    }

    @Test
    void doesNotWaitForAPipe() throws Exception {
        Path pipe = expect("no/pipe.wav", "no regular file");
        try {
            int status = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
            assumeTrue(status == 0, "mkfifo failed");
        } catch (IOException e) {
            assumeTrue(false, "no mkfifo here: " + e.getMessage());
        }
        assertExactlyTheExpectedAreSkipped();
    }

    @Test
    void skipsWhatItMayNotRead() throws IOException {
        TestClips.assumePermissionsCount(root);
        Path file = TestClips.write(expect("no/closed.wav", "no permission to read this file"), seconds(1));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assertExactlyTheExpectedAreSkipped();
    }

    @Test
    void skipsWhatTheReaderRefusesInTheReadersWords() throws IOException {
        byte[] good = seconds(1);
        expectAsRead("no/text.wav", "hello, world".getBytes(StandardCharsets.UTF_8));
        expectAsRead("no/zeros.wav", new byte[5000]);
        expectAsRead("no/one-byte.wav", new byte[] {'R'});
        for (int bytes : new int[] {4, 8, 12, 16, 20, 30, 36, 40, 43, 45, 1000, good.length - 1}) {
            expectAsRead("no/cut-" + bytes + ".wav", Arrays.copyOf(good, bytes));
        }
        expectAsRead("yes/no-channels.wav", patched(22, 0, 2));
        expectAsRead("yes/no-rate.wav", patched(24, 0, 4));
        expectAsRead("yes/mu-law.wav", patched(20, 7, 2));
        expectAsRead("yes/bits.wav", patched(34, 12, 2));
        expectAsRead("yes/frame.wav", patched(32, 3, 2));
        expectAsRead("yes/text.mp3", "hello, world".getBytes(StandardCharsets.UTF_8));
        assertExactlyTheExpectedAreSkipped();
    }

    @Test
    void skipsRatesThatNoRecordingHas() throws IOException {
        TestClips.write(expect("no/slow.wav", "sample rate is 3 Hz, expected 1000 to 768000"), patched(24, 3, 4));
        TestClips.write(
                expect("no/fast.wav", "sample rate is 2147483647 Hz, expected 1000 to 768000"),
                patched(24, Integer.MAX_VALUE, 4));
        assertExactlyTheExpectedAreSkipped();
    }

    @Test
    void survivesAnyDamage() throws IOException {
        byte[] good = seconds(1);
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            byte[] damaged = good.clone();
            for (int n = 1 + random.nextInt(8); n > 0; n--) {
                damaged[random.nextInt(44)] = (byte) random.nextInt(256);
            }
            TestClips.write(root.resolve("no/damaged" + seed + ".wav"), damaged);
        }
        Preparation.Report report = TestClips.prepare(root, folder, 2);
        assertThat(report.stored() + report.skipped().size()).isEqualTo(GOOD + 200);
        assertThat(report.skipped()).hasSizeGreaterThan(100);
        assertThat(report.skipped())
                .allSatisfy(clip -> assertThat(clip.reason()).isNotBlank().doesNotContain("\n", "Exception", "java."));
    }

    @Test
    void stopsAtTheFirstBadClipInStrictMode() throws IOException {
        TestClips.write(root.resolve("no/zz-bad.wav"), new byte[0]);
        for (int i = 0; i < 300; i++) {
            TestClips.write(root.resolve("yes/bad" + i + ".wav"), new byte[1]);
        }
        for (int threads : new int[] {1, 5}) {
            assertThatThrownBy(() -> Preparation.prepare(
                            TestClips.scan(root),
                            TestClips.FORMAT,
                            folder,
                            new PrepareOptions(threads, true),
                            TestClips.SILENT))
                    .isInstanceOf(CorpusException.class)
                    .hasMessage(root.resolve("no/zz-bad.wav")
                            + ": empty file (byte 0); mend or remove it, or skip bad clips");
            assertThat(ClipStore.isStore(folder)).isFalse();
        }
    }

    @Test
    void refusesAWordWithoutAGoodClip() throws IOException {
        TestClips.write(root.resolve("cat/b.wav"), new byte[0]);
        TestClips.write(root.resolve("cat/a.wav"), seconds(9));
        assertThatThrownBy(() -> TestClips.prepare(root, folder, 2))
                .isInstanceOf(CorpusException.class)
                .hasMessage(root + ": no clip of 'cat' can be used; the first: cat/a.wav: 9.0 s long, at most 2.0 s;"
                        + " cut it first (byte 0); mend them or leave the word out");
        assertThat(ClipStore.isStore(folder)).isFalse();
    }
}
