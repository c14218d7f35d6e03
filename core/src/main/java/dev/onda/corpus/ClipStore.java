package dev.onda.corpus;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Prepared clips in a folder: {@code clips.npy}, int16 of shape (clips, window samples), which NumPy opens too, and
 * {@code clips.csv}, a line a clip. The samples are mapped, not loaded, so a store may be larger than memory; any number
 * of threads may read at once. {@link Preparation} writes stores.
 */
public final class ClipStore implements AutoCloseable {
    private static final ValueLayout.OfShort SAMPLE =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final float SCALE = 1 / 32768f;
    private static final long DIGEST_CHUNK = 1 << 20;

    private final Arena arena;
    private final MemorySegment file;
    private final MemorySegment samples;
    private final ClipFormat format;
    private final List<StoredClip> clips;
    private final List<SkippedClip> skipped;
    private final Optional<LeftOut> leftOut;
    private final String attribution;
    private final List<String> words;
    private final MessageDigest digest;
    private final Background background;
    private String sha256 = "";

    private ClipStore(Arena arena, Path folder) throws IOException {
        StoreFiles files = new StoreFiles(folder);
        this.arena = arena;
        this.file = map(files.samples(), arena);
        NpyFile npy = NpyFile.parse(
                file.asSlice(0, Math.min(file.byteSize(), NpyFile.MAX_HEADER_BYTES))
                        .asByteBuffer(),
                file.byteSize(),
                files.samples());
        this.samples = file.asSlice(npy.dataOffset());
        byte[] table = Files.readAllBytes(files.clips());
        StoreTable.Clips read = StoreTable.clips(files.clips(), table, npy.rows());
        this.format = new ClipFormat(read.sampleRateHz(), npy.columns());
        this.clips = List.copyOf(read.clips());
        this.skipped = List.copyOf(StoreTable.skipped(files.skipped()));
        this.leftOut = StoreTable.leftOut(files.leftOut());
        this.attribution = Attribution.read(folder);
        TreeSet<String> distinct = new TreeSet<>();
        clips.forEach(clip -> distinct.add(clip.word()));
        this.words = List.copyOf(distinct);
        this.digest = Digests.sha256();
        digest.update(table);
        this.background = background(files);
    }

    private Background background(StoreFiles files) throws IOException {
        if (!Files.exists(files.background())) {
            return Background.NONE;
        }
        byte[] bytes = Files.readAllBytes(files.backgroundSamples());
        NpyFile npy = NpyFile.parse(ByteBuffer.wrap(bytes), bytes.length, files.backgroundSamples());
        if (npy.columns() != format.windowSamples()) {
            throw new CorpusException(files.backgroundSamples() + ": rows of " + npy.columns()
                    + " samples, but the clips have " + format.windowSamples() + "; prepare the clips again");
        }
        byte[] table = Files.readAllBytes(files.background());
        ShortBuffer values = ByteBuffer.wrap(bytes, npy.dataOffset(), bytes.length - npy.dataOffset())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer();
        List<float[]> recordings = new ArrayList<>();
        for (StoreTable.Rows rows : StoreTable.background(files.background(), table, npy.rows())) {
            float[] recording = new float[rows.count() * npy.columns()];
            for (int i = 0; i < recording.length; i++) {
                recording[i] = values.get() * SCALE;
            }
            recordings.add(recording);
        }
        digest.update(table);
        digest.update(bytes);
        return new Background(recordings);
    }

    /** Its recordings without speech; often none. */
    public Background background() {
        return background;
    }

    /** Whom its corpus is to be credited to, in one line; empty if that is not known. */
    public String attribution() {
        return attribution;
    }

    private ClipStore(ClipStore other, String name, Function<StoredClip, Partition> partitions) {
        this.arena = other.arena;
        this.file = other.file;
        this.samples = other.samples;
        this.format = other.format;
        this.clips = other.clips.stream()
                .map(c -> new StoredClip(c.path(), c.word(), c.speaker(), partitions.apply(c)))
                .toList();
        this.skipped = other.skipped;
        this.leftOut = other.leftOut;
        this.attribution = other.attribution;
        this.words = other.words;
        this.background = other.background;
        this.digest = Digests.sha256();
        this.sha256 = other.sha256() + " " + name;
    }

