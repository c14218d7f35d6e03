package dev.onda.audio;

/** Skeleton: see the next commit. */
public final class Resampler {

    private final int fromHz;
    private final int toHz;

    private Resampler(int fromHz, int toHz) {
        this.fromHz = fromHz;
        this.toHz = toHz;
    }

    public static Resampler of(int fromHz, int toHz) {
        return new Resampler(fromHz, toHz);
    }

    public Wave resample(Wave wave) {
        return new Wave(resample(wave.samples()), toHz);
    }

    public float[] resample(float[] samples) {
        throw new UnsupportedOperationException(fromHz + " to " + toHz + " Hz is not built yet");
    }
}
