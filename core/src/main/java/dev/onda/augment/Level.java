package dev.onda.augment;

/** How loud sounds are. */
public final class Level {

    /** What counts as silence, -80 dB of full scale: noise is mixed to a clip of this level at least. */
    public static final double FLOOR = 1e-4;

    private Level() {}

    /** Root of the mean square of {@code x[at, at + n)}. */
    public static double rms(float[] x, int at, int n) {
        double sum = 0;
        for (int i = at; i < at + n; i++) {
            sum += x[i] * x[i];
        }
        return Math.sqrt(sum / n);
    }

    /** What noise must be multiplied by to lie {@code snrDb} below the clip; 0 for noise without sound. */
    static float noiseGain(double clipRms, double noiseRms, double snrDb) {
        if (noiseRms == 0) {
            return 0;
        }
        return (float) (Math.max(FLOOR, clipRms) / noiseRms * StrictMath.pow(10, -snrDb / 20));
    }
}
