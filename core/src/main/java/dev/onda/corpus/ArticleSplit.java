package dev.onda.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The article's own way of making its arrays (Herrera 2020): noisy copies of some clips are appended to all of them, and the
 * whole is cut 70 to 30 at random, word by word or not. So a clip may be learned from while its noisy copy judges, and
 * speakers are on both sides: its figures are no promise for voices that are new.
 */
public enum ArticleSplit {
    /** Without noisy copies. */
    PLAIN(0, false),
    /** With noisy copies. */
    NOISY(0.3, false),
    /** With noisy copies, copies and cut drawn word by word. */
    STRATIFIED(0.3, true);

    /** What is appended to the path of a noisy copy. */
    public static final String NOISY_SUFFIX = " with noise";

    private static final double TRAINING = 0.7;
    /** Largest noise, as a share of full scale. */
    private static final double NOISE = 0.03;

    private static final double FULL_SCALE = 32_768;

    /** Share of the clips that are copied with noise. */
    private final double copies;

    private final boolean isStratified;

    ArticleSplit(double copies, boolean isStratified) {
        this.copies = copies;
        this.isStratified = isStratified;
    }

    /** Whether there are noisy copies. */
    public boolean isNoisy() {
        return copies > 0;
    }

    /** A row to write: which clip, and whether with noise. */
    private record Row(int clip, boolean isNoisy) {}

    /**
     * Writes a store of such arrays. Clips of all partitions of the store are taken.
     *
     * @throws IOException if it cannot be written
     */
    public void write(ClipStore from, Path folder, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<Row> training = new ArrayList<>();
        List<Row> validation = new ArrayList<>();
        for (List<Integer> group : groups(from)) {
            List<Row> rows = new ArrayList<>(
                    group.stream().map(clip -> new Row(clip, false)).toList());
            List<Integer> shuffled = shuffled(group, random);
            shuffled.subList(0, (int) Math.round(copies * group.size())).forEach(clip -> rows.add(new Row(clip, true)));
            List<Row> mixed = shuffled(rows, random);
            int cut = cut(mixed.size());
            training.addAll(mixed.subList(0, cut));
            validation.addAll(mixed.subList(cut, mixed.size()));
        }
        Comparator<Row> order = Comparator.comparingInt(Row::clip).thenComparing(Row::isNoisy);
        training.sort(order);
        validation.sort(order);
        int all = training.size() + validation.size();
        try (StoreWriter writer = StoreWriter.open(folder, from.format(), all)) {
            write(from, training, Partition.TRAINING, writer, random);
            write(from, validation, Partition.VALIDATION, writer, random);
            writer.commit(List.of(), Optional.empty());
        }
    }

    private List<List<Integer>> groups(ClipStore from) {
        List<List<Integer>> groups = new ArrayList<>();
        List<String> words = from.words();
        int count = isStratified ? words.size() : 1;
        for (int i = 0; i < count; i++) {
            groups.add(new ArrayList<>());
        }
        for (int clip = 0; clip < from.size(); clip++) {
            groups.get(isStratified ? words.indexOf(from.clip(clip).word()) : 0).add(clip);
        }
        return groups;
    }

    /** How many of so many are to learn from. */
    static int cut(int clips) {
        return (int) Math.round(TRAINING * clips);
    }

    /** Fisher and Yates. */
    static <T> List<T> shuffled(List<T> items, SplittableRandom random) {
        List<T> shuffled = new ArrayList<>(items);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            T item = shuffled.get(i);
            shuffled.set(i, shuffled.get(j));
            shuffled.set(j, item);
        }
        return shuffled;
    }

    private static void write(
            ClipStore from, List<Row> rows, Partition partition, StoreWriter writer, SplittableRandom random)
            throws IOException {
        int window = from.format().windowSamples();
        float[] samples = new float[window];
        ByteBuffer bytes = ByteBuffer.allocate(window * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (Row row : rows) {
            from.read(row.clip(), samples, 0);
            bytes.clear();
            for (float sample : samples) {
                double noisy = row.isNoisy() ? sample + NOISE * random.nextDouble() : sample;
                long rounded = Math.round(noisy * FULL_SCALE);
                bytes.putShort((short) Math.clamp(rounded, Short.MIN_VALUE, Short.MAX_VALUE));
            }
            writer.writeSamples(bytes.flip());
            StoredClip clip = from.clip(row.clip());
            Clip written = new Clip(Path.of(clip.path()), clip.word(), clip.speaker(), partition);
            writer.writeRow(
                    clip.path() + (row.isNoisy() ? NOISY_SUFFIX : ""),
                    written,
                    new Outcome.Stored(window, from.format().sampleRateHz()));
        }
    }
}
