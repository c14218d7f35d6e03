package dev.onda.nn.kernel;

/**
 * How spectra lie in memory: complex numbers, 16 real parts and then the 16 imaginary parts that belong to them. Of many
 * spectra the first 32 numbers lie side by side, then the next 32 of all of them: a product of spectra walks through memory
 * from front to end.
 *
 * @param points complex numbers of one: 128, 256 or 512
 */
record Spectrum(int points) {

    /** Neighbouring points that lie side by side. */
    static final int LANES = 16;
    /** Numbers of one group of one spectrum. */
    static final int GROUP = 2 * LANES;
    /** Scratch numbers of a transform, enough for each length. */
    static final int SCRATCH = 3 * 512;

    Spectrum {
        if (points != 128 && points != 256 && points != 512) {
            throw new IllegalArgumentException("spectra have 128, 256 or 512 points, not " + points);
        }
    }

    /** Groups of lanes. */
    int groups() {
        return points / LANES;
    }

    /** Numbers of one spectrum. */
    int size() {
        return 2 * points;
    }
}
