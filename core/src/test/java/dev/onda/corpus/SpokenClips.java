package dev.onda.corpus;

import dev.onda.audio.Wave;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** Made-up clips that sound like a word in a quiet room, and corpora of them with nothing wrong. */
final class SpokenClips {
    static final int RATE_HZ = 8000;

    private SpokenClips() {}

    /** A second of quiet noise (-60 dBFS) with half a second of a loud tone in the middle. */
    static Wave word(long seed) {
        return word(seed, RATE_HZ);
    }

    /** As long as asked for, the tone in its middle half. */
    static Wave word(long seed, int samples) {
        Random random = new Random(seed);
        float[] x = new float[samples];
        for (int i = 0; i < samples; i++) {
            double tone = i > samples / 4 && i < samples * 3 / 4 ? 0.3 * Math.sin(0.4 * i) : 0;
            x[i] = (float) (tone + 0.001 * random.nextGaussian());
        }
        return new Wave(x, RATE_HZ);
    }

    /** A part of a wave. */
    static Wave part(Wave wave, int from, int to) {
        return new Wave(Arrays.copyOfRange(wave.samples(), from, to), wave.sampleRateHz());
    }

    /** The {@code n}-th speaker, from 0, whose clips are in a partition. */
    static String speaker(Partition partition, int n) {
        int found = -1;
        for (int candidate = 1; ; candidate++) {
            String speaker = String.format("%08x", candidate * 0x9e3779b9);
            if (Partition.ofFileName(speaker + "_nohash_0.wav") == partition && ++found == n) {
                return speaker;
            }
        }
    }

    /** Two words, each with as many clips in each partition as there is nothing to say about: 20, 10 and 10. */
    static Path cleanCorpus(Path root) throws IOException {
        for (String word : new String[] {"no", "yes"}) {
            for (Partition partition : Partition.values()) {
                int clips = partition == Partition.TRAINING ? 20 : 10;
                for (int i = 0; i < clips; i++) {
                    write(
                            root,
                            word + "/" + speaker(partition, i) + "_nohash_0.wav",
                            word((word + partition + i).hashCode()));
                }
            }
        }
        return root;
    }

    static Path write(Path root, String path, Wave wave) throws IOException {
        return TestClips.write(root.resolve(path), TestClips.wav(wave));
    }
}
