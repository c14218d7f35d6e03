package dev.onda.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onda.audio.AudioFile;
import dev.onda.audio.Window;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClipStoreTest {
    @TempDir
    Path temporary;

    private Path root = Path.of("");
    private Path folder = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        root = TestClips.corpus(temporary.resolve("words"), 7, "yes", "no", "cat");
        folder = temporary.resolve("store");
        TestClips.prepare(root, folder, 2);
    }

    @Test
    void holdsEveryClipInTheCorpussOrder() throws IOException {
        Corpus corpus = TestClips.scan(root);
        try (ClipStore store = ClipStore.open(folder)) {
            assertThat(store.size()).isEqualTo(21);
            assertThat(store.format()).isEqualTo(TestClips.FORMAT);
            assertThat(store.words()).containsExactly("cat", "no", "yes");
            assertThat(store.skipped()).isEmpty();
            float[] samples = new float[TestClips.FORMAT.windowSamples()];
            for (int i = 0; i < store.size(); i++) {
                Clip clip = corpus.clips().get(i);
                String path = clip.word() + "/" + clip.path().getFileName();
                assertThat(store.clip(i))
                        .isEqualTo(new StoredClip(path, clip.word(), clip.speaker(), clip.partition()));
                store.read(i, samples, 0);
                float[] original = AudioFile.read(clip.path()).samples();
                assertThat(samples).isEqualTo(Window.fit(original, samples.length));
            }
        }
    }

    @Test
    void readsIntoThePlaceAskedForAndNoFurther() throws IOException {
        try (ClipStore store = ClipStore.open(folder)) {
            float[] alone = new float[8000];
            store.read(3, alone, 0);
            float[] batch = new float[8010];
            Arrays.fill(batch, 9);
            store.read(3, batch, 5);
            assertThat(Arrays.copyOfRange(batch, 5, 8005)).isEqualTo(alone);
            assertThat(Arrays.copyOfRange(batch, 0, 5)).containsOnly(9);
            assertThat(Arrays.copyOfRange(batch, 8005, 8010)).containsOnly(9);
        }
    }

    @Test
    void refusesPlacesThatAreNotThere() throws IOException {
        try (ClipStore store = ClipStore.open(folder)) {
            assertThatThrownBy(() -> store.read(21, new float[8000], 0)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> store.read(-1, new float[8000], 0)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> store.read(0, new float[8000], 1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> store.clip(21)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void partitionsItsClips() throws IOException {
        try (ClipStore store = ClipStore.open(folder)) {
            int[] all = Arrays.stream(Partition.values())
                    .flatMapToInt(partition -> Arrays.stream(store.in(partition)))
                    .sorted()
                    .toArray();
            assertThat(all).isEqualTo(IntStream.range(0, 21).toArray());
            for (int i : store.in(Partition.TRAINING)) {
                assertThat(store.clip(i).partition()).isEqualTo(Partition.TRAINING);
            }
        }
    }

    @Test
    void readsTheSameInManyThreads() throws IOException {
        try (ClipStore store = ClipStore.open(folder)) {
            List<float[]> alone =
                    IntStream.range(0, 21).mapToObj(i -> read(store, i)).toList();
            IntStream.range(0, 2100)
                    .parallel()
                    .forEach(i -> assertThat(read(store, i % 21)).isEqualTo(alone.get(i % 21)));
        }
    }

    private static float[] read(ClipStore store, int clip) {
        float[] samples = new float[store.format().windowSamples()];
        store.read(clip, samples, 0);
        return samples;
    }

    @Test
    void hashesBothFiles() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(Files.readAllBytes(folder.resolve("clips.csv")));
        digest.update(Files.readAllBytes(folder.resolve("clips.npy")));
        String expected = HexFormat.of().formatHex(digest.digest());
        try (ClipStore store = ClipStore.open(folder)) {
            assertThat(store.sha256()).isEqualTo(expected);
            assertThat(store.sha256()).isEqualTo(expected);
        }
    }

    @Test
    void readsNothingAfterItIsClosed() throws IOException {
        ClipStore store = ClipStore.open(folder);
        store.close();
        store.close();
        assertThatThrownBy(() -> store.read(0, new float[8000], 0)).isInstanceOf(IllegalStateException.class);
    }

    /** 70 clips of 32 MiB, almost all of it a hole in the file. */
    @Test
    void holdsMoreThanTwoGigabytes() throws IOException {
        Path large = Files.createDirectories(temporary.resolve("large"));
        int window = ClipFormat.MAX_WINDOW_SAMPLES;
        StringBuilder table = new StringBuilder();
        Csv.write(table, StoreFiles.CLIPS_HEADER);
        for (int i = 0; i < 70; i++) {
            Csv.write(
                    table, i + "", "a/" + i + ".wav", i < 35 ? "a" : "b", "", "training", "8000", window + "", "8000");
        }
        Files.writeString(large.resolve("clips.csv"), table);
        try (FileChannel channel = FileChannel.open(
                large.resolve("clips.npy"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(NpyFile.header(70, window)));
            ByteBuffer last =
                    ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN).putShort(0, (short) -16384);
            channel.write(last, 128 + 70L * window * 2 - 2);
        }
        try (ClipStore store = ClipStore.open(large)) {
            float[] samples = new float[window];
            store.read(69, samples, 0);
            assertThat(samples[window - 2]).isZero();
            assertThat(samples[window - 1]).isEqualTo(-0.5f);
        }
    }
}
