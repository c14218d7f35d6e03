package dev.onda.audio;

import java.nio.ByteBuffer;

/** Turns floats into sample bytes, the inverse of {@link SampleDecoder}. */
final class SampleEncoder {

    private SampleEncoder() {}

    /** Appends {@code count} samples, from {@code start} on, to a little-endian buffer with room for them. */
    static void encode(float[] samples, int start, int count, SampleFormat format, ByteBuffer into) {
        for (int i = start; i < start + count; i++) {
            float sample = samples[i];
            switch (format) {
                case PCM_8 -> into.put((byte) (integer(sample, 8) + 128));
                case PCM_16 -> into.putShort((short) integer(sample, 16));
                case PCM_24 -> {
                    int value = integer(sample, 24);
                    into.putShort((short) value).put((byte) (value >> 16));
                }
                case PCM_32 -> into.putInt(integer(sample, 32));
                case FLOAT_32 -> into.putFloat(sample);
                case FLOAT_64 -> into.putDouble(sample);
            }
        }
    }

    /** The nearest integer of so many bits; beyond full scale the last one. */
    private static int integer(float sample, int bits) {
        long fullScale = 1L << (bits - 1);
        return (int) Math.clamp(Math.round(sample * (double) fullScale), -fullScale, fullScale - 1);
    }
}
