package dev.onda.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The clips found in a folder that has one folder a word, as Speech Commands has. Finding reads names only: whether a
 * clip is sound shows when it is prepared.
 *
 * @param root the folder; every clip's path begins with it
 * @param words sorted, as many as were asked for at least
 * @param clips sorted by word, then by file name
 * @param background recordings without speech, from {@code _background_noise_}, sorted by file name
 * @param warnings what a user should know before trusting figures from this corpus, a line each; often empty
 * @param leftOut what a list has kept out of it; nothing if there was no list
 */
public record Corpus(
        Path root,
        List<String> words,
        List<Clip> clips,
        List<Path> background,
        List<String> warnings,
        Optional<LeftOut> leftOut) {

    /** One that no list has kept anything out of. */
    public Corpus(Path root, List<String> words, List<Clip> clips, List<Path> background, List<String> warnings) {
        this(root, words, clips, background, warnings, Optional.empty());
    }

    public Corpus {
        words = List.copyOf(words);
        clips = List.copyOf(clips);
        background = List.copyOf(background);
        warnings = List.copyOf(warnings);
    }

    /**
     * Finds the clips in {@code root/<word>/<clip>}. Folders that begin with a dot or an underscore are no words, nor are
     * folders without audio files; files that begin with a dot are no clips. Links are followed, deeper folders are not
     * entered.
     *
     * <p>A clip whose name tells its speaker ({@code <speaker>_nohash_<n>.wav}) gets the published partition, see
     * {@link Partition#ofFileName}. The others are split word by word, 80/10/10 for training, validation and testing,
     * with one warning that says what such a split cannot promise.
     *
     * @throws CorpusException if the folder is none or cannot be read, has too few words, or lacks a word asked
     *     for
     * @throws IOException if reading a folder fails otherwise
     */
    public static Corpus scan(Path root, CorpusOptions options) throws IOException {
        return new CorpusScan(root, options).run();
    }

    /** The clips of one partition, in the corpus's order. */
    public List<Clip> in(Partition partition) {
        return clips.stream().filter(clip -> clip.partition() == partition).toList();
    }
}
