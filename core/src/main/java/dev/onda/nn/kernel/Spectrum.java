package dev.onda.nn.kernel;

/**
 * How spectra lie in memory: {@link #POINTS} complex numbers each, 16 real parts and then the 16 imaginary parts that belong
 * to them. Of many spectra the first 32 numbers lie side by side, then the next 32 of all of them: a product of spectra
 * walks through memory from front to end.
 */
final class Spectrum {

    /** Points of a transform. */
    static final int POINTS = 256;
    /** Neighbouring points that lie side by side. */
    static final int LANES = 16;
    /** Groups of lanes. */
    static final int GROUPS = POINTS / LANES;
    /** Numbers of one group of one spectrum. */
    static final int GROUP = 2 * LANES;
    /** Numbers of one spectrum. */
    static final int SIZE = 2 * POINTS;
    /** Scratch numbers of a transform. */
    static final int SCRATCH = 2 * SIZE;

    private Spectrum() {}
}
