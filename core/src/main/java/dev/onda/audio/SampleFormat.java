package dev.onda.audio;

/**
 * How one sample is stored in a WAV file, always little-endian. 8-bit PCM is unsigned around 128, wider PCM is signed;
 * full scale is [-1, 1) in PCM, so an n-bit integer i means i / 2^(n-1). Source: Microsoft and IBM, Multimedia
 * Programming Interface and Data Specifications 1.0 (1991), and its revision 3.0 (1994) for floats.
 */
public enum SampleFormat {
    /** Unsigned 8-bit integers. */
    PCM_8(8, false),
    /** Signed 16-bit integers. */
    PCM_16(16, false),
    /** Signed 24-bit integers. */
    PCM_24(24, false),
    /** Signed 32-bit integers; a float keeps the upper 24 bits of them. */
    PCM_32(32, false),
    /** IEEE 754 single precision. */
    FLOAT_32(32, true),
    /** IEEE 754 double precision. */
    FLOAT_64(64, true);

    private final int bits;
    private final boolean floating;

    SampleFormat(int bits, boolean floating) {
        this.bits = bits;
        this.floating = floating;
    }

    /** Bits a sample: 8, 16, 24, 32 or 64. */
    public int bits() {
        return bits;
    }

    /** Bytes a sample. */
    public int bytes() {
        return bits / 8;
    }

    /** Whether samples are IEEE 754 numbers rather than integers. */
    public boolean isFloat() {
        return floating;
    }
}