    /** Whether a folder has the two files of a store; they may still be damaged. */
    public static boolean isStore(Path folder) {
        return new StoreFiles(folder).areThere();
    }

    /**
     * Opens a store and checks its header, its size and its tables against each other; samples are not looked at.
     *
     * @throws CorpusException if the folder is no store, or its files are damaged or do not belong together
     * @throws IOException if reading fails otherwise
     */
    @SuppressWarnings("MustBeClosedChecker") // the arena is closed with the store
    public static ClipStore open(Path folder) throws IOException {
        if (!isStore(folder)) {
            throw new CorpusException(folder + ": no prepared clips here (expected clips.npy and clips.csv);"
                    + " prepare a corpus into this folder first");
        }
        Arena arena = Arena.ofShared();
        try {
            return new ClipStore(arena, folder);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /**
     * Removes a store's files, and its folder if nothing else is in it. Does nothing where there is none.
     *
     * @throws IOException if a file cannot be removed
     */
    public static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        for (Path file : new StoreFiles(folder).all()) {
            Files.deleteIfExists(file);
        }
        boolean isEmpty;
        try (var files = Files.list(folder)) {
            isEmpty = files.findAny().isEmpty();
        }
        if (isEmpty) {
            Files.delete(folder);
        }
    }

    private static MemorySegment map(Path file, Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }
    }

    /**
     * The same clips in other partitions. A view: it is not to be used when this store is closed, and need not be closed itself.
     *
     * @param name what tells these partitions from others, for {@link #sha256}
     */
    public ClipStore repartitioned(String name, Function<StoredClip, Partition> partitions) {
        return new ClipStore(this, name, partitions);
    }

    /** The number of clips, at least 1. */
    public int size() {
        return clips.size();
    }

    public ClipFormat format() {
        return format;
    }

    /** The words that are said, sorted. */
    public List<String> words() {
        return words;
    }

    /**
     * @throws IndexOutOfBoundsException if there is no such clip
     */
    public StoredClip clip(int clip) {
        return clips.get(clip);
    }

    /** The clips of the corpus that are not here, each with its reason, in the corpus's order. */
    public List<SkippedClip> skipped() {
        return skipped;
    }

    /** What a list has kept out of it, by the partitions that its clips were prepared with; nothing if there was no list. */
    public Optional<LeftOut> leftOut() {
        return leftOut;
    }

    /** The numbers of the clips in one partition, ascending, in an array of the caller's own. */
    public int[] in(Partition partition) {
        return IntStream.range(0, clips.size())
                .filter(i -> clips.get(i).partition() == partition)
                .toArray();
    }

    /**
     * Copies one clip's samples to {@code into[offset ... offset + windowSamples)}, full scale [-1, 1).
     *
     * @throws IndexOutOfBoundsException if there is no such clip, or {@code into} has no room
     * @throws IllegalStateException if the store is closed
     */
    public void read(int clip, float[] into, int offset) {
        Objects.checkIndex(clip, clips.size());
        int window = format.windowSamples();
        Objects.checkFromIndexSize(offset, window, into.length);
        long first = (long) clip * window;
        for (int i = 0; i < window; i++) {
            into[offset + i] = samples.getAtIndex(SAMPLE, first + i) * SCALE;
        }
    }

    /**
     * What tells this data from other data: SHA-256 over {@code clips.csv}, the background's files where
     * there are any, and {@code clips.npy}, in hexadecimal.
     * The first call reads the whole store.
     *
     * @throws IllegalStateException if the store is closed before the first call
     */
    public synchronized String sha256() {
        if (sha256.isEmpty()) {
            for (long at = 0; at < file.byteSize(); at += DIGEST_CHUNK) {
                ByteBuffer chunk = file.asSlice(at, Math.min(DIGEST_CHUNK, file.byteSize() - at))
                        .asByteBuffer();
                digest.update(chunk);
            }
            sha256 = HexFormat.of().formatHex(digest.digest());
        }
        return sha256;
    }

    /** Unmaps the samples. A second call does nothing. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
