package dev.onda.corpus;

import dev.onda.audio.AudioFile;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Clips that are to be left out of a corpus, as a file lists them.
 *
 * @param file where they are listed
 * @param paths each once: relative to the corpus's root, or beginning with it; with forward slashes
 */
public record Exclusions(Path file, Set<String> paths) {
    private static final String EXPECTED = "expected a table (CSV) with a column path, or a clip's path a line";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    public Exclusions {
        paths = Set.copyOf(paths);
    }

    /**
     * Reads a table with a column {@code path}, as {@link FindingsFile} has, or a plain list, a path a line. Empty paths do not
     * count.
     *
     * @throws CorpusException if it is no UTF-8 text, a quote in the table does not fit, or it names no clip
     * @throws IOException if it cannot be read
     */
    public static Exclusions read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new CorpusException(file + ": a folder; " + EXPECTED);
        }
        String text = text(file);
        List<String> lines = text.lines().map(String::strip).toList();
        boolean isTable = !lines.isEmpty() && column(List.of(lines.getFirst().split(",", -1))) >= 0;
        Set<String> paths = new LinkedHashSet<>(isTable ? column(text, file) : lines);
        paths.remove("");
        if (paths.isEmpty() || (!isTable && paths.stream().noneMatch(AudioFile::isAudioName))) {
            throw new CorpusException(file + ": names no clip; " + EXPECTED);
        }
        return new Exclusions(file, paths);
    }

    private static String text(Path file) throws IOException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new CorpusException(file + ": not UTF-8 text; " + EXPECTED, e);
        }
    }

    private static int column(List<String> header) {
        return header.stream()
                .map(name -> name.strip().replace("\"", "").toLowerCase(Locale.ROOT))
                .toList()
                .indexOf("path");
    }

    private static List<String> column(String text, Path file) throws CorpusException {
        List<Csv.Row> rows = Csv.parse(text, file, EXPECTED);
        int column = column(rows.getFirst().fields());
        List<String> paths = new ArrayList<>();
        for (Csv.Row row : rows.subList(1, rows.size())) {
            if (column < row.fields().size()) {
                paths.add(row.fields().get(column));
            }
        }
        return paths;
    }

    /**
     * A corpus without the clips of the list.
     *
     * @param corpus what is left
     * @param excluded how many clips and recordings are left out
     * @param unknown how many paths of the list are not in the corpus's folder
     */
    public record Rest(Corpus corpus, int excluded, int unknown) {}

    /**
     * Leaves the clips out, and background recordings if they are listed.
     *
     * @throws CorpusException if no clip of a word is left
     */
    public Rest from(Corpus corpus) throws CorpusException {
        Set<String> listed = within(corpus.root());
        List<Clip> clips = corpus.clips().stream()
                .filter(clip -> !listed.contains(relative(corpus, clip.path())))
                .toList();
        List<Path> background = corpus.background().stream()
                .filter(path -> !listed.contains(relative(corpus, path)))
                .toList();
        Set<String> left = new LinkedHashSet<>();
        clips.forEach(clip -> left.add(clip.word()));
        for (String word : corpus.words()) {
            if (!left.contains(word)) {
                throw new CorpusException(file + ": lists all clips of '" + word + "' in " + corpus.root()
                        + "; take some off the list, or leave the word out");
            }
        }
        int excluded =
                corpus.clips().size() - clips.size() + corpus.background().size() - background.size();
        int unknown = (int)
                listed.stream().filter(path -> !isThere(corpus.root(), path)).count();
        LeftOut leftOut = new LeftOut(String.valueOf(file.getFileName()), byPartition(corpus, clips));
        Corpus rest =
                new Corpus(corpus.root(), corpus.words(), clips, background, corpus.warnings(), Optional.of(leftOut));
        return new Rest(rest, excluded, unknown);
    }

    private static Map<Partition, Integer> byPartition(Corpus corpus, List<Clip> left) {
        Map<Partition, Integer> excluded = new EnumMap<>(Partition.class);
        corpus.clips().forEach(clip -> excluded.merge(clip.partition(), 1, Integer::sum));
        left.forEach(clip -> excluded.merge(clip.partition(), -1, Integer::sum));
        return excluded;
    }

    /** How many clips of a store the list names; {@code root} is of the corpus that the store was prepared from. */
    public int among(ClipStore store, Path root) {
        Set<String> listed = within(root);
        return (int) IntStream.range(0, store.size())
                .filter(clip -> listed.contains(store.clip(clip).path()))
                .count();
    }

    private static String relative(Corpus corpus, Path path) {
        return StoreWriter.slashes(corpus.root().relativize(path));
    }

    /** The paths as the corpus has them. */
    private Set<String> within(Path root) {
        Set<String> prefixes = new LinkedHashSet<>();
        for (Path start : List.of(root.normalize(), root.toAbsolutePath().normalize())) {
            prefixes.add(StoreWriter.slashes(start) + "/");
        }
        prefixes.remove("/"); // of the folder that is the current one
        Set<String> within = new LinkedHashSet<>();
        for (String path : paths) {
            String plain = path.startsWith("./") ? path.substring(2) : path;
            within.add(prefixes.stream()
                    .filter(plain::startsWith)
                    .findFirst()
                    .map(prefix -> plain.substring(prefix.length()))
                    .orElse(plain));
        }
        return within;
    }

    /** A file, not a path, as any text may name one. */
    private static boolean isThere(Path root, String path) {
        return new File(root.toString(), path).exists();
    }
}
