package dev.onda.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads a store's tables and refuses what no preparation writes. */
final class StoreTable {
    private static final String AGAIN = "; prepare the clips again";

    private final Path source;
    private final List<Csv.Row> rows;

    private StoreTable(Path source, List<Csv.Row> rows) {
        this.source = source;
        this.rows = rows;
    }

    /** The text of {@code clips.csv}, read as the clips of a store; {@code sampleRateHz} is the one they share. */
    record Clips(List<StoredClip> clips, int sampleRateHz) {}

    /**
     * @param content the file's bytes
     * @param expected the number of clips that the samples say
     * @throws CorpusException if the table is damaged or has another number of rows
     */
    static Clips clips(Path file, byte[] content, int expected) throws CorpusException {
        StoreTable table = of(file, content, StoreFiles.CLIPS_HEADER);
        if (table.rows.size() != expected) {
            throw new CorpusException(
                    file + ": " + table.rows.size() + " clips, but clips.npy beside it has " + expected + AGAIN);
        }
        List<StoredClip> clips = new ArrayList<>(expected);
        int sampleRateHz = (int) table.number(table.rows.getFirst(), 5, 1, ClipFormat.MAX_SAMPLE_RATE_HZ);
        for (int i = 0; i < expected; i++) {
            Csv.Row row = table.rows.get(i);
            table.number(row, 0, i, i);
            table.number(row, 5, sampleRateHz, sampleRateHz);
            List<String> fields = row.fields();
            clips.add(new StoredClip(fields.get(1), fields.get(2), fields.get(3), table.partition(row, 4)));
        }
        return new Clips(clips, sampleRateHz);
    }

    /**
     * The clips listed in {@code skipped.csv}; none where there is no such file.
     *
     * @throws CorpusException if the table is damaged
     */
    static List<SkippedClip> skipped(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        StoreTable table = of(file, Files.readAllBytes(file), StoreFiles.SKIPPED_HEADER);
        List<SkippedClip> clips = new ArrayList<>(table.rows.size());
        for (Csv.Row row : table.rows) {
            long byteOffset = table.number(row, 2, 0, Long.MAX_VALUE);
            clips.add(new SkippedClip(table.path(row), row.fields().get(1), byteOffset));
        }
        return clips;
    }

    /**
     * What {@code excluded.csv} says; nothing where there is no such file.
     *
     * @throws CorpusException if the table is damaged
     */
    static Optional<LeftOut> leftOut(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        StoreTable table = of(file, Files.readAllBytes(file), StoreFiles.LEFT_OUT_HEADER);
        Map<Partition, Integer> clips = new EnumMap<>(Partition.class);
        String list = "";
        for (Csv.Row row : table.rows) {
            list = row.fields().getFirst();
            clips.put(table.partition(row, 1), (int) table.number(row, 2, 0, Integer.MAX_VALUE));
        }
        return Optional.of(new LeftOut(list, clips));
    }

    /** A recording's rows in {@code background.npy}. */
    record Rows(int first, int count) {}

    /**
     * The recordings listed in {@code background.csv}.
     *
     * @param rows how many rows the samples have
     * @throws CorpusException if the table is damaged or does not fit the samples
     */
    static List<Rows> background(Path file, byte[] content, int rows) throws CorpusException {
        StoreTable table = of(file, content, StoreFiles.BACKGROUND_HEADER);
        List<Rows> recordings = new ArrayList<>(table.rows.size());
        int next = 0;
        for (Csv.Row row : table.rows) {
            int first = (int) table.number(row, 1, next, next);
            int count = (int) table.number(row, 2, 1, rows - first);
            recordings.add(new Rows(first, count));
            next = first + count;
        }
        if (next != rows) {
            throw new CorpusException(file + ": " + next + " rows, but background.npy beside it has " + rows + AGAIN);
        }
        return recordings;
    }

    private static StoreTable of(Path file, byte[] content, String[] header) throws CorpusException {
        List<Csv.Row> rows = Csv.parse(decode(file, content), file);
        List<String> expected = List.of(header);
        if (rows.isEmpty() || !rows.getFirst().fields().equals(expected)) {
            throw new CorpusException(file + ": line 1: expected " + String.join(",", header) + AGAIN);
        }
        if (content[content.length - 1] != '\n') {
            throw new CorpusException(
                    file + ": cut off: its last line does not end (byte " + content.length + ")" + AGAIN);
        }
        List<Csv.Row> body = rows.subList(1, rows.size());
        StoreTable table = new StoreTable(file, body);
        for (Csv.Row row : body) {
            if (row.fields().size() != header.length) {
                throw table.bad(row, row.fields().size() + " fields, expected " + header.length);
            }
        }
        return table;
    }

    private static String decode(Path file, byte[] content) throws CorpusException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CorpusException(file + ": not UTF-8 text" + AGAIN, e);
        }
    }

    private long number(Csv.Row row, int column, long least, long most) throws CorpusException {
        String field = row.fields().get(column);
        try {
            long number = Long.parseLong(field);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, with the numbers out of range.
        }
        throw bad(
                row,
                "'" + field + "' in field " + (column + 1) + ", expected "
                        + (least == most ? least + "" : least + " to " + most));
    }

    private Partition partition(Csv.Row row, int column) throws CorpusException {
        String field = row.fields().get(column);
        for (Partition partition : Partition.values()) {
            if (name(partition).equals(field)) {
                return partition;
            }
        }
        throw bad(row, "'" + field + "' in field " + (column + 1) + ", expected training, validation or testing");
    }

    /** How a partition is written in {@code clips.csv}. */
    static String name(Partition partition) {
        return partition.name().toLowerCase(Locale.ROOT);
    }

    private Path path(Csv.Row row) throws CorpusException {
        try {
            return Path.of(row.fields().getFirst());
        } catch (InvalidPathException e) {
            throw new CorpusException(
                    source + ": line " + row.line()
                            + ": a path that this system cannot name; run in a UTF-8 locale (LC_ALL=C.UTF-8)",
                    e);
        }
    }

    private CorpusException bad(Csv.Row row, String what) {
        return new CorpusException(source + ": line " + row.line() + ": " + what + AGAIN);
    }
}
