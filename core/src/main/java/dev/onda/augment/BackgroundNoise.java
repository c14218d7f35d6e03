package dev.onda.augment;

import java.util.random.RandomGenerator;

/**
 * Adds a stretch of a background recording at a signal-to-noise ratio that is uniform in decibels, measured over the whole
 * window. Where there is no recording it does nothing.
 *
 * @param minSnrDb loudest noise, in decibels below the clip
 * @param maxSnrDb softest noise, in decibels below the clip
 */
public record BackgroundNoise(double probability, double minSnrDb, double maxSnrDb) implements Augmentation {

    /**
     * @throws IllegalArgumentException if the probability is not in [0, 1] or the ratios are not ordered
     */
    public BackgroundNoise {
        Augmentation.checkProbability(probability);
        Augmentation.checkRange("signal-to-noise ratios in dB", minSnrDb, maxSnrDb);
    }

    @Override
    public void apply(float[] x, int at, int n, Surroundings surroundings, RandomGenerator random) {
        if (surroundings.backgrounds().isEmpty()) {
            return;
        }
        double snrDb = minSnrDb + (maxSnrDb - minSnrDb) * random.nextDouble();
        float[] noise = stretch(n, surroundings, random);
        float gain = Level.noiseGain(Level.rms(x, at, n), Level.rms(noise, 0, n), snrDb);
        for (int i = 0; i < n; i++) {
            x[at + i] += gain * noise[i];
        }
    }

    /**
     * A stretch of {@code n} samples of a recording, each recording as likely as the other; a recording that is too short
     * is repeated.
     *
     * @throws IllegalArgumentException if there is no recording
     */
    public static float[] stretch(int n, Surroundings surroundings, RandomGenerator random) {
        float[] recording = surroundings
                .backgrounds()
                .get(random.nextInt(surroundings.backgrounds().size()));
        float[] stretch = new float[n];
        int from = random.nextInt(Math.max(1, recording.length - n + 1));
        for (int done = 0; done < n; ) {
            int some = Math.min(n - done, recording.length - from);
            System.arraycopy(recording, from, stretch, done, some);
            done += some;
            from = 0;
        }
        return stretch;
    }
}
