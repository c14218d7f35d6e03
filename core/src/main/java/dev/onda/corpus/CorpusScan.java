package dev.onda.corpus;

import dev.onda.audio.AudioFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One walk over a corpus's folder: see {@link Corpus#scan}. Used once. */
final class CorpusScan {
    private static final String BACKGROUND = "_background_noise_";
    private static final String LAYOUT = "expected one folder a word, as in <folder>/yes/clip.wav";
    /** What a file name's bytes become when the locale cannot tell their characters. */
    private static final char UNREADABLE = '\uFFFD';

    private final Path root;
    private final CorpusOptions options;
    private final List<String> warnings = new ArrayList<>();
    private int clipsWithoutSpeaker;

    CorpusScan(Path root, CorpusOptions options) {
        this.root = root;
        this.options = options;
    }

    Corpus run() throws IOException {
        if (!Files.isDirectory(root)) {
            throw new CorpusException(root
                    + (Files.exists(root) ? ": a file, not a folder; " : ": no such folder; ")
                    + "give the folder that holds the words' folders");
        }
        Map<String, List<Path>> filesByWord = audioFilesByWord();
        List<Clip> clips = new ArrayList<>();
        filesByWord.forEach((word, files) -> addClips(word, files, clips));
        if (clipsWithoutSpeaker > 0 && options.splitSeed().isPresent()) {
            warnings.add(
                    root + ": " + clipsWithoutSpeaker + " of " + clips.size()
                            + " clips tell no speaker (no " + Clip.SPEAKER_MARK
                            + " in their names), so they were split at random:"
                            + " the same voice may be on both sides, and accuracy on unseen speakers will be lower than measured");
        }
        return new Corpus(root, List.copyOf(filesByWord.keySet()), clips, background(), warnings);
    }

    private Map<String, List<Path>> audioFilesByWord() throws IOException {
        List<Path> folders = new ArrayList<>();
        boolean looseClips = false;
        for (Path entry : entries(root)) {
            String name = entry.getFileName().toString();
            if (name.startsWith(".") || name.startsWith("_")) {
                continue;
            }
            if (Files.isDirectory(entry)) {
                folders.add(entry);
            } else {
                looseClips |= AudioFile.isAudioName(name);
            }
        }
        Map<String, List<Path>> found = new TreeMap<>();
        List<String> empty = new ArrayList<>();
        Set<String> wanted = new TreeSet<>(options.words());
        for (Path folder : folders) {
            String word = folder.getFileName().toString();
            if (!wanted.isEmpty() && !wanted.contains(word)) {
                continue;
            }
            List<Path> files = audioFiles(folder);
            if (files.isEmpty()) {
                empty.add(word);
            } else {
                found.put(word, files);
            }
        }
        refuseWhatIsNoCorpus(found, wanted, folders, looseClips);
        for (String word : empty) {
            warnings.add(root.resolve(word) + ": no audio files in this folder, so it is no word here");
        }
        return found;
    }

    private void refuseWhatIsNoCorpus(
            Map<String, List<Path>> found, Set<String> wanted, List<Path> folders, boolean looseClips)
            throws IOException {
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(found.keySet());
        if (!missing.isEmpty()) {
            refuseMissing(missing, folders);
        }
        if (found.isEmpty()) {
            throw new CorpusException(root + ": "
                    + (looseClips ? "clips, but no folders that say their words; " : "no folders with audio files; ")
                    + LAYOUT);
        }
        if (found.size() < options.leastWords()) {
            throw new CorpusException(root + ": only one word, " + quoted(found.keySet())
                    + "; telling words apart takes at least two; " + LAYOUT);
        }
        for (String word : found.keySet()) {
            if (word.indexOf(UNREADABLE) >= 0) {
                throw new CorpusException(root.resolve(word) + ": this folder's name is not readable here;"
                        + " run in a UTF-8 locale (LC_ALL=C.UTF-8) or rename it");
            }
        }
    }

    private void refuseMissing(Set<String> missing, List<Path> folders) throws IOException {
        List<String> there = new ArrayList<>();
        for (Path folder : folders) {
            if (!audioFiles(folder).isEmpty()) {
                there.add(folder.getFileName().toString());
            }
        }
        if (!there.isEmpty()) {
            throw new CorpusException(root + ": no clips of " + quoted(missing) + "; there is " + quoted(there));
        }
    }

    private void addClips(String word, List<Path> files, List<Clip> clips) {
        List<String> unsplit = new ArrayList<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (Clip.speakerOf(name).isEmpty()) {
                unsplit.add(name);
            }
        }
        clipsWithoutSpeaker += unsplit.size();
        Map<String, Partition> split = options.splitSeed().isPresent()
                ? RandomSplit.of(word, unsplit, options.splitSeed().getAsLong())
                : unsplit.stream().collect(Collectors.toMap(name -> name, _ -> Partition.TRAINING));
        for (Path file : files) {
            String name = file.getFileName().toString();
            Partition partition = split.containsKey(name) ? split.get(name) : Partition.ofFileName(name);
            clips.add(new Clip(file, word, Clip.speakerOf(name), partition));
        }
    }

    private List<Path> background() throws IOException {
        Path folder = root.resolve(BACKGROUND);
        return Files.isDirectory(folder) ? audioFiles(folder) : List.of();
    }

    private static List<Path> audioFiles(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path entry : entries(folder)) {
            String name = entry.getFileName().toString();
            if (!name.startsWith(".") && AudioFile.isAudioName(name)) {
                files.add(entry);
            }
        }
        return files;
    }

    /** What lies in a folder, sorted by name. */
    private static List<Path> entries(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(entries::add);
        } catch (AccessDeniedException e) {
            throw new CorpusException(folder + ": no permission to read this folder", e);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        entries.sort(
                Comparator.comparing((Path p) -> p.getFileName().toString()).thenComparing(p -> p));
        return entries;
    }

    private static String quoted(Iterable<String> words) {
        StringBuilder text = new StringBuilder();
        for (String word : words) {
            text.append(text.isEmpty() ? "'" : ", '").append(word).append('\'');
        }
        return text.toString();
    }
}
