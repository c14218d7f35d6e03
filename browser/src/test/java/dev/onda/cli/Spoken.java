package dev.onda.cli;

import dev.onda.audio.AudioFile;
import dev.onda.audio.Resampler;
import dev.onda.audio.WavWriter;
import dev.onda.audio.Wave;
import dev.onda.audio.Window;
import dev.onda.corpus.Partition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Clips for a browser's microphone to hear. */
final class Spoken {

    static final int RATE_HZ = 16_000;

    private static final Path REAL_CLIPS = Path.of("../../shared/speech-commands/wav");

    private Spoken() {}

    /** The folder of a word of real clips; a test ends here, and says so, where there are none. */
    static Path real(String word) {
        Assumptions.assumeTrue(Files.isDirectory(REAL_CLIPS), "no real clips at " + REAL_CLIPS + " to speak");
        return REAL_CLIPS.resolve(word);
    }

    /** The first clips of a partition. */
    static List<Path> clips(Path word, Partition partition, int most) throws IOException {
        try (var files = Files.list(word)) {
            return files.filter(f -> Partition.ofFileName(String.valueOf(f.getFileName())) == partition)
                    .sorted()
                    .limit(most)
                    .toList();
        }
    }

    /** Clips one after the other, each in the middle of two seconds, as a file. */
    static Wave write(Path file, List<Path> clips) throws IOException {
        float[] all = new float[2 * RATE_HZ * clips.size()];
        int at = RATE_HZ / 2;
        for (Path clip : clips) {
            Wave wave = AudioFile.read(clip);
            float[] samples = wave.sampleRateHz() == RATE_HZ
                    ? wave.samples()
                    : Resampler.of(wave.sampleRateHz(), RATE_HZ).resample(wave.samples());
            System.arraycopy(Window.fit(samples, RATE_HZ), 0, all, at, RATE_HZ);
            at += 2 * RATE_HZ;
        }
        WavWriter.write(file, new Wave(all, RATE_HZ));
        return AudioFile.read(file);
    }
}
