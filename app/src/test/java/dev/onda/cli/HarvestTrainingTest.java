package dev.onda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onda.audio.WavWriter;
import dev.onda.audio.Wave;
import dev.onda.corpus.Partition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is harvested from one recording and learned is not accepted in another one any more. */
class HarvestTrainingTest extends TypedCommands {

    private static final int RATE_HZ = 8_000;
    private static final double LOW = 300;
    private static final double HIGH = 1_200;
    /** The machine in the recordings. */
    private static final double HUM = 400;

    @TempDir
    private Path folder;

    private Path corpus() throws IOException {
        Path corpus = folder.resolve("corpus");
        for (Partition partition : new Partition[] {Partition.TRAINING, Partition.VALIDATION}) {
            int clips = partition == Partition.TRAINING ? 16 : 6;
            addClips(corpus, "low", partition, clips, LOW);
            addClips(corpus, "high", partition, clips, HIGH);
            addClips(corpus, "other", partition, clips, 0);
        }
        return corpus;
    }

    private static void addClips(Path corpus, String word, Partition partition, int clips, double hertz)
            throws IOException {
        Path words = Files.createDirectories(corpus.resolve(word));
        int found = 0;
        for (int candidate = 1; found < clips; candidate++) {
            String name = String.format("%08x_nohash_0.wav", candidate * 0x9e3779b9);
            if (Partition.ofFileName(name) == partition) {
                found++;
                SplittableRandom random = new SplittableRandom(candidate + word.hashCode());
                float[] x = new float[RATE_HZ];
                beep(x, random.nextDouble(0.1, 0.4), hertz * random.nextDouble(0.95, 1.05), random);
                WavWriter.write(words.resolve(name), new Wave(x, RATE_HZ));
            }
        }
    }

    /** Adds half a second of a tone, or of noise at 0 Hz, over soft noise in all of it. */
    private static void beep(float[] x, double second, double hertz, SplittableRandom random) {
        double amplitude = random.nextDouble(0.1, 0.4);
        for (int t = 0; t < x.length; t++) {
            double at = t / (double) RATE_HZ - second;
            double beep = hertz == 0 ? random.nextGaussian() / 2 : Math.sin(2 * Math.PI * hertz * at);
            x[t] += (float) ((at >= 0 && at < 0.5 ? amplitude * beep : 0) + 0.002 * random.nextGaussian());
        }
    }

    /** A minute in which the machine hums for half a second every two seconds, never twice the same. */
    private Path recording(String name, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        float[] x = new float[60 * RATE_HZ];
        for (int from = 0; from < x.length; from += 2 * RATE_HZ) {
            float[] part = new float[2 * RATE_HZ];
            beep(part, random.nextDouble(1.4), HUM * random.nextDouble(0.9, 1.1), random);
            System.arraycopy(part, 0, x, from, part.length);
        }
        Path file = folder.resolve(name + ".wav");
        WavWriter.write(file, new Wave(x, RATE_HZ));
        return file;
    }

    private Path train(Path corpus, String name, Object... more) {
        Path model = folder.resolve(name);
        Object[] fixed = {
            "train", "--data", corpus, "--model", "m5", "--epochs", 12, "--batch", 16, "--out", model, "--unknown"
        };
        assertThat(onda(Stream.of(fixed, more).flatMap(Stream::of).toArray()))
                .as(err.toString())
                .isZero();
        return model;
    }

    private long falseAccepts(Path model, Path recording, Path to) throws IOException {
        assertThat(onda("harvest", "--model", model, "--audio", recording, "--out", to))
                .as(err.toString())
                .isZero();
        return out.toString().lines().filter(line -> line.contains("\t")).count();
    }

    @Test
    void learningWhatWasHarvestedLowersFalseAccepts() throws IOException {
        Path corpus = corpus();
        Path heldOut = recording("hall", 2);
        Path before = train(corpus, "before.safetensors", "--words", "low,high");
        long accepted = falseAccepts(before, heldOut, folder.resolve("before"));
        assertThat(accepted).as("there is something to mend").isGreaterThanOrEqualTo(6);

        assertThat(falseAccepts(before, recording("kitchen", 1), corpus)).isGreaterThanOrEqualTo(6);
        assertThat(err.toString()).as("learned from").doesNotContain("warning");
        Path after = train(corpus, "after.safetensors", "--words", "low,high");
        assertThat(falseAccepts(after, heldOut, folder.resolve("after"))).isLessThanOrEqualTo(accepted / 2);

        train(corpus, "all.safetensors");
        assertThat(out.toString()).as("no word, but _unknown_").contains("4 words");
        assertThat(onda("describe", "--model", folder.resolve("all.safetensors")))
                .isZero();
        assertThat(out.toString()).contains("4 words: high, low, other, _unknown_");
    }
}
