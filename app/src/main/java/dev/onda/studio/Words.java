package dev.onda.studio;

import dev.onda.audio.Resampler;
import dev.onda.audio.WavReader;
import dev.onda.audio.WavWriter;
import dev.onda.audio.Wave;
import dev.onda.audio.Window;
import dev.onda.corpus.Partition;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recordings of own words, in Speech Commands' layout: {@code <word>/<speaker>_nohash_<n>.wav}, 16 kHz, a second each; background in
 * {@code _background_noise_}. All recordings of a folder are one speaker's, whose name falls into the training partition.
 */
final class Words {

    /** Folder of what is heard when nobody speaks. */
    static final String BACKGROUND = "_background_noise_";

    static final int RATE_HZ = 16_000;

    private static final Pattern CLIP = Pattern.compile("([0-9a-f]{8})_nohash_(\\d{1,6})");
    private static final Pattern NOISE = Pattern.compile("noise_(\\d{1,6})");
    private static final String WAV = ".wav";
    private static final int MOST_CLIPS = 1_000;
    private static final int MOST_WORDS = 200;

    private final Path folder;
    private final RandomGenerator random;

    Words(Path folder, RandomGenerator random) {
        this.folder = folder;
        this.random = random;
    }

    Path folder() {
        return folder;
    }

    /** The words with a folder, in alphabetical order. */
    List<String> words() throws IOException {
        try (var folders = Files.list(folder)) {
            return folders.filter(Files::isDirectory)
                    .map(each -> String.valueOf(each.getFileName()))
                    .filter(name -> Name.isGood(name) && Name.word(name).equals(name))
                    .sorted()
                    .toList();
        }
    }

    /** Makes a word's folder. */
    void add(String word) throws IOException {
        if (!word.equals(BACKGROUND) && !Files.exists(folder(word)) && words().size() >= MOST_WORDS) {
            throw Refusal.conflict("more than " + MOST_WORDS + " words; remove some");
        }
        Files.createDirectories(folder(word));
    }

    /** Removes a word and its recordings. */
    void remove(String word) throws IOException {
        for (String clip : clips(word)) {
            Files.deleteIfExists(file(word, clip));
        }
        try {
            Files.deleteIfExists(folder(word));
        } catch (DirectoryNotEmptyException e) {
            throw Refusal.conflict("the folder of \"" + word + "\" holds other files; they stay");
        }
    }

    /** The names of a word's recordings, in their order; none for a word without a folder. */
    List<String> clips(String word) throws IOException {
        if (!Files.isDirectory(folder(word))) {
            return List.of();
        }
        try (var files = Files.list(folder(word))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(file -> file.endsWith(WAV))
                    .map(file -> file.substring(0, file.length() - WAV.length()))
                    .filter(clip -> pattern(word).matcher(clip).matches())
                    .sorted(Comparator.comparingInt((String clip) -> number(word, clip))
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        }
    }

    /**
     * Keeps a recording: of a word its loudest second, of background all of it.
     *
     * @return the recording's name
     */
    synchronized String keep(String word, Wave recorded) throws IOException {
        float[] samples = recorded.samples();
        if (recorded.sampleRateHz() != RATE_HZ) {
            try {
                samples = Resampler.of(recorded.sampleRateHz(), RATE_HZ).resample(samples);
            } catch (IllegalArgumentException e) {
                throw Refusal.bad("the clip: " + e.getMessage());
            }
        }
        List<String> there = clips(word);
        if (there.size() >= MOST_CLIPS) {
            throw Refusal.conflict("more than " + MOST_CLIPS + " recordings of \"" + word + "\"; delete some");
        }
        boolean isNoise = word.equals(BACKGROUND);
        int next = there.isEmpty() ? 0 : number(word, there.getLast()) + 1;
        String name = isNoise ? "noise_" + next : speaker() + "_nohash_" + next;
        add(word);
        WavWriter.write(file(word, name), new Wave(isNoise ? samples : Window.fit(samples, RATE_HZ), RATE_HZ));
        return name;
    }

    /** A recording as it was kept. */
    Wave read(String word, String clip) throws IOException {
        return WavReader.read(there(word, clip));
    }

    /** Its file. */
    Path there(String word, String clip) {
        Path file = file(word, clip);
        if (!Files.isRegularFile(file)) {
            throw Refusal.missing("no such recording");
        }
        return file;
    }

    void delete(String word, String clip) throws IOException {
        Files.deleteIfExists(there(word, clip));
    }

    /** Who speaks: as before, or someone new. */
    private String speaker() throws IOException {
        for (String word : words()) {
            for (String clip : clips(word)) {
                Matcher name = CLIP.matcher(clip);
                if (name.matches()) {
                    return name.group(1);
                }
            }
        }
        String speaker;
        do {
            speaker = String.format(Locale.ROOT, "%08x", random.nextInt());
        } while (Partition.ofFileName(speaker + "_nohash_0.wav") != Partition.TRAINING);
        return speaker;
    }

    private Path folder(String word) {
        return folder.resolve(word.equals(BACKGROUND) ? BACKGROUND : Name.check(word));
    }

    private Path file(String word, String clip) {
        if (!pattern(word).matcher(clip).matches()) {
            throw Refusal.missing("no such recording");
        }
        return folder(word).resolve(clip + WAV);
    }

    private static Pattern pattern(String word) {
        return word.equals(BACKGROUND) ? NOISE : CLIP;
    }

    private static int number(String word, String clip) {
        Matcher name = pattern(word).matcher(clip);
        return name.matches() ? Integer.parseInt(name.group(name.groupCount())) : 0;
    }
}
