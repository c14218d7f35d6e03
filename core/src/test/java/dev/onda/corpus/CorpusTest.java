package dev.onda.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CorpusTest {
    private static final String LAYOUT = "expected one folder a word, as in <folder>/yes/clip.wav";

    @TempDir
    Path root;

    private void touch(String... names) throws IOException {
        for (String name : names) {
            TestClips.write(root.resolve(name), new byte[0]);
        }
    }

    private Corpus scan(String... words) throws IOException {
        return Corpus.scan(root, new CorpusOptions(List.of(words), 2, 1));
    }

    private void assertRefused(String message, String... words) {
        assertThatThrownBy(() -> scan(words))
                .isInstanceOf(CorpusException.class)
                .hasMessage(root + message);
    }

    @Test
    void sortsWordsAndClips() throws IOException {
        touch("yes/b.wav", "yes/a.wav", "no/c.WAV", "no/B.flac", "cat/z.wav");
        Corpus corpus = scan();
        assertThat(corpus.words()).containsExactly("cat", "no", "yes");
        assertThat(corpus.clips())
                .extracting(clip -> root.relativize(clip.path()).toString())
                .containsExactly("cat/z.wav", "no/B.flac", "no/c.WAV", "yes/a.wav", "yes/b.wav");
        assertThat(corpus.clips()).extracting(Clip::word).containsExactly("cat", "no", "no", "yes", "yes");
    }

    @Test
    void readsSpeakerAndPartitionOffTheName() throws IOException {
        touch("yes/105e72bb_nohash_0.wav", "yes/1528225c_nohash_1.wav", "no/c38720cb_nohash_2.wav");
        Corpus corpus = scan();
        assertThat(corpus.warnings()).isEmpty();
        assertThat(corpus.clips())
                .containsExactly(
                        new Clip(root.resolve("no/c38720cb_nohash_2.wav"), "no", "c38720cb", Partition.TRAINING),
                        new Clip(root.resolve("yes/105e72bb_nohash_0.wav"), "yes", "105e72bb", Partition.VALIDATION),
                        new Clip(root.resolve("yes/1528225c_nohash_1.wav"), "yes", "1528225c", Partition.TESTING));
        assertThat(corpus.in(Partition.VALIDATION)).extracting(Clip::speaker).containsExactly("105e72bb");
    }

    @Test
    void splitsClipsWithoutSpeakerWordByWordAndWarnsOnce() throws IOException {
        for (int i = 0; i < 20; i++) {
            touch("yes/" + i + ".wav", "no/" + i + ".wav");
        }
        touch("no/105e72bb_nohash_0.wav");
        Corpus corpus = scan();
        assertThat(corpus.warnings())
                .containsExactly(
                        root + ": 40 of 41 clips tell no speaker (no _nohash_ in their names), so they were split"
                                + " at random: the same voice may be on both sides, and accuracy on unseen speakers will be"
                                + " lower than measured");
        assertThat(corpus.in(Partition.TRAINING)).hasSize(32);
        assertThat(corpus.in(Partition.VALIDATION))
                .hasSize(5)
                .extracting(Clip::word)
                .contains("yes", "no");
        assertThat(corpus.in(Partition.TESTING))
                .hasSize(4)
                .extracting(Clip::word)
                .contains("yes", "no");
        assertThat(scan()).isEqualTo(corpus);
        assertThat(Corpus.scan(root, new CorpusOptions(List.of(), 2, 2)).clips())
                .isNotEqualTo(corpus.clips());
    }

    @Test
    void takesBackgroundFromItsFolder() throws IOException {
        touch("yes/a.wav", "no/a.wav", "_background_noise_/tap.wav", "_background_noise_/README.md", "_extra_/a.wav");
        Corpus corpus = scan();
        assertThat(corpus.words()).containsExactly("no", "yes");
        assertThat(corpus.background()).containsExactly(root.resolve("_background_noise_/tap.wav"));
    }

    @Test
    void ignoresWhatIsHiddenOrNoSound() throws IOException {
        touch("yes/a.wav", "no/a.wav", ".git/a.wav", "yes/._a.wav", "yes/notes.txt", "LICENSE", "no/deep/b.wav");
        assertThat(scan().clips())
                .extracting(clip -> root.relativize(clip.path()).toString())
                .containsExactly("no/a.wav", "yes/a.wav");
    }

    @Test
    void warnsOfFoldersWithoutClips() throws IOException {
        touch("yes/a_nohash_0.wav", "no/a_nohash_0.wav", "docs/index.html");
        assertThat(scan().warnings())
                .containsExactly(root.resolve("docs") + ": no audio files in this folder, so it is no word here");
    }

    @Test
    void takesOnlyTheWordsAskedFor() throws IOException {
        touch("yes/a.wav", "no/a.wav", "cat/a.wav", "docs/index.html");
        Corpus corpus = scan("yes", "cat", "yes");
        assertThat(corpus.words()).containsExactly("cat", "yes");
        assertThat(corpus.clips()).hasSize(2);
    }

    @Test
    void followsLinks() throws IOException {
        touch("yes/a.wav", "store/b.wav");
        Files.createSymbolicLink(root.resolve("no"), root.resolve("yes"));
        Files.createSymbolicLink(root.resolve("yes/b.wav"), root.resolve("store/b.wav"));
        Files.createSymbolicLink(root.resolve("yes/gone.wav"), root.resolve("nowhere.wav"));
        Files.createSymbolicLink(root.resolve("self"), root);
        Files.createSymbolicLink(root.resolve("loop"), root.resolve("loop"));
        Corpus corpus = scan();
        assertThat(corpus.words()).containsExactly("no", "store", "yes");
        assertThat(corpus.clips()).hasSize(7);
    }

    @Test
    void keepsStrangeFolderNames() throws IOException {
        assumeTrue(TestClips.namesAreUnicode(), "file names are not UTF-8 in this locale");
        touch("a,b/x.wav", "say \"hi\"/x.wav", "two\nlines/x.wav", "señor 語🎵/x.wav");
        assertThat(scan().words()).containsExactly("a,b", "say \"hi\"", "señor 語🎵", "two\nlines");
    }

    @Test
    void refusesWhatIsNoFolder() throws IOException {
        touch("yes/a.wav");
        Path file = root.resolve("yes/a.wav");
        assertThatThrownBy(() -> TestClips.scan(file))
                .isInstanceOf(CorpusException.class)
                .hasMessage(file + ": a file, not a folder; give the folder that holds the words' folders");
        assertThatThrownBy(() -> TestClips.scan(root.resolve("gone")))
                .hasMessage(root.resolve("gone") + ": no such folder; give the folder that holds the words' folders");
    }

    @Test
    void refusesAFolderWithoutWords() throws IOException {
        assertRefused(": no folders with audio files; " + LAYOUT);
        touch("a.wav");
        assertRefused(": clips, but no folders that say their words; " + LAYOUT);
    }

    @Test
    void refusesASingleWord() throws IOException {
        touch("yes/a.wav", "no/a.wav");
        assertRefused(": only one word, 'yes'; telling words apart takes at least two; " + LAYOUT, "yes");
    }

    @Test
    void refusesAWordThatIsNotThereAndSaysWhatIs() throws IOException {
        touch("yes/a.wav", "no/a.wav", "docs/index.html", "_extra_/a.wav");
        assertRefused(": no clips of 'cat', 'docs'; there is 'no', 'yes'", "yes", "docs", "cat");
        assertRefused(": no clips of '_extra_'; there is 'no', 'yes'", "_extra_");
    }

    @Test
    void refusesAFolderItMayNotRead() throws IOException {
        TestClips.assumePermissionsCount(root);
        touch("yes/a.wav", "no/a.wav");
        Path closed = root.resolve("no");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        try {
            assertThatThrownBy(this::scan)
                    .isInstanceOf(CorpusException.class)
                    .hasMessage(closed + ": no permission to read this folder");
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void findsTheRealClips() throws IOException {
        Corpus corpus = TestClips.scan(SharedClips.folder().resolve("wav"));
        assertThat(corpus.words()).hasSize(18);
        assertThat(corpus.clips()).hasSize(1800);
        assertThat(corpus.background()).hasSize(6);
        assertThat(corpus.warnings()).isEmpty();
        assertThat(corpus.in(Partition.TRAINING)).hasSize(1440);
        assertThat(corpus.in(Partition.VALIDATION)).hasSize(360);
    }
}
