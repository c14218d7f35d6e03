package dev.onda.augment;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Silences a stretch somewhere in the clip, its length uniform up to {@code maxMs} (DropChunk of SpeechBrain; the waveform's
 * kin of SpecAugment's time mask, Park 2019).
 *
 * @param maxMs longest stretch, in milliseconds
 */
public record ChunkDrop(double probability, double maxMs) implements Augmentation {

    /**
     * @throws IllegalArgumentException if the probability is not in [0, 1] or the length negative or not finite
     */
    public ChunkDrop {
        Augmentation.checkProbability(probability);
        if (!(maxMs >= 0) || !Double.isFinite(maxMs)) {
            throw new IllegalArgumentException("a dropped chunk is at least 0 ms long, not " + maxMs);
        }
    }

    @Override
    public void apply(float[] x, int at, int n, Surroundings surroundings, RandomGenerator random) {
        int most = (int) Math.min(n, Math.round(maxMs * surroundings.sampleRateHz() / 1000));
        int length = random.nextInt(most + 1);
        int from = at + random.nextInt(n - length + 1);
        Arrays.fill(x, from, from + length, 0);
    }
}
