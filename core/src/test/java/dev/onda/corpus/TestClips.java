package dev.onda.corpus;

import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.onda.audio.SampleFormat;
import dev.onda.audio.WavWriter;
import dev.onda.audio.Wave;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Made-up clips and folders of them. */
final class TestClips {
    static final int RATE_HZ = 8000;
    static final ClipFormat FORMAT = new ClipFormat(RATE_HZ, 8000);
    static final Preparation.Listener SILENT = (_, _) -> {};

    private TestClips() {}

    /** A little noise, so that no two clips are alike; every value has an exact int16. */
    static Wave noise(int samples, int sampleRateHz, long seed) {
        Random random = new Random(seed);
        float[] wave = new float[samples];
        for (int i = 0; i < samples; i++) {
            wave[i] = (random.nextInt(65536) - 32768) / 32768f;
        }
        return new Wave(wave, sampleRateHz);
    }

    static byte[] wav(Wave wave) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WavWriter.write(out, wave, SampleFormat.PCM_16);
        return out.toByteArray();
    }

    /** Writes a file and the folders above it. */
    static Path write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return Files.write(file, content);
    }

    /** Writes a good clip of a second at 8 kHz. */
    static Path clip(Path file) throws IOException {
        return write(
                file, wav(noise(RATE_HZ, RATE_HZ, file.getFileName().toString().hashCode())));
    }

    /** A folder of {@code clipsPerWord} good clips a word, all below a second and of different lengths, with speakers. */
    static Path corpus(Path root, int clipsPerWord, String... words) throws IOException {
        for (String word : words) {
            for (int i = 0; i < clipsPerWord; i++) {
                String name = String.format("%08x_nohash_%d.wav", 0x9e3779b9 * (i + 1), i % 3);
                write(root.resolve(word).resolve(name), wav(noise(RATE_HZ - 37 * i, RATE_HZ, i + word.hashCode())));
            }
        }
        return root;
    }

    static Corpus scan(Path root) throws IOException {
        return Corpus.scan(root, CorpusOptions.defaults());
    }

    static Preparation.Report prepare(Path root, Path folder, int threads) throws IOException {
        return Preparation.prepare(scan(root), FORMAT, folder, new PrepareOptions(threads, false), SILENT);
    }

    /** Skips a test that takes permissions away, where that changes nothing. */
    static void assumePermissionsCount(Path folder) throws IOException {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "no POSIX permissions here");
        assumeFalse("root".equals(System.getProperty("user.name")), "root may read everything");
    }

    /** Whether this system can name files with any character, which depends on the locale Java was started in. */
    static boolean namesAreUnicode() {
        return "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"));
    }
}
