package dev.onda.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores whose files were cut, edited or mixed up. */
final class DamagedStoreTest {
    private static final String AGAIN = "; prepare the clips again";

    @TempDir
    Path temporary;

    private Path folder = Path.of("");
    private Path samples = Path.of("");
    private Path table = Path.of("");
    private Path skipped = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        Path root = TestClips.corpus(temporary.resolve("words"), 2, "yes", "no");
        TestClips.write(root.resolve("no/bad.wav"), new byte[0]);
        folder = temporary.resolve("store");
        samples = folder.resolve("clips.npy");
        table = folder.resolve("clips.csv");
        skipped = folder.resolve("skipped.csv");
        TestClips.prepare(root, folder, 1);
    }

    private void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> ClipStore.open(folder).close())
                .isInstanceOf(CorpusException.class)
                .hasMessage(file + ": " + message)
                .hasMessageNotContaining("\n");
    }

    private static void edit(Path file, UnaryOperator<String> change) throws IOException {
        Files.writeString(file, change.apply(Files.readString(file)));
    }

    private static void cut(Path file, int bytes) throws IOException {
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), bytes));
    }

    @Test
    void isNoStoreWithoutBothFiles() throws IOException {
        String message =
                "no prepared clips here (expected clips.npy and clips.csv); prepare a corpus into this folder first";
        assertThat(ClipStore.isStore(folder)).isTrue();
        Files.delete(table);
        assertThat(ClipStore.isStore(folder)).isFalse();
        assertRefused(folder, message);
        assertThat(ClipStore.isStore(temporary.resolve("gone"))).isFalse();
        assertThat(ClipStore.isStore(temporary)).isFalse();
        Files.createDirectory(table);
        assertRefused(folder, message);
    }

    @Test
    void refusesSamplesCutAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(samples);
        assertThat(whole).hasSize(128 + 4 * 16_000);
        for (int bytes : new int[] {0, 1, 9, 10, 60, 127, 128, 129, 16_128, whole.length - 1}) {
            Files.write(samples, Arrays.copyOf(whole, bytes));
            assertThatThrownBy(() -> ClipStore.open(folder).close())
                    .as("%d bytes", bytes)
                    .isInstanceOf(CorpusException.class)
                    .hasMessageStartingWith(samples + ": ")
                    .hasMessageEndingWith(AGAIN)
                    .hasMessageNotContaining("\n");
        }
        assertRefused(
                samples, "cut off: 4 clips of 8000 samples make 64128 bytes, the file has 64127 (byte 64127)" + AGAIN);
        Files.write(samples, Arrays.copyOf(whole, whole.length + 1));
        assertRefused(
                samples, "too long: 4 clips of 8000 samples make 64128 bytes, the file has 64129 (byte 64128)" + AGAIN);
    }

    @Test
    void refusesATableCutAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(table);
        for (int bytes = 0; bytes < whole.length; bytes++) {
            Files.write(table, Arrays.copyOf(whole, bytes));
            assertThatThrownBy(() -> ClipStore.open(folder).close())
                    .as("%d bytes", bytes)
                    .isInstanceOf(CorpusException.class)
                    .hasMessageStartingWith(table + ": ")
                    .hasMessageEndingWith(AGAIN);
        }
        assertRefused(table, "cut off: its last line does not end (byte " + (whole.length - 1) + ")" + AGAIN);
    }

    @Test
    void refusesATableOfOtherClips() throws IOException {
        edit(table, text -> text.substring(0, text.lastIndexOf("3,")));
        assertRefused(table, "3 clips, but clips.npy beside it has 4" + AGAIN);
    }

    @Test
    void refusesRowsThatCannotBe() throws IOException {
        String header = String.join(",", StoreFiles.CLIPS_HEADER) + "\n";
        String good = "0,a,b,c,training,8000,1,1\n1,a,b,c,testing,8000,1,1\n2,a,b,c,validation,8000,1,1\n";
        Files.writeString(table, header + good + "4,a,b,c,training,8000,1,1\n");
        assertRefused(table, "line 5: '4' in field 1, expected 3" + AGAIN);
        Files.writeString(table, good + "3,a,b,c,training,8000,1,1\n");
        assertRefused(table, "line 1: expected " + String.join(",", StoreFiles.CLIPS_HEADER) + AGAIN);
        Files.writeString(table, header + good + "3,a,b,c,exam,8000,1,1\n");
        assertRefused(table, "line 5: 'exam' in field 5, expected training, validation or testing" + AGAIN);
        Files.writeString(table, header + good + "3,a,b,c,training,16000,1,1\n");
        assertRefused(table, "line 5: '16000' in field 6, expected 8000" + AGAIN);
        Files.writeString(table, header + good + "3,a,b,c,training\n");
        assertRefused(table, "line 5: 5 fields, expected 8" + AGAIN);
        Files.writeString(table, header + good.replace("8000", "0") + "3,a,b,c,training,0,1,1\n");
        assertRefused(table, "line 2: '0' in field 6, expected 1 to 768000" + AGAIN);
        Files.writeString(table, header + good.replace("8000", "x") + "3,a,b,c,training,x,1,1\n");
        assertRefused(table, "line 2: 'x' in field 6, expected 1 to 768000" + AGAIN);
        Files.write(table, new byte[] {'a', (byte) 0xff, '\n'});
        assertRefused(table, "not UTF-8 text" + AGAIN);
    }

    @Test
    void refusesADamagedListOfSkippedClips() throws IOException {
        assertThat(Files.readString(skipped)).isEqualTo("path,reason,byte_offset\nno/bad.wav,empty file,0\n");
        edit(skipped, text -> text.replace(",0\n", ",-1\n"));
        assertRefused(skipped, "line 2: '-1' in field 3, expected 0 to 9223372036854775807" + AGAIN);
        cut(skipped, 30);
        assertRefused(skipped, "cut off: its last line does not end (byte 30)" + AGAIN);
        Files.delete(skipped);
        ClipStore.open(folder).close();
    }
}
