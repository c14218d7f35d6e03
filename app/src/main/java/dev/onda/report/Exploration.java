package dev.onda.report;

import dev.onda.audio.AudioFile;
import dev.onda.audio.AudioFormatException;
import dev.onda.audio.Resampler;
import dev.onda.audio.Wave;
import dev.onda.corpus.Clip;
import dev.onda.corpus.Corpus;
import dev.onda.corpus.SkippedClip;
import dev.onda.nn.kernel.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * What is found out about a corpus for {@link ExplorePage}: every clip is read once and measured; of each word one is kept to
 * listen to.
 *
 * @param corpus the clips that can be read
 * @param measures of each clip, in the corpus's order
 * @param unreadable the other clips
 * @param sounds a clip of each word
 * @param example name of the clip that is taken apart
 * @param wave of it
 * @param background as long as it and at its rate; empty if the corpus has none
 */
public record Exploration(
        Corpus corpus,
        List<Measure> measures,
        List<SkippedClip> unreadable,
        Map<String, Wave> sounds,
        String example,
        Wave wave,
        float[] background) {

    private static final int AT_ONCE = 256;
    private static final double LEAST = 1e-6;
    private static final double FULL_SCALE_DB = -0.001;
    private static final long MOST_BYTES = 16 << 20;

    /** What came of reading a clip. */
    sealed interface Reading permits Measure, Unreadable {}

    record Unreadable(SkippedClip clip) implements Reading {}

    /**
     * One clip.
     *
     * @param sampleRateHz of its file
     * @param seconds its length
     * @param peakDb its loudest sample, in decibels of full scale
     * @param rmsDb its root mean square, likewise
     */
    public record Measure(int sampleRateHz, double seconds, double peakDb, double rmsDb) implements Reading {

        /** The largest value of 16 bits, or more. */
        boolean isAtFullScale() {
            return peakDb > FULL_SCALE_DB;
        }

        static Measure of(Wave wave) {
            double peak = LEAST;
            double squares = 0;
            for (float x : wave.samples()) {
                peak = Math.max(peak, Math.abs(x));
                squares += x * x;
            }
            double rms = Math.max(LEAST, Math.sqrt(squares / Math.max(1, wave.samples().length)));
            return new Measure(wave.sampleRateHz(), wave.seconds(), 20 * Math.log10(peak), 20 * Math.log10(rms));
        }
    }

    /**
     * Reads the corpus.
     *
     * @param example the clip to take apart; if not said, one of middling loudness
     * @param done is told how many clips have been read
     * @throws IOException if no clip can be read, or not the one that is to be taken apart
     */
    public static Exploration of(Corpus corpus, Optional<Path> example, Workers workers, IntConsumer done)
            throws IOException {
        if (example.isPresent()) {
            read(example.get());
        }
        List<SkippedClip> unreadable = new ArrayList<>();
        List<Clip> clips = new ArrayList<>();
        List<Measure> measures = new ArrayList<>();
        List<Reading> readings = readings(corpus, workers, done);
        for (int i = 0; i < readings.size(); i++) {
            switch (readings.get(i)) {
                case Measure measure -> {
                    clips.add(corpus.clips().get(i));
                    measures.add(measure);
                }
                case Unreadable(SkippedClip clip) -> unreadable.add(clip);
            }
        }
        Corpus readable = new Corpus(
                corpus.root(), corpus.words(), clips, corpus.background(), corpus.warnings(), corpus.leftOut());
        Path apart = example.isPresent() ? example.get() : middling(readable, measures);
        Wave wave = read(apart);
        Map<String, Wave> sounds = new TreeMap<>();
        for (Clip clip : clips) {
            if (!sounds.containsKey(clip.word())) {
                sounds.put(clip.word(), AudioFile.read(clip.path()));
            }
        }
        String name = apart.startsWith(corpus.root())
                ? corpus.root().relativize(apart).toString()
                : apart.toString();
        return new Exploration(readable, measures, unreadable, sounds, name, wave, background(corpus, wave));
    }

    private static List<Reading> readings(Corpus corpus, Workers workers, IntConsumer done) {
        List<Clip> clips = corpus.clips();
        Reading[] readings = new Reading[clips.size()];
        for (int from = 0; from < readings.length; from += AT_ONCE) {
            int first = from;
            int some = Math.min(AT_ONCE, readings.length - from);
            workers.run(
                    some,
                    (i, worker) -> readings[first + i] =
                            reading(corpus.root(), clips.get(first + i).path()));
            done.accept(first + some);
        }
        return List.of(readings);
    }

    /** A clip that has any sound, and is no longer than a clip may be. */
    private static Wave read(Path clip) throws IOException {
        if (!Files.isRegularFile(clip)) {
            throw new NoSuchFileException(clip.toString(), null, "no such clip");
        }
        if (Files.size(clip) > MOST_BYTES) {
            throw new IOException(clip + ": " + (Files.size(clip) >> 20) + " MB, too large for a clip of a word");
        }
        Wave wave = AudioFile.read(clip);
        if (wave.samples().length == 0) {
            throw new IOException(clip + ": no samples");
        }
        return wave;
    }

    private static Reading reading(Path root, Path clip) {
        Path relative = root.relativize(clip);
        try {
            return Measure.of(read(clip));
        } catch (AudioFormatException e) {
            return new Unreadable(new SkippedClip(relative, e.reason(), Math.max(0, e.byteOffset())));
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage()).replace(clip + ": ", "");
            return new Unreadable(new SkippedClip(relative, reason, 0));
        }
    }

    private static Path middling(Corpus readable, List<Measure> measures) throws IOException {
        List<Integer> byLevel = IntStream.range(0, measures.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> measures.get(i).rmsDb()))
                .toList();
        if (byLevel.isEmpty()) {
            throw new IOException(
                    readable.root() + ": none of its clips can be read; onda audit says what is wrong with them");
        }
        return readable.clips().get(byLevel.get(byLevel.size() * 2 / 3)).path();
    }

    /** As long as the wave, of the first recording that can be read. */
    private static float[] background(Corpus corpus, Wave wave) {
        for (Path recording : corpus.background()) {
            try {
                Wave noise = AudioFile.read(recording);
                float[] samples =
                        Resampler.of(noise.sampleRateHz(), wave.sampleRateHz()).resample(noise.samples());
                if (samples.length >= wave.samples().length) {
                    return Arrays.copyOf(samples, wave.samples().length);
                }
            } catch (IOException e) {
                // The next one will do.
            }
        }
        return new float[0];
    }
}
