package dev.onda.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExclusionsTest {
    private static final String EXPECTED = "expected a table (CSV) with a column path, or a clip's path a line";

    @TempDir
    Path temporary;

    private Path root = Path.of("");
    private Path file = Path.of("");

    @BeforeEach
    void corpus() throws IOException {
        root = temporary.resolve("words");
        file = temporary.resolve("drop.csv");
        for (String path :
                new String[] {"no/1.wav", "no/2.wav", "yes/1.wav", "yes/a,b.wav", "_background_noise_/x.wav"}) {
            TestClips.clip(root.resolve(path));
        }
    }

    private Exclusions.Rest rest(String list) throws IOException {
        Files.writeString(file, list);
        return Exclusions.read(file).from(TestClips.scan(root));
    }

    private void assertLeftOut(String list, int excluded, int unknown, String... left) throws IOException {
        Exclusions.Rest rest = rest(list);
        assertThat(rest.corpus().clips())
                .extracting(clip -> StoreWriter.slashes(root.relativize(clip.path())))
                .containsExactly(left);
        assertThat(rest.excluded()).isEqualTo(excluded);
        assertThat(rest.unknown()).isEqualTo(unknown);
    }

    @Test
    void takesTheColumnPathOfAnyTable() throws IOException {
        assertLeftOut(
                "kind,Path\nshort,no/1.wav\nsilent,no/1.wav\n\"x\ny\",\"yes/a,b.wav\"\n",
                2,
                0,
                "no/2.wav",
                "yes/1.wav");
        assertLeftOut("\uFEFF\"path\"\r\nno/1.wav\r\n", 1, 0, "no/2.wav", "yes/1.wav", "yes/a,b.wav");
        assertLeftOut("word,path\nyes\nno,\nno,no/1.wav\n", 1, 0, "no/2.wav", "yes/1.wav", "yes/a,b.wav");
    }

    @Test
    void takesAPlainList() throws IOException {
        assertLeftOut("no/1.wav\n\n  yes/a,b.wav\r\n", 2, 0, "no/2.wav", "yes/1.wav");
        assertLeftOut("./no/1.wav", 1, 0, "no/2.wav", "yes/1.wav", "yes/a,b.wav");
        assertLeftOut(root + "/no/1.wav\n", 1, 0, "no/2.wav", "yes/1.wav", "yes/a,b.wav");
        assertThat(rest("_background_noise_/x.wav").corpus().background()).isEmpty();
    }

    @Test
    void aStoreTellsWhatWasKeptOutOfItUntilItIsPreparedAnew() throws IOException {
        Path store = temporary.resolve("store");
        Corpus left = rest("no/1.wav\nyes/a,b.wav\n").corpus();
        Preparation.prepare(left, TestClips.FORMAT, store, PrepareOptions.defaults(), (_, _) -> {});
        String sha256;
        try (ClipStore open = ClipStore.open(store)) {
            LeftOut leftOut = open.leftOut().orElseThrow();
            assertThat(leftOut).isEqualTo(left.leftOut().orElseThrow());
            assertThat(leftOut.list()).isEqualTo("drop.csv");
            assertThat(leftOut.all()).isEqualTo(2);
            assertThat(leftOut.only(partition -> false).all()).isZero();
            sha256 = open.sha256();
        }
        Path file = store.resolve("excluded.csv");
        assertThat(Files.readString(file)).startsWith("list,partition,clips\ndrop.csv,training,");
        Files.writeString(file, "list,partition,clips\ndrop.csv,learning,2\n");
        assertThatThrownBy(() -> ClipStore.open(store).close())
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining(file + ": line 2: 'learning' in field 2, expected training");
        Corpus same = new Corpus(root, left.words(), left.clips(), left.background(), List.of());
        Preparation.prepare(same, TestClips.FORMAT, store, PrepareOptions.defaults(), (_, _) -> {});
        assertThat(file).doesNotExist();
        try (ClipStore open = ClipStore.open(store)) {
            assertThat(open.leftOut()).isEmpty();
            assertThat(open.sha256()).as("the clips are the same").isEqualTo(sha256);
        }
    }

    @Test
    void countsWhatIsNotThere() throws IOException {
        assertLeftOut("no/1.wav\nno/9.wav\n../no/8.wav\n\0.wav\n", 1, 3, "no/2.wav", "yes/1.wav", "yes/a,b.wav");
    }

    @Test
    void knowsClipsOfWordsThatAreNotAskedFor() throws IOException {
        TestClips.clip(root.resolve("maybe/1.wav"));
        TestClips.clip(root.resolve("maybe/2.wav"));
        Corpus some = Corpus.scan(root, new CorpusOptions(List.of("no", "yes"), 2, 1));
        Files.writeString(file, "maybe/1.wav\nno/1.wav\n");
        Exclusions.Rest rest = Exclusions.read(file).from(some);
        assertThat(rest.excluded()).isEqualTo(1);
        assertThat(rest.unknown()).isZero();
    }

    @Test
    void refusesWhatNamesNoClip() throws IOException {
        assertThatThrownBy(() -> rest("")).hasMessage(file + ": names no clip; " + EXPECTED);
        assertThatThrownBy(() -> rest("path\n")).hasMessage(file + ": names no clip; " + EXPECTED);
        assertThatThrownBy(() -> rest("file,word\nno/1.wav,no\n")).hasMessage(file + ": names no clip; " + EXPECTED);
        assertThatThrownBy(() -> rest("path\nx\"y\n"))
                .hasMessage(file + ": line 2: a quote inside an unquoted field; " + EXPECTED);
        Files.write(file, "no/\u00e9.wav".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Exclusions.read(file)).hasMessage(file + ": not UTF-8 text; " + EXPECTED);
        assertThatThrownBy(() -> Exclusions.read(root)).hasMessage(root + ": a folder; " + EXPECTED);
    }

    @Test
    void refusesToLeaveAWordWithoutClips() {
        assertThatThrownBy(() -> rest("no/1.wav\nno/2.wav\n"))
                .isInstanceOf(CorpusException.class)
                .hasMessage(file + ": lists all clips of 'no' in " + root
                        + "; take some off the list, or leave the word out");
    }

    @Test
    void aStoreOfWhatIsLeftIsOtherData() throws IOException {
        Exclusions.Rest rest = rest("no/1.wav\n");
        TestClips.prepare(root, temporary.resolve("all"), 1);
        Preparation.prepare(
                rest.corpus(),
                TestClips.FORMAT,
                temporary.resolve("rest"),
                PrepareOptions.defaults(),
                TestClips.SILENT);
        try (ClipStore all = ClipStore.open(temporary.resolve("all"));
                ClipStore some = ClipStore.open(temporary.resolve("rest"))) {
            assertThat(some.size()).isEqualTo(all.size() - 1);
            assertThat(some.sha256()).isNotEqualTo(all.sha256());
            Exclusions exclusions = Exclusions.read(file);
            assertThat(exclusions.among(all, root)).isEqualTo(1);
            assertThat(exclusions.among(some, root)).isZero();
        }
    }
}
